// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <rebalance/core/arithmetic.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The middle of the sorted values, of an even number the mean of the two. There must be one.
inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// The value a share q of the sorted values lies below, linear between two of them (NumPy's default).
inline double quantile(const std::vector<double>& sorted, double q) {
  const double place = rounded(q * static_cast<double>(sorted.size() - 1));
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + rounded((sorted[above] - sorted[below]) * (place - static_cast<double>(below)));
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
