// SPDX-License-Identifier: MIT
#pragma once

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

// A metric is the one canonical arithmetic that every backend ends in: in double whatever the scalar of the rows,
// direct differences (never |a|^2 - 2ab + |b|^2, which cancels for columns far from zero), summed in the order of the
// columns, each operation rounded by itself. Two backends, compilers or machines therefore agree on every bit, also
// where distances tie up to rounding.
//
// It reads two rows of one layout. The squared Euclidean distance of their first `columns` values never exceeds the
// metric's by more than `excess()`: that is all a backend needs to know to leave rows out unseen, whatever the metric.

/// Euclidean distance, squared.
struct Euclidean {
  Index columns = 0;  ///< numbers to compare

  /// What one column contributes.
  static double along(double difference) noexcept { return detail::rounded(difference * difference); }

  /// Cost O(columns).
  template <class S>
  double between(const S* a, const S* b) const noexcept {
    double sum = 0;
    for (Index j = 0; j < columns; ++j) sum += along(static_cast<double>(a[j]) - static_cast<double>(b[j]));
    return sum;
  }
  static constexpr double excess() noexcept { return 0; }  ///< None: it is the Euclidean distance.
};

/// Numbers and categories together: squared Euclidean distance over the first `columns` values, which are numbers, plus
/// `penalty` for each of the `nominal` values behind them that differs.
/// Source: SMOTENC in Chawla et al., "SMOTE", JAIR 16, 2002, section 6.1, where the penalty is the square of the median
/// standard deviation of the numbers.
struct Mixed {
  Index columns = 0;   ///< numbers to compare, which stand first
  Index nominal = 0;   ///< categories to compare, which follow
  double penalty = 0;  ///< for each category that differs, squared as distances are

  /// Cost O(columns + nominal).
  template <class S>
  double between(const S* a, const S* b) const noexcept {
    Index different = 0;
    for (Index j = columns; j < columns + nominal; ++j) different += a[j] != b[j];
    return Euclidean{columns}.between(a, b) + detail::rounded(static_cast<double>(different) * penalty);
  }
  static constexpr double excess() noexcept { return 0; }  ///< None: the penalty only adds.
};

}  // inline namespace
}  // namespace rebalance
