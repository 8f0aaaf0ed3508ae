// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/audit/real_column.hpp>
#include <rebalance/audit/row_places.hpp>
#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/core/quantiles.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The correlations of all pairs of columns, of rows that are taken some times; 0 where a column is constant in them
/// but for rounding (a deviation below a millionth of its root mean square).
/// The columns should have about mean 0 and deviation 1. Cost O(n d^2).
inline std::vector<double> correlations(const Matrix<double>& rows, std::span<const std::uint32_t> times) {
  const auto d = static_cast<std::size_t>(rows.cols());
  std::vector<double> mean(d, 0.0), products(d * (d + 1) / 2, 0.0);  // column j with 0 .. j, row by row of a triangle
  double total = 0;
  for (Index row = 0; row < rows.rows(); ++row) {
    const double weight = times[static_cast<std::size_t>(row)];
    if (weight == 0) continue;
    total += weight;
    const double* const z = rows.data() + row * rows.cols();
    double* product = products.data();
    for (std::size_t j = 0; j < d; ++j) {
      const double part = rounded(weight * z[j]);
      mean[j] += part;
      for (std::size_t k = 0; k <= j; ++k) *product++ += rounded(part * z[k]);
    }
  }
  for (double& sum : mean) sum /= total;

  std::vector<double> deviation, out;
  const auto covariance = [&](std::size_t j, std::size_t k) {
    return products[j * (j + 1) / 2 + k] / total - rounded(mean[j] * mean[k]);
  };
  for (std::size_t j = 0; j < d; ++j) {
    const double variance = covariance(j, j), rounding = 1e-12 * products[j * (j + 1) / 2 + j] / total;
    deviation.push_back(variance > rounding ? std::sqrt(variance) : 0);
    for (std::size_t k = 0; k < j; ++k) {
      const double both = deviation[j] * deviation[k];
      out.push_back(both > 0 ? std::clamp(covariance(j, k) / both, -1.0, 1.0) : 0);
    }
  }
  return out;
}

/// How much correlations differ.
struct CorrelationShift {
  double largest = 0;
  double mean = 0;
};
inline CorrelationShift shift_of(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.empty()) return {};
  std::vector<double> shifts;
  for (std::size_t i = 0; i < a.size(); ++i) shifts.push_back(std::abs(a[i] - b[i]));
  return {*std::max_element(shifts.begin(), shifts.end()), pairwise_sum(shifts) / static_cast<double>(shifts.size())};
}

/// All figures of one comparison: `columns` of each column.
struct Figures {
  std::vector<ColumnFigures> columns;
  CorrelationShift correlation;
  double copies = 0, near_copies = 0, among_others = 0, in_void = 0;

  void set_shares(std::span<const RowPlace> places, std::span<const std::uint32_t> times, double total) {
    copies = share_of(places, &RowPlace::copy, times, total);
    near_copies = share_of(places, &RowPlace::near_copy, times, total);
    among_others = share_of(places, &RowPlace::among_others, times, total);
    in_void = share_of(places, &RowPlace::in_void, times, total);
  }
};

/// The real rows of a class, to be compared with new rows and with draws from themselves.
class RealRows {
 public:
  /// `rows` are n x d; `places` says how each lies among the other ones.
  RealRows(const Matrix<double>& rows, std::vector<RowPlace> places, const Execution& how)
      : places_(std::move(places)), times_(static_cast<std::size_t>(rows.rows()), 1) {
    columns_.resize(static_cast<std::size_t>(rows.cols()));
    parallel_for(how, "sorting columns", rows.cols(), 1, [&](Index column, Index) {
      columns_[static_cast<std::size_t>(column)] = RealColumn(values_of(rows, column));
    });
    standardized_ = standardized(rows);
    correlations_ = correlations(standardized_, times_);
  }

  const std::vector<RealColumn>& columns() const noexcept { return columns_; }

  /// The mean ratio of variances of the columns that are not constant, 1 if all are.
  double mean_variance(const Figures& figures) const {
    std::vector<double> ratios;
    for (std::size_t j = 0; j < columns_.size(); ++j)
      if (!columns_[j].constant()) ratios.push_back(figures.columns[j].variance_ratio);
    return ratios.empty() ? 1 : pairwise_sum(ratios) / static_cast<double>(ratios.size());
  }

  /// Beside other rows, m x d.
  Figures compare(const Matrix<double>& rows, std::span<const RowPlace> places, const Execution& how) const {
    Figures out;
    out.columns.resize(columns_.size());
    parallel_for(how, "comparing columns", rows.cols(), 1, [&](Index column, Index) {
      const auto j = static_cast<std::size_t>(column);
      out.columns[j] = columns_[j].compare(values_of(rows, column));
    });
    const std::vector<std::uint32_t> once(places.size(), 1);
    out.correlation = shift_of(correlations_, correlations(standardized(rows), once));
    out.set_shares(places, once, static_cast<double>(places.size()));
    return out;
  }

  /// Beside rows of their own, drawn with replacement and whole, so that columns stay together. `address` tells draws
  /// of different classes apart. Cost O(n d^2).
  Figures compare_draw(Index draws, std::uint64_t seed, std::uint32_t address, std::uint32_t repetition) const {
    std::vector<std::uint32_t> times(times_.size(), 0);
    for (Index i = 0; i < draws; i += 2) {
      const RandomPair bits = random_pair(seed, address, repetition, static_cast<std::uint32_t>(i / 2));
      for (Index j = i; j < std::min(i + 2, draws); ++j)
        ++times[static_cast<std::size_t>(
            index_below(bits[static_cast<std::size_t>(j - i)], static_cast<Index>(times.size())))];
    }
    Figures out;
    for (const RealColumn& column : columns_)
      out.columns.push_back(column.compare_draw(times, static_cast<double>(draws)));
    out.correlation = shift_of(correlations_, correlations(standardized_, times));
    out.set_shares(places_, times, static_cast<double>(draws));
    return out;
  }

 private:
  static std::vector<double> values_of(const Matrix<double>& rows, Index column) {
    std::vector<double> out(static_cast<std::size_t>(rows.rows()));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = rows(static_cast<Index>(i), column);
    return out;
  }

  /// The columns that are not constant here.
  Matrix<double> standardized(const Matrix<double>& rows) const {
    std::vector<Index> varying;
    for (std::size_t j = 0; j < columns_.size(); ++j)
      if (!columns_[j].constant()) varying.push_back(static_cast<Index>(j));
    Matrix<double> out(rows.rows(), static_cast<Index>(varying.size()));
    for (Index row = 0; row < rows.rows(); ++row)
      for (std::size_t j = 0; j < varying.size(); ++j)
        out(row, static_cast<Index>(j)) =
            columns_[static_cast<std::size_t>(varying[j])].standardized(rows(row, varying[j]));
    return out;
  }

  std::vector<RealColumn> columns_;
  std::vector<RowPlace> places_;
  std::vector<std::uint32_t> times_;  // each row once
  Matrix<double> standardized_;
  std::vector<double> correlations_;
};

/// What is usual: how figures of real rows beside draws from them spread.
class Usual {
 public:
  /// Figures of `repetitions` sets of `draws` rows. Any number of threads draws the same.
  Usual(const RealRows& real, Index draws, int repetitions, std::uint64_t seed, std::uint32_t address,
        const Execution& how)
      : figures_(static_cast<std::size_t>(repetitions)) {
    parallel_for(how, "comparing real rows", repetitions, 1, [&](Index repetition, Index) {
      figures_[static_cast<std::size_t>(repetition)] =
          real.compare_draw(draws, seed, address, static_cast<std::uint32_t>(repetition));
    });
  }

  /// The share q of repetitions has less than this, of what `figure` reads of each.
  template <class Figure>
  double quantile_of(double q, const Figure& figure) const {
    std::vector<double> values;
    for (const Figures& repetition : figures_) values.push_back(figure(repetition));
    std::sort(values.begin(), values.end());
    return quantile(values, q);
  }
  /// Of 100 sets 95 have no column with more than this.
  double most(double ColumnFigures::* figure) const {
    return quantile_of(0.95, [&](const Figures& one) {
      double most = 0;
      for (const ColumnFigures& column : one.columns) most = std::max(most, column.*figure);
      return most;
    });
  }
  /// Of 100 sets 95 have no column with a smaller ratio.
  double least_ratio() const {
    return quantile_of(0.05, [](const Figures& one) {
      double least = one.columns[0].variance_ratio;
      for (const ColumnFigures& column : one.columns) least = std::min(least, column.variance_ratio);
      return least;
    });
  }

 private:
  std::vector<Figures> figures_;  // one for each repetition
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
