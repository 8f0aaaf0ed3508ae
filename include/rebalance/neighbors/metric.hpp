// SPDX-License-Identifier: MIT
#pragma once

#include <rebalance/core/error.hpp>
#include <rebalance/core/arithmetic.hpp>

namespace rebalance {
inline namespace v0 {

/// Euclidean distance, squared: what every search ranks by and what a NeighborTable holds.
///
/// A metric is the one canonical arithmetic that every backend ends in: in double whatever the scalar of the
/// rows, direct differences (never |a|^2 - 2ab + |b|^2, which cancels for columns far from zero), summed in
/// the order of the columns, each operation rounded by itself. Two backends, compilers or machines therefore
/// agree on every bit, also where distances tie up to rounding.
struct Euclidean {
  /// What one column contributes.
  static double along(double difference) noexcept { return detail::rounded(difference * difference); }

  /// Cost O(d).
  template <class S>
  static double between(const S* a, const S* b, Index d) noexcept {
    double sum = 0;
    for (Index j = 0; j < d; ++j) sum += along(static_cast<double>(a[j]) - static_cast<double>(b[j]));
    return sum;
  }
};

}  // namespace v0
}  // namespace rebalance
