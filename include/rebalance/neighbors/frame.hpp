// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/measured_rows.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Where screens look at rows: moved to a center, so that columns far from zero do not cancel, scaled by a power of two
/// to values of at most 1, so that no square overflows or vanishes, and rounded to float.
///
/// A screen may only err by letting too many rows through. All it errs by is accounted for here: a placed row is at
/// most `error(length)` away from where it should be, and distances computed from placed rows have the relative error
/// of their sums. Distances here are not squared, and in units of the scaled rows.
class Frame {
 public:
  /// The center is the median of some of the points, column by column. Any center is right; this one makes lengths and so
  /// errors small, also where a few rows are far from all others.
  Frame(const MeasuredRows& rows, std::span<const Index> points, const Execution& how)
      : rows_(rows), center_(static_cast<std::size_t>(rows.columns()), 0.0) {
    const auto n = static_cast<Index>(points.size()), sampled = std::min<Index>(n, 4096);
    std::vector<double> row(center_.size());
    std::vector<std::vector<double>> columns_of_sample(center_.size());
    for (Index i = 0; i < sampled; ++i) {
      rows.read(points[static_cast<std::size_t>(i * n / sampled)], row);
      for (std::size_t j = 0; j < row.size(); ++j) columns_of_sample[j].push_back(row[j]);
    }
    for (std::size_t j = 0; j < center_.size() && sampled > 0; ++j) {
      std::vector<double>& values = columns_of_sample[j];
      std::nth_element(values.begin(), values.begin() + sampled / 2, values.end());
      center_[j] = values[static_cast<std::size_t>(sampled / 2)];
    }
    const double largest = largest_coordinate(points, how);
    vanishing_ = std::sqrt(static_cast<double>(columns())) * std::sqrt(std::numeric_limits<double>::denorm_min());
    if (largest > 0) scale_ = std::ldexp(1.0, std::min(-std::ilogb(largest) - 1, 1000));
    vanishing_ *= scale_;
  }

  Index columns() const noexcept { return static_cast<Index>(center_.size()); }

  /// Room for a row before it is rounded; every thread needs its own.
  std::vector<double> room() const { return std::vector<double>(center_.size()); }

  /// Writes a row before it is rounded.
  void place_exactly(Index row, std::span<double> to) const {
    rows_.read(row, to);
    for (std::size_t j = 0; j < to.size(); ++j) to[j] = (to[j] - center_[j]) * scale_;
  }

  /// Writes a row as it is placed, `stride` values from column to column; returns its length.
  double place(Index row, float* to, Index stride, std::vector<double>& room) const {
    place_exactly(row, room);
    double squared = 0;
    for (const double value : room) {
      const auto placed = static_cast<float>(value);
      *to = placed;
      to += stride;
      squared += static_cast<double>(placed) * static_cast<double>(placed);
    }
    return std::sqrt(squared);
  }

  /// Whether products and squares of so long a row are finite. Rows of the set always are; queries may be far from it.
  static bool has_room_for(double length) noexcept { return length < 0x1p50; }

  /// How far a row of this length may have been moved by rounding: its own, which half as much again makes up for that
  /// of the metric; what vanishes among the floats; what vanishes in the metric.
  double error(double length) const noexcept { return 1.5 * unit * length + 0x1p-60 + vanishing_; }

  /// How far apart, as placed, two rows can be whose distance by the metric is at most `worst`, but for their errors.
  double radius(double worst) const noexcept {
    if (worst == std::numeric_limits<double>::max()) return std::numeric_limits<double>::infinity();
    const auto d = static_cast<double>(columns());
    return std::sqrt(worst + rows_.excess()) * (1 + (d + 8) * 0x1p-52) * scale_;
  }

  /// By how much a squared distance from |q|^2 + |p|^2 - 2 q.p may be wrong when |q| + |p| is at most `reach`, in units
  /// of the rounding unit times reach^2: the product d / 2, as |q| |p| is at most reach^2 / 4; the halves of the squares
  /// 1; the bound of the query 2; the sums 2; as much again for second order terms and to be safe.
  double product_error(double reach) const noexcept {
    return (0.5 * static_cast<double>(columns()) + 10) * unit * reach * reach;
  }

  /// By what factor a sum of `terms` squared differences may be too large.
  static double sum_error(Index terms) noexcept { return 1 + (static_cast<double>(terms) + 8) * 2 * unit; }

 private:
  static constexpr double unit = std::numeric_limits<float>::epsilon() / 2;

  double largest_coordinate(std::span<const Index> points, const Execution& how) const {
    const auto n = static_cast<Index>(points.size()), grain = rows_per_chunk(columns());
    std::vector<double> largest(static_cast<std::size_t>(chunks_of(n, grain)), 0.0);
    parallel_for(how, "preparing neighbors", n, grain, [&](Index first, Index last) {
      double& most = largest[static_cast<std::size_t>(first / grain)];
      std::vector<double> row = room();
      for (Index i = first; i < last; ++i) {
        rows_.read(points[static_cast<std::size_t>(i)], row);
        for (std::size_t j = 0; j < row.size(); ++j) most = std::max(most, std::abs(row[j] - center_[j]));
      }
    });
    return largest.empty() ? 0.0 : *std::max_element(largest.begin(), largest.end());
  }

  const MeasuredRows& rows_;
  std::vector<double> center_;
  double scale_ = 1;
  double vanishing_ = 0;  // the root of what squares lose that are too small for a double
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
