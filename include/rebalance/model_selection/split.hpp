// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/rows.hpp>

namespace rebalance {
inline namespace v0 {

/// One way to divide the rows: row numbers of the caller's X. Rows may stand on neither side (a gap, an embargo).
struct Split {
  std::vector<Index> train;
  std::vector<Index> test;
  friend bool operator==(const Split&, const Split&) = default;
};

/// What splits: a regular value with one const function from what is known of the rows to row numbers.
/// It is told classes, groups and times, never a feature.
///
///     struct ByYear { std::vector<Split> split(const RowFacts& rows) const; };
template <class T>
concept Splitter = std::copyable<T> && requires(const T& splitter, const RowFacts& rows) {
  { splitter.split(rows) } -> std::same_as<std::vector<Split>>;
};

/// The row numbers alone, for rows whose features are somewhere else: `split(Rows(y), StratifiedKFold{})`.
/// With features at hand, Folds does the rest as well. Cost, throws: as the splitter.
template <Splitter T>
std::vector<Split> split(const Rows& rows, const T& splitter) {
  return splitter.split(rows.facts());
}
template <class S, class L, Splitter T>
std::vector<Split> split(const Data<S, L>& data, const T& splitter) {
  return splitter.split(data.facts());
}

}  // namespace v0
}  // namespace rebalance
