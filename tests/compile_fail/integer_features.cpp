// SPDX-License-Identifier: MIT
// error: X must be a dense Eigen expression of float or double
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXi& X, const std::vector<int>& y) {
#ifdef WRONG
  resample(X, y, Smote{.seed = 1});
#else
  resample(X.cast<double>(), y, Smote{.seed = 1});
#endif
}
