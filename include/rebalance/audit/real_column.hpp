// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <rebalance/audit/two_samples.hpp>
#include <rebalance/core/arithmetic.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// How far a column is from that of the real rows, distances in its standard deviations.
struct ColumnFigures {
  double kolmogorov_smirnov = 0;
  double wasserstein = 0;
  double mean_shift = 0;
  double variance_ratio = 1;
  double outside = 0;
  double unknown = 0;
};

/// A column of the real rows, made ready to be compared with others: draws from it in one pass, without sorting.
class RealColumn {
 public:
  RealColumn() = default;
  /// Throws ShapeMismatch (no values), BadValue (not finite). Cost O(n log n).
  explicit RealColumn(std::span<const double> values) : order_(values.size()), sorted_(values.begin(), values.end()) {
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<std::uint32_t>(i);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return values[a] < values[b] || (values[a] == values[b] && a < b);
    });
    std::sort(sorted_.begin(), sorted_.end());
    moments_ = moments(sorted_);  // sorted, so that the same values have the same mean to the bit, in any order
    for (const double value : sorted_) standardized_.push_back(standardized(value));
  }

  /// Standard deviation, of a constant column 1: the unit of all distances.
  double unit() const noexcept { return constant() ? 1 : moments_.deviation; }
  bool constant() const noexcept { return moments_.deviation == 0; }
  double standardized(double value) const noexcept { return (value - moments_.mean) / unit(); }

  /// Of any values.
  ColumnFigures compare(std::vector<double> values) const {
    std::sort(values.begin(), values.end());
    const Moments other = moments(values);
    const double spread = other.deviation / unit();
    ColumnFigures out;
    out.kolmogorov_smirnov = kolmogorov_smirnov(sorted_, values);
    out.wasserstein = wasserstein(sorted_, values) / unit();
    out.mean_shift = std::abs(other.mean - moments_.mean) / unit();
    if (!constant()) out.variance_ratio = spread * spread;
    else if (other.deviation > 0) out.variance_ratio = std::numeric_limits<double>::infinity();
    for (const double value : values) {
      out.outside += value < sorted_.front() || value > sorted_.back();
      out.unknown += !std::binary_search(sorted_.begin(), sorted_.end(), value);
    }
    out.outside /= static_cast<double>(values.size());
    out.unknown /= static_cast<double>(values.size());
    return out;
  }

  /// Of these rows themselves, each taken some times, `total` in all; but `outside` and `unknown` are those of each row
  /// among the others. Cost O(n).
  ColumnFigures compare_draw(std::span<const std::uint32_t> times, double total) const {
    const std::size_t n = sorted_.size();
    const auto rows = static_cast<double>(n);
    ColumnFigures out;
    double drawn = 0, sum = 0, squares = 0, least = std::numeric_limits<double>::infinity(), most = -least;
    for (std::size_t i = 0; i < n; ++i) {
      const double weight = times[order_[i]], z = standardized_[i], part = rounded(weight * z);
      drawn += weight;
      sum += part;
      squares += rounded(part * z);
      if (weight > 0) least = std::min(least, z), most = z;
      const bool first = i == 0 || sorted_[i - 1] != sorted_[i], last = i + 1 == n || sorted_[i + 1] != sorted_[i];
      if (first && last) {
        out.unknown += weight;
        if (i == 0 || i + 1 == n) out.outside += weight;
      }
      if (!last || i + 1 == n) continue;
      const double gap = std::abs(drawn * rows - static_cast<double>(i + 1) * total);  // exact: whole numbers
      out.kolmogorov_smirnov = std::max(out.kolmogorov_smirnov, gap);
      out.wasserstein += rounded(gap * (standardized_[i + 1] - z));
    }
    const double mean = sum / total;
    out.kolmogorov_smirnov /= rows * total;
    out.wasserstein /= rows * total;
    out.mean_shift = std::abs(mean);
    if (!constant())  // one value alone has none: the difference would be rounding
      out.variance_ratio = least == most ? 0 : std::max(squares / total - rounded(mean * mean), 0.0);
    out.outside /= total;
    out.unknown /= total;
    return out;
  }

 private:
  std::vector<std::uint32_t> order_;  // of the rows, by value
  std::vector<double> sorted_;
  std::vector<double> standardized_;  // sorted
  Moments moments_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
