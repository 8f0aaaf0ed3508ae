// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/under_sampling/cleaning.hpp>
#include <rebalance/under_sampling/minority_guard.hpp>
#include <rebalance/under_sampling/neighbor_vote.hpp>

namespace rebalance {
inline namespace v0 {

/// EditedNearestNeighbors again and again, until a pass leaves nothing out: clears a wider border between classes.
///
/// Out     the rows kept, unchanged and in input order; every row left out is listed in the plan with its pass.
///         Shuffling the rows or renaming the classes keeps the same rows wherever no two neighbors are equally far
///         (but see Vote::mode). A note tells what ended the passes if it was not that all rows agree
/// Cost    a neighbor search for each pass, O(n log n * d) for small d, else O(n^2 d); memory O(n k)
/// Throws  InvalidOption (an option out of range, n_neighbors among them if there are too few rows), TooFewClasses
/// Differs from imbalanced-learn: as EditedNearestNeighbors does; and it goes on until nothing changes, with the classes
///         that the strategy names at first, unless stop_below_minority says otherwise
/// Source  Tomek, "An experiment with the edited nearest-neighbor rule", IEEE Trans. Systems, Man, and Cybernetics
///         6 (6), 1976
struct RepeatedEditedNearestNeighbors {
  Index n_neighbors = 3;       ///< neighbors that vote, at least 1
  Vote vote = Vote::majority;  ///< when they speak for a row
  Index max_passes = 100;      ///< at least 1
  Strategy strategy = {};      ///< classes that may lose rows
  /// Stop after the pass that leaves a class empty or with fewer rows than the smallest class had at first, and ask
  /// the strategy anew for each pass, as imbalanced-learn does. The rows that the last pass left out stay out: to spare
  /// a class, use min_per_class.
  bool stop_below_minority = false;
  Index min_per_class = 1;     ///< a class is never left with fewer rows; its best supported ones stay

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_neighbors", self.n_neighbors);
    use("vote", self.vote);
    use("max_passes", self.max_passes);
    use("strategy", self.strategy);
    use("stop_below_minority", self.stop_below_minority);
    use("min_per_class", self.min_per_class);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("RepeatedEditedNearestNeighbors", *this); }
  friend bool operator==(const RepeatedEditedNearestNeighbors&, const RepeatedEditedNearestNeighbors&) = default;
};

namespace detail {

/// One pass of editing on the rows that are left. Returns how many went, or -1 if too few are left to vote.
template <class S>
Index edit_once(Cleaning& cleaning, const DataView<S>& data, const std::vector<bool>& cleaned, Index n_neighbors,
                Vote vote, std::uint32_t pass, const Execution& how) {
  const auto left = static_cast<Index>(cleaning.rows().size());
  if (n_neighbors > left - 1) {
    cleaning.note({}, text({"stopped before pass ", pass, ": ", left, left == 1 ? " row is" : " rows are",
                            " left, too few for ", n_neighbors, n_neighbors == 1 ? " neighbor" : " neighbors"}));
    return -1;
  }
  std::vector<Index> judged = rows_of_classes(data.classes, cleaned);
  std::erase_if(judged, [&](Index row) { return !cleaning.has(row); });
  return cleaning.remove(outvoted(data, cleaning.rows(), judged, {n_neighbors, n_neighbors}, vote, how), pass - 1);
}

}  // namespace detail

template <class S>
Plan RepeatedEditedNearestNeighbors::plan(const DataView<S>& data, const Execution& how) const {
  constexpr const char* name = "RepeatedEditedNearestNeighbors";
  if (max_passes < 1) detail::throw_option(name, "max_passes", max_passes, "at least 1");
  auto cleaned = strategy.cleaned(data.classes, name);
  detail::require_voters(name, n_neighbors, data.rows());

  detail::Cleaning cleaning(name, data.classes, Reason::outvoted, min_per_class);
  const detail::MinorityGuard guard(data.classes, false);
  for (std::uint32_t pass = 1; pass <= max_passes; ++pass) {
    if (stop_below_minority && pass > 1) cleaned = strategy.cleaned(cleaning.classes(), name);
    if (detail::edit_once(cleaning, data, cleaned, n_neighbors, vote, pass, how) <= 0) return cleaning.plan();
    if (stop_below_minority && guard.stops(cleaning, pass)) return cleaning.plan();
  }
  cleaning.note({}, detail::text({"stopped after max_passes = ", max_passes, ", the last of which still left rows out"}));
  return cleaning.plan();
}

}  // namespace v0
}  // namespace rebalance
