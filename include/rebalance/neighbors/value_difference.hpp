// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/neighbors/metric.hpp>

namespace rebalance {
inline namespace v0 {

/// The value difference metric: two categories are near where they say the same of the class. Sums, over the columns,
/// the square of  delta(v, w) = sum over classes of |P(class | v) - P(class | w)|,  P counted over all rows of all
/// classes.
///
/// Source: Stanfill, Waltz, "Toward memory-based reasoning", CACM 29, 1986; with the exponents of Cost, Salzberg, "A
/// weighted nearest neighbor algorithm for learning with symbolic features", Machine Learning 10, 1993, k = 1, r = 2,
/// as imbalanced-learn has it. The root that belongs to r = 2 is not taken: it changes no order.
///
/// Made for the rows of one class: `layout` writes each as the coordinates that bound the metric from below (twice
/// P(this class | v), as delta is at least that far, and with two classes just that far) and the codes behind them.
/// Memory: one number for each class and category, never one for each pair of rows or categories.
class ValueDifference {
 public:
  /// `codes` is n x p, column j with whole numbers from 0 to below categories[j]; one class code a row.
  ValueDifference(const Matrix<std::uint32_t>& codes, const std::vector<std::uint32_t>& categories, const Classes& classes)
      : columns(codes.cols()), classes_(classes.size()) {
    for (const std::uint32_t count : categories) {
      begin_.push_back(shares_.size());
      shares_.resize(shares_.size() + count * classes_, 0.0);
    }
    std::vector<double> rows(shares_.size() / classes_, 0.0);
    for (Index i = 0; i < codes.rows(); ++i)
      for (Index j = 0; j < columns; ++j) {
        const std::size_t at = place(j, codes(i, j));
        ++shares_[at + classes.code(i)];
        ++rows[at / classes_];
      }
    for (std::size_t i = 0; i < shares_.size(); ++i)
      if (rows[i / classes_] > 0) shares_[i] /= rows[i / classes_];
  }

  Index columns = 0;

  /// The rows of class `c` as this metric reads them: 2 p numbers each.
  Matrix<double> layout(const Matrix<std::uint32_t>& codes, std::span<const Index> rows, std::uint32_t c) const {
    Matrix<double> out(static_cast<Index>(rows.size()), 2 * columns);
    for (Index i = 0; i < out.rows(); ++i)
      for (Index j = 0; j < columns; ++j) {
        const std::uint32_t code = codes(rows[static_cast<std::size_t>(i)], j);
        out(i, j) = 2 * shares_[place(j, code) + c];
        out(i, columns + j) = code;
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
  Index dimension() const noexcept { return columns; }

 private:
  std::size_t place(Index column, std::uint32_t code) const {
    return begin_[static_cast<std::size_t>(column)] + code * classes_;
  }
  const double* shares(Index column, const double* row) const {
    return shares_.data() + place(column, static_cast<std::uint32_t>(row[columns + column]));
  }

  std::size_t classes_;
  std::vector<std::size_t> begin_;  // where the categories of a column begin
  std::vector<double> shares_;      // P(class | category), classes of a category side by side
};

}  // namespace v0
}  // namespace rebalance
