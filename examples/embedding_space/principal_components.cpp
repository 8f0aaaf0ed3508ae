// SPDX-License-Identifier: MIT
#include "principal_components.hpp"

#include <Eigen/Eigenvalues>

namespace embedding_space {

FittedComponents PrincipalComponents::fit(const rebalance::MatrixView<double>& rows) const {
  const Eigen::RowVectorXd middle = rows.colwise().mean();
  const Eigen::MatrixXd centered = rows.rowwise() - middle;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(centered.transpose() * centered);
  return {middle, solver.eigenvectors().rightCols(components).rowwise().reverse()};  // they come with the least first
}

}  // namespace embedding_space
