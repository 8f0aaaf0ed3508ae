// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/rows.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// One way to divide the rows: row numbers of the caller's X, from 0. Rows may stand on neither side (a gap, an embargo).
/// A splitter makes all its splits at once: 8 bytes for each row of each split.
struct Split {
  std::vector<Index> train;  ///< rows to learn from
  std::vector<Index> test;   ///< rows to test on
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

namespace detail {
template <class S, class L>
void require_unresampled(const Data<S, L>& data) {
  if (data.resampled())
    throw InvalidSplit(
        "these rows were resampled: synthetic rows would have parents on the other side of the split. Split first, "
        "Folds(X, y, splitter), then resample each training side, fold.train(sampler)");
}
}  // namespace detail

/// The row numbers alone, for rows whose features are somewhere else: `split(Rows(y), StratifiedKFold{})`.
/// With features at hand, Folds does the rest as well. Cost, throws: as the splitter;
/// InvalidSplit (data whose X was resampled).
template <Splitter T>
std::vector<Split> split(const Rows& rows, const T& splitter) {
  return splitter.split(rows.facts());
}
/// The same for Data, with its groups and times.
template <class S, class L, Splitter T>
std::vector<Split> split(const Data<S, L>& data, const T& splitter) {
  detail::require_unresampled(data);
  return splitter.split(data.facts());
}

}  // inline namespace
}  // namespace rebalance
