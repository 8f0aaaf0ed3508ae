// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <rebalance/core/matrix.hpp>

namespace embedding_space {

using rebalance::Index;
using Matrix = rebalance::Matrix<double>;

/// What was learned: the middle of the rows and the directions in which they vary most, one a column.
struct FittedComponents {
  Eigen::RowVectorXd middle;
  Eigen::MatrixXd directions;

  /// The scores of rows: n x components.
  Matrix operator()(const rebalance::MatrixView<double>& rows) const { return (rows.rowwise() - middle) * directions; }
};

/// Principal components: a transform as `fold.in_space` and `fold.transformed` take it. Whatever your embedding is, it
/// looks like this: `fit(rows)` that learns from the training rows, and returns a function from rows to rows.
struct PrincipalComponents {
  Index components = 20;  ///< at least 1, at most the columns

  FittedComponents fit(const rebalance::MatrixView<double>& rows) const;
};

}  // namespace embedding_space
