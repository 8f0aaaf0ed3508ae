// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The standard deviation of a column over some rows: mean, then squared deviations, their sum over `divisor`.
/// Draws::even adds the values in ascending order, so that the sum does not depend on the order of the rows, and gives
/// an equal column exactly 0; Draws::imbalanced_learn adds them as NumPy does, so that the bits are the same.
template <class S>
double deviation(const MatrixView<S>& X, std::span<const Index> rows, Index column, double divisor, Draws draws) {
  std::vector<double> terms;
  for (const Index row : rows) terms.push_back(static_cast<double>(X(row, column)));
  if (draws == Draws::even) {
    std::sort(terms.begin(), terms.end());
    if (terms.empty() || terms.front() == terms.back()) return 0;
  }
  const auto sum = [&] {
    if (draws == Draws::imbalanced_learn && X.cols() == 1) return pairwise_sum(terms);
    return std::accumulate(terms.begin(), terms.end(), 0.0);
  };
  const double mean = sum() / static_cast<double>(rows.size());
  for (double& term : terms) term = rounded((term - mean) * (term - mean));
  return divisor > 0 ? std::sqrt(sum() / divisor) : 0;
}

/// The population standard deviation to the bits that scikit-learn computes from a sparse matrix, which visits the
/// values other than zero alone: for SmoteNc with Draws::imbalanced_learn.
template <class S>
double deviation_as_sparse(const MatrixView<S>& X, std::span<const Index> rows, Index column) {
  std::vector<double> terms;
  for (const Index row : rows)
    if (X(row, column) != 0) terms.push_back(static_cast<double>(X(row, column)));
  const auto n = static_cast<double>(rows.size());
  const auto zeros = n - static_cast<double>(terms.size());
  const double mean = std::accumulate(terms.begin(), terms.end(), 0.0) / n;
  double correction = 0, squares = 0;
  for (const double term : terms) {
    correction += term - mean;
    squares += rounded((term - mean) * (term - mean));
  }
  if (zeros > 0) {
    correction -= rounded(zeros * mean);
    squares += rounded(zeros * rounded(mean * mean));
  }
  return std::sqrt((squares - rounded(correction * correction) / n) / n);
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
