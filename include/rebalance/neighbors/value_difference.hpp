// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/metric.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The value difference metric: two categories are near where they say the same of the class. Sums, over the columns,
/// the square of  delta(v, w) = sum over classes of |P(class | v) - P(class | w)|,  P counted over all rows of all
/// classes.
///
/// It reads rows that `layout` wrote for it: coordinates that bound it from below (twice P(this class | v): delta is at
/// least that far, and with two classes just that far), and behind them the numbers of the categories.
/// Memory: a number for each class and category, and what `layout` returns; never one for each pair of rows or categories.
/// Source: Stanfill, Waltz, "Toward memory-based reasoning", CACM 29, 1986; with the exponents k = 1, r = 2 of Cost,
/// Salzberg, "A weighted nearest neighbor algorithm for learning with symbolic features", Machine Learning 10, 1993, as
/// imbalanced-learn has it. The root that belongs to r = 2 is not taken: it changes no order.
class ValueDifference {
 public:
  /// Counts the categories of every column of X, one for each distinct value. Cost O(n log n * p).
  template <class S>
  ValueDifference(const MatrixView<S>& X, const Classes& classes, const Execution& how)
      : columns(X.cols()),
        classes_(classes.size()),
        categories_(static_cast<std::size_t>(X.cols())),
        shares_(static_cast<std::size_t>(X.cols())) {
    detail::parallel_for(how, "counting categories", columns, 1, [&](Index first, Index last) {
      for (Index j = first; j < last; ++j) count(X, j, classes);
    });
  }

  Index columns = 0;  ///< of X, all nominal

  /// Some rows of X, which are of class `c`, as this metric reads them: 2 p numbers each. Cost O(rows log L * p) for
  /// columns of L categories.
  template <class S>
  Matrix<double> layout(const MatrixView<S>& X, std::span<const Index> rows, std::uint32_t c) const {
    Matrix<double> out(static_cast<Index>(rows.size()), 2 * columns);
    for (Index i = 0; i < out.rows(); ++i)
      for (Index j = 0; j < columns; ++j) {
        const std::size_t category = number(j, static_cast<double>(X(rows[static_cast<std::size_t>(i)], j)));
        out(i, j) = 2 * shares_[static_cast<std::size_t>(j)][category * classes_ + c];
        out(i, columns + j) = static_cast<double>(category);
      }
    return out;
  }

  /// Cost O(p C).
  double between(const double* a, const double* b) const noexcept {
    double sum = 0;
    for (Index j = 0; j < columns; ++j) {
      const double *v = shares(j, a), *w = shares(j, b);
      if (v == w) continue;
      double delta = 0;
      for (std::size_t c = 0; c < classes_; ++c) delta += std::abs(v[c] - w[c]);
      sum += detail::rounded(delta * delta);
    }
    return sum;
  }

  /// The shares of a category sum to 1 but for rounding, so delta may fall short of its bound by 2^-52; its square by 4
  /// times that, the sum by some roundings of terms of at most 4. Twice as much, for each column.
  double excess() const noexcept {
    const auto p = static_cast<double>(columns);
    return p * (16.0 + 8.0 * (static_cast<double>(classes_) + p + 4.0)) * 0x1p-53;
  }

 private:
  /// The distinct values of a column, ascending, and P(class | value) for each of them.
  template <class S>
  void count(const MatrixView<S>& X, Index j, const Classes& classes) {
    std::vector<double>& values = categories_[static_cast<std::size_t>(j)];
    for (Index i = 0; i < X.rows(); ++i) values.push_back(static_cast<double>(X(i, j)));
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    values.shrink_to_fit();

    std::vector<double> rows(values.size(), 0.0);
    std::vector<double>& shares = shares_[static_cast<std::size_t>(j)];
    shares.assign(values.size() * classes_, 0.0);
    for (Index i = 0; i < X.rows(); ++i) {
      const std::size_t category = number(j, static_cast<double>(X(i, j)));
      ++rows[category];
      ++shares[category * classes_ + classes.code(i)];
    }
    for (std::size_t at = 0; at < shares.size(); ++at) shares[at] /= rows[at / classes_];
  }

  std::size_t number(Index column, double value) const {
    const auto& values = categories_[static_cast<std::size_t>(column)];
    return static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), value) - values.begin());
  }
  const double* shares(Index column, const double* row) const {
    return shares_[static_cast<std::size_t>(column)].data() +
           static_cast<std::size_t>(row[columns + column]) * classes_;
  }

  std::size_t classes_;
  std::vector<std::vector<double>> categories_;  // of each column
  std::vector<std::vector<double>> shares_;      // of each column: classes of a category side by side
};

}  // inline namespace
}  // namespace rebalance
