// SPDX-License-Identifier: MIT
// error: X would be gone before it is read: give it a name
#include <rebalance/model_selection/folds.hpp>
#include <vector>

using namespace rebalance;

void call(const std::vector<int>& y, const std::vector<Split>& splits) {
#ifdef WRONG
  const Folds folds(Eigen::MatrixXd::Random(8, 2).eval(), y, splits);
#else
  const Eigen::MatrixXd X = Eigen::MatrixXd::Random(8, 2);
  const Folds folds(X, y, splits);
#endif
}
