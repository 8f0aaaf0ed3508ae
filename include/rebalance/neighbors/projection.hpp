// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include <rebalance/core/matrix.hpp>
#include <rebalance/neighbors/frame.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace v0 {
namespace detail {

/// A few directions along which rows differ most: what a tree splits where rows have many columns but fill few
/// dimensions. A row becomes its parts along the directions, and the length of what is left of it.
///
/// No two rows are farther apart by these numbers than they are: taking the part along a unit vector out of a row turns
/// the space, and lengths differ by no more than vectors do. So they prune, and nothing else; any unit vectors would be
/// right, these are the principal axes of a sample, by power iteration.
class Projection {
 public:
  template <class F, class S>
  Projection(const PointSet<S>& sample, const Frame<F>& frame) {
    Matrix<double> rows(sample.size(), frame.columns());
    for (Index i = 0; i < sample.size(); ++i)
      frame.place_exactly(sample.coordinates(sample.row(i)), rows.data() + i * rows.cols());
    const double all = rows.squaredNorm();
    while (size() < most && rows.squaredNorm() > 0.01 * all) {
      Vector axis = principal_axis(rows);
      rows -= (rows * axis).eval() * axis.transpose();
      axes_.push_back(std::move(axis));
    }
  }

  /// Directions, of at most 15: with the length of the rest two vectors of numbers.
  Index size() const noexcept { return static_cast<Index>(axes_.size()); }

  /// Writes size() + 1 numbers; what is left of the row is left in it. Cost O(size d).
  void apply(std::span<double> row, float* to) const {
    Eigen::Map<Vector> rest(row.data(), static_cast<Index>(row.size()));
    for (const Vector& axis : axes_) {
      const double part = axis.dot(rest);
      rest -= part * axis;
      *to++ = static_cast<float>(part);
    }
    *to = static_cast<float>(rest.norm());
  }

 private:
  using Vector = Eigen::VectorXd;
  static constexpr Index most = 15;

  static Vector principal_axis(const Matrix<double>& rows) {
    Index longest = 0;
    rows.rowwise().squaredNorm().maxCoeff(&longest);
    Vector axis = rows.row(longest).transpose().normalized();
    for (int turn = 0; turn < 8; ++turn) axis = (rows.transpose() * (rows * axis)).normalized();
    return axis;
  }

  std::vector<Vector> axes_;
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
