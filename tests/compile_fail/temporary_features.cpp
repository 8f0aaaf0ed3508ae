// SPDX-License-Identifier: MIT
// error: X would be gone before it is read: give it a name first
#include <rebalance/core/resample.hpp>
#include <vector>

using namespace rebalance;

void call(const std::vector<int>& y) {
#ifdef WRONG
  const Data data(Eigen::MatrixXd::Random(8, 2).eval(), y);
#else
  const Eigen::MatrixXd X = Eigen::MatrixXd::Random(8, 2);
  const Data data(X, y);
#endif
}
