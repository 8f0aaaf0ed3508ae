// SPDX-License-Identifier: MIT
// error: after the data comes a splitter
#include <rebalance/model_selection/folds.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y) {
#ifdef WRONG
  const Folds folds(X, y, 5);
#else
  const Folds folds(X, y, std::vector<Split>{{{0, 1}, {2}}});
#endif
}
