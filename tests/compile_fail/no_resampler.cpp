// SPDX-License-Identifier: MIT
// error: after X and y come resamplers: Smote{.seed = 1}
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y) {
#ifdef WRONG
  resample(X, y);
#else
  resample(X, y, Smote{.seed = 1});
#endif
}
