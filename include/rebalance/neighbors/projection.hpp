// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/neighbors/frame.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// A few directions along which rows differ most: what a tree splits where rows have many columns but fill few
/// dimensions. A row becomes its parts along the directions, and the length of what is left of it.
///
/// No two rows are farther apart by these numbers than they are: taking the part along a unit vector out of a row turns
/// the space, and lengths differ by no more than vectors do. So they prune, and nothing else; any unit vectors would be
/// right, these are the principal axes of a sample, by power iteration.
class Projection {
 public:
  Projection(std::span<const Index> sample, const Frame& frame) {
    std::vector<Vector> rows;
    double largest = 0;
    for (const Index row : sample) {
      rows.push_back(frame.room());
      frame.place_exactly(row, rows.back());
      for (const double value : rows.back()) largest = std::max(largest, std::abs(value));
    }
    if (largest == 0) return;
    // A point not in the sample may be so far out that rows of the sample are placed where squares vanish.
    const double scale = std::ldexp(1.0, std::min(-std::ilogb(largest), 1000));
    for (Vector& row : rows)
      for (double& value : row) value *= scale;
    const double all = squared_lengths(rows);
    while (size() < most && squared_lengths(rows) > 0.01 * all) {
      axes_.push_back(principal_axis(rows));
      for (Vector& row : rows) take_out(axes_.back(), row);
    }
  }

  /// Directions, of at most 15: with the length of the rest two vectors of numbers.
  Index size() const noexcept { return static_cast<Index>(axes_.size()); }

  /// Writes size() + 1 numbers; what is left of the row is left in it. Cost O(size d).
  void apply(std::span<double> row, float* to) const {
    for (const Vector& axis : axes_) *to++ = static_cast<float>(take_out(axis, row));
    *to = static_cast<float>(length_of(row));
  }

  static double length_of(std::span<const double> row) { return std::sqrt(product(row, row)); }

 private:
  using Vector = std::vector<double>;
  static constexpr Index most = 15;

  static double product(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t j = 0; j < a.size(); ++j) sum += a[j] * b[j];
    return sum;
  }
  static void add(double times, std::span<const double> row, std::span<double> to) {
    for (std::size_t j = 0; j < to.size(); ++j) to[j] += times * row[j];
  }
  /// Removes the part of the row along the axis, and returns how long it was.
  static double take_out(const Vector& axis, std::span<double> row) {
    const double part = product(axis, row);
    add(-part, axis, row);
    return part;
  }
  static void normalize(Vector& row) {
    const double length = length_of(row);
    for (double& value : row) value /= length;
  }
  static double squared_lengths(const std::vector<Vector>& rows) {
    double sum = 0;
    for (const Vector& row : rows) sum += product(row, row);
    return sum;
  }

  /// From the longest row, by power iteration.
  static Vector principal_axis(const std::vector<Vector>& rows) {
    const auto shorter = [](const Vector& a, const Vector& b) { return product(a, a) < product(b, b); };
    Vector axis = *std::max_element(rows.begin(), rows.end(), shorter);
    normalize(axis);
    for (int turn = 0; turn < 8; ++turn) {
      Vector turned(axis.size(), 0.0);
      for (const Vector& row : rows) add(product(row, axis), row, turned);
      normalize(turned);
      axis = std::move(turned);
    }
    return axis;
  }

  std::vector<Vector> axes_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
