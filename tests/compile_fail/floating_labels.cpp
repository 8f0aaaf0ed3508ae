// SPDX-License-Identifier: MIT
// error: y must be a sized range of integers, bool, enums or strings
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<double>& y) {
#ifdef WRONG
  resample(X, y, Smote{.seed = 1});
#else
  resample(X, std::vector<int>(y.begin(), y.end()), Smote{.seed = 1});
#endif
}
