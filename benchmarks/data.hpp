// SPDX-License-Identifier: MIT
#pragma once

// Overlapping Gaussian classes of full dimension: the worst case for a tree.

#include <cmath>
#include <vector>

#include <rebalance/rebalance.hpp>

namespace bench {

using rebalance::Index;

struct Set {
  rebalance::Matrix<double> X;
  std::vector<int> y;
};

inline Set mixture(Index rows, Index columns, double minority) {
  Set set{rebalance::Matrix<double>(rows, columns), {}};
  set.y.reserve(static_cast<std::size_t>(rows));
  for (Index i = 0; i < rows; ++i) {
    const auto row = static_cast<std::uint64_t>(i);
    const bool rare = rebalance::detail::unit_interval(rebalance::detail::random_pair(1, 0, row, 0)[0]) < minority;
    set.y.push_back(rare ? 1 : 0);
    for (Index j = 0; j < columns; ++j) {
      const auto bits = rebalance::detail::random_pair(2, static_cast<std::uint32_t>(j), row, 0)[0];
      set.X(i, j) = rebalance::detail::standard_normal(bits) + (rare && j < 2 ? 1.0 : 0.0);
    }
  }
  return set;
}

/// The same with nominal columns behind the numbers: codes from 0, the small ones more frequent in the rare class.
inline Set mixture_with_categories(Index rows, Index numbers, Index nominal, double minority, int categories = 100) {
  Set set = mixture(rows, numbers + nominal, minority);
  for (Index i = 0; i < rows; ++i)
    for (Index j = numbers; j < set.X.cols(); ++j) {
      const auto bits =
          rebalance::detail::random_pair(3, static_cast<std::uint32_t>(j), static_cast<std::uint64_t>(i), 0)[0];
      const double share = rebalance::detail::unit_interval(bits);
      set.X(i, j) = std::floor(categories * (set.y[static_cast<std::size_t>(i)] == 1 ? share * share : share));
    }
  return set;
}

}  // namespace bench
