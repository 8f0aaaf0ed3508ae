// SPDX-License-Identifier: MIT
// The same instantiations a second time: whatever a header forgets to make inline, the linker finds twice.
#include <rebalance/rebalance.hpp>
#include <string>
#include <vector>

rebalance::Plan second_unit(const Eigen::MatrixXd& X, const std::vector<std::string>& y) {
  return rebalance::make_plan(X, y, rebalance::Smote{.k_neighbors = 1, .seed = 42});
}
