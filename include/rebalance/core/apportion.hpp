// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// `total` dealt out in proportion to whole weights, exactly: everyone gets the whole part of his share, and what is
/// left goes to the largest remainders, of equal ones to those that come first in `order` (places of weights, each
/// once). The weights must not all be zero, and their sum times the largest must be below 2^63, as it is where they
/// count 3e9 rows. Cost O(w log w) for w weights.
inline std::vector<Index> apportioned(Index total, std::span<const Index> weights, std::span<const Index> order) {
  const Index sum = std::accumulate(weights.begin(), weights.end(), Index{0});
  const Index whole = total / sum, rest = total % sum;  // apart, so that no product overflows
  std::vector<Index> shares, remainders;
  for (const Index weight : weights) {
    shares.push_back(whole * weight + rest * weight / sum);
    remainders.push_back(rest * weight % sum);
  }
  std::vector<Index> by_remainder(order.begin(), order.end());
  std::stable_sort(by_remainder.begin(), by_remainder.end(), [&](Index a, Index b) {
    return remainders[static_cast<std::size_t>(a)] > remainders[static_cast<std::size_t>(b)];
  });
  const Index left = total - std::accumulate(shares.begin(), shares.end(), Index{0});
  for (Index i = 0; i < left; ++i) ++shares[static_cast<std::size_t>(by_remainder[static_cast<std::size_t>(i)])];
  return shares;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
