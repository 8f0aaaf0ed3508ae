// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/fold_numbers.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Folds with the same share of every class, as near as whole rows allow. The first choice for imbalanced data whose
/// rows are independent; StratifiedGroupKFold where several rows belong to one patient or customer.
///
/// Out     n_splits splits, both sides ascending; test sides hold every row once, and differ by at most one row both as
///         a whole and in each class. A class with fewer rows than folds is missing from some test sides.
///         What the classes are called does not matter
/// Cost    O(n k), with a seed and Draws::even O(n (k + log n))
/// Throws  InvalidOption (n_splits below 2, above the number of rows or above the rows of every class; a seed NumPy
///         cannot have)
/// Differs from scikit-learn: shuffles by a draw for each row, and not as there, unless Draws::imbalanced_learn; does
///         not warn of a class with fewer rows than folds
struct StratifiedKFold {
  Index n_splits = 5;                      ///< parts, each of them the test once; at least 2
  std::optional<std::uint64_t> seed = {};  ///< given: the rows of a class are shuffled; not given: they stay in order
  Draws draws = Draws::even;               ///< whose random choices: ours, or those of scikit-learn

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_splits", self.n_splits);
    use("seed", self.seed);
    use("draws", self.draws);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("StratifiedKFold", *this); }
  friend bool operator==(const StratifiedKFold&, const StratifiedKFold&) = default;
};

/// StratifiedKFold n_repeats times, each time shuffled anew: n_repeats estimates, to see how far they scatter.
///
/// Out     n_repeats times n_splits splits, one repetition after the other; the first is StratifiedKFold with this seed
/// Cost, throws, differs: as StratifiedKFold, n_repeats times; InvalidOption (n_repeats below 1)
struct RepeatedStratifiedKFold {
  Index n_splits = 5;         ///< parts in each repetition, at least 2
  Index n_repeats = 10;       ///< repetitions, at least 1
  std::uint64_t seed = 0;     ///< of the first repetition; the others follow from it
  Draws draws = Draws::even;  ///< whose random choices: ours, or those of scikit-learn

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_splits", self.n_splits);
    use("n_repeats", self.n_repeats);
    use("seed", self.seed);
    use("draws", self.draws);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("RepeatedStratifiedKFold", *this); }
  friend bool operator==(const RepeatedStratifiedKFold&, const RepeatedStratifiedKFold&) = default;
};

namespace detail {

/// At least two folds, no more than rows, and one class has a row for each: what scikit-learn asks for.
[[gnu::cold]] inline void require_stratified(std::string_view splitter, Index n_splits, const Classes& classes) {
  require_n_splits(splitter, n_splits, classes.rows(), "rows");
  Index largest = 0;
  for (std::uint32_t c = 0; c < classes.size(); ++c) largest = std::max(largest, classes.count(c));
  if (n_splits > largest)
    throw_option(splitter, "n_splits", n_splits, text({"at most ", largest, ", the rows of the largest class"}));
}

/// The classes that occur, by their first row: an order that does not know their names.
inline std::vector<std::uint32_t> by_first_row(const Classes& classes) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    if (classes.count(c) > 0) out.push_back(c);
  std::sort(out.begin(), out.end(),
            [&](std::uint32_t a, std::uint32_t b) { return classes.members(a)[0] < classes.members(b)[0]; });
  return out;
}

/// The folds that the rows of one class go to, ascending, if row after row of the sorted classes is dealt to fold
/// 0, 1, ..., k-1, 0, ... like cards, and `dealt` rows of other classes went before.
inline std::vector<std::uint32_t> dealt_folds(Index dealt, Index rows, Index n_splits) {
  std::vector<std::uint32_t> out;
  for (Index fold = 0; fold < n_splits; ++fold) {
    const Index first = (fold - dealt % n_splits + n_splits) % n_splits;  // the first row of the class that it gets
    for (Index row = first; row < rows; row += n_splits) out.push_back(static_cast<std::uint32_t>(fold));
  }
  return out;
}

/// The rows of each class, in this order of the rows, get the folds of their class. By NumPy's numbers it is the folds
/// that are shuffled, as in scikit-learn.
inline std::vector<std::uint32_t> stratified_folds(const Classes& classes, Index n_splits, std::span<const Index> order,
                                                   std::optional<NumpyRandom>& numpy) {
  std::vector<std::vector<std::uint32_t>> folds(classes.size());
  Index dealt = 0;
  for (const std::uint32_t c : by_first_row(classes)) {
    const std::vector<std::uint32_t> sorted = dealt_folds(dealt, classes.count(c), n_splits);
    const std::vector<Index> places = numpy ? numpy->permutation(classes.count(c)) : all_rows(classes.count(c));
    for (const Index place : places) folds[c].push_back(sorted[static_cast<std::size_t>(place)]);
    dealt += classes.count(c);
  }

  std::vector<std::size_t> next(classes.size(), 0);
  std::vector<std::uint32_t> fold_of_row(order.size());
  for (const Index row : order) {
    const std::uint32_t c = classes.code(row);
    fold_of_row[static_cast<std::size_t>(row)] = folds[c][next[c]++];
  }
  return fold_of_row;
}

}  // namespace detail

inline std::vector<Split> StratifiedKFold::split(const RowFacts& rows) const {
  detail::require_stratified("StratifiedKFold", n_splits, rows.classes);
  std::vector<Index> order = detail::all_rows(rows.rows());
  std::optional<detail::NumpyRandom> numpy;
  if (seed && draws == Draws::even) order = detail::shuffled(order, *seed);
  if (seed && draws == Draws::imbalanced_learn) numpy.emplace("StratifiedKFold", *seed);
  return detail::splits_of(detail::stratified_folds(rows.classes, n_splits, order, numpy), n_splits);
}

inline std::vector<Split> RepeatedStratifiedKFold::split(const RowFacts& rows) const {
  detail::require_stratified("RepeatedStratifiedKFold", n_splits, rows.classes);
  if (n_repeats < 1) detail::throw_option("RepeatedStratifiedKFold", "n_repeats", n_repeats, "at least 1");
  const std::vector<Index> in_order = detail::all_rows(rows.rows());
  std::optional<detail::NumpyRandom> numpy;  // one stream for all repetitions
  if (draws == Draws::imbalanced_learn) numpy.emplace("RepeatedStratifiedKFold", seed);

  std::vector<Split> out;
  for (Index repetition = 0; repetition < n_repeats; ++repetition) {
    const std::vector<Index> order = numpy ? in_order : detail::shuffled(in_order, seed, repetition);
    for (Split& split : detail::splits_of(detail::stratified_folds(rows.classes, n_splits, order, numpy), n_splits))
      out.push_back(std::move(split));
  }
  return out;
}

}  // inline namespace
}  // namespace rebalance
