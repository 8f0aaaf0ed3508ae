// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/under_sampling/cleaning.hpp>
#include <rebalance/under_sampling/early_vote.hpp>
#include <rebalance/under_sampling/neighbor_vote.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Edited nearest neighbors: leaves out the rows that their nearest neighbors would misclassify. Smooths the border
/// between classes and drops mislabeled rows; with the default strategy it makes room for the smallest class. All rows
/// are judged at once, by neighbors among all rows.
///
/// Out     the rows kept, unchanged and in input order; every row left out is listed in the plan. Shuffling the rows
///         or renaming the classes keeps the same rows wherever no two neighbors are equally far (but see Vote::mode)
/// Cost    O(n log n * d) for small d, else O(n^2 d) at worst: a row without a row of another class near it is decided by
///         a look at few rows, the others as soon as their vote is. Memory O(n k), and the rows once more in floats
/// Throws  InvalidOption (an option out of range, n_neighbors among them if there are too few rows), TooFewClasses
/// Differs from imbalanced-learn: the vote is by majority as in the paper, and a tie keeps the row; self is left out
///         by row number; rows come in input order; no class is emptied unless min_per_class = 0 allows it
/// Source  Wilson, "Asymptotic properties of nearest neighbor rules using edited data", IEEE Trans. Systems, Man, and
///         Cybernetics 2 (3), 1972
struct EditedNearestNeighbors {
  Index n_neighbors = 3;       ///< neighbors that vote, at least 1
  Vote vote = Vote::majority;  ///< when they speak for a row
  Strategy strategy = {};      ///< classes that may lose rows
  Index min_per_class = 1;     ///< a class is never left with fewer rows; its best supported ones stay
  NeighborSpace space = {};    ///< where neighbors are searched

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_neighbors", self.n_neighbors);
    use("vote", self.vote);
    use("strategy", self.strategy);
    use("min_per_class", self.min_per_class);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("EditedNearestNeighbors", *this); }
  friend bool operator==(const EditedNearestNeighbors&, const EditedNearestNeighbors&) = default;
};

namespace detail {

/// The rows of the classes that the sampler's strategy names: those it may leave out.
template <class S>
std::vector<Index> judged_rows(const EditedNearestNeighbors& enn, const DataView<S>& data) {
  return rows_of_classes(data.classes, enn.strategy.cleaned(data.classes, "EditedNearestNeighbors"));
}

/// Some rows by their class, in the order they came.
inline std::vector<std::vector<Index>> by_class(std::span<const Index> rows, const Classes& classes) {
  std::vector<std::vector<Index>> out(classes.size());
  for (const Index row : rows) out[classes.code(row)].push_back(row);
  return out;
}

/// The plan when only the rows `judged` may be left out.
template <class S>
Plan clean(const EditedNearestNeighbors& enn, const DataView<S>& given, std::span<const Index> judged,
           const Execution& how) {
  require_voters("EditedNearestNeighbors", enn.n_neighbors, given.rows());
  const SpacedData<S> spaced("EditedNearestNeighbors", enn.space, given, how);
  const DataView<S>& data = spaced.view();
  Cleaning cleaning("EditedNearestNeighbors", data.classes, Reason::outvoted, enn.min_per_class);
  EarlyVote<S> early(data, enn.n_neighbors, enn.vote, how);
  const bool decides = EarlyVote<S>::decides(data.classes, enn.n_neighbors, enn.vote);
  std::vector<Suspect> suspects;
  std::vector<Index> open;  // rows that only the vote decides, or for which matters what speaks for them
  auto rows_of = by_class(judged, data.classes);
  for (std::uint32_t c = 0; c < data.classes.size(); ++c) {
    std::vector<Index>& rows = rows_of[c];
    if (rows.empty()) continue;  // what pays is not asked in vain: the answer may take a tree of the class
    const bool pays = early.pays(c);
    if (pays) rows = early.doubtful(c, rows);
    if (pays && decides && cleaning.can_lose(c, static_cast<Index>(rows.size())))
      for (const Index row : rows) suspects.push_back({row});
    else open.insert(open.end(), rows.begin(), rows.end());
  }
  std::sort(open.begin(), open.end());
  const auto voted = outvoted(data, cleaning.rows(), open, {enn.n_neighbors, enn.n_neighbors}, enn.vote, how);
  suspects.insert(suspects.end(), voted.begin(), voted.end());
  cleaning.remove(std::move(suspects));
  return cleaning.plan();
}

}  // namespace detail

template <class S>
Plan EditedNearestNeighbors::plan(const DataView<S>& data, const Execution& how) const {
  return detail::clean(*this, data, detail::judged_rows(*this, data), how);
}

}  // inline namespace
}  // namespace rebalance
