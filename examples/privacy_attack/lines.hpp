// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <rebalance/core/column_scaling.hpp>
#include <rebalance/core/matrix.hpp>

namespace privacy_attack {

using rebalance::Index;
using Matrix = rebalance::Matrix<double>;
using Row = Eigen::RowVectorXd;

/// Rows as the attacker looks at them: every column by its own spread, which keeps straight lines straight.
struct Places {
  rebalance::ColumnScaling scaling;
  Matrix rows;
  double blur;  ///< how far rounding may have moved a row
};

/// `epsilon`: rounding of one stored value, relative to it.
Places places_of(const Matrix& X, double epsilon);

/// A direction along which hardly any two places have the same position, to sort them by: no column is left out, and no
/// two count alike.
Row slanted_axis(Index columns);

/// Three or more rows on one straight line. Rows of different segments never are, but by chance or where columns have
/// few values: so these were made from the same two real rows, which lie on it too.
struct Line {
  std::vector<Index> rows;  ///< in their order along the line
  Row begin;                ///< the place of the first
  Row direction;            ///< of length 1, from the first to the last
  double length;            ///< from the first to the last
};

/// All lines of at least three rows that are among the 500 nearest of one another. Cost O(n (500 d + d n)).
std::vector<Line> find_lines(const Places& places);

}  // namespace privacy_attack
