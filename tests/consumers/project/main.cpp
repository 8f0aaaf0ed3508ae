// SPDX-License-Identifier: MIT
// Balances 8 rows, 6 of one class and 2 of the other, and finds 12.
#include <rebalance/rebalance.hpp>
#include <string>
#include <vector>

int main() {
  Eigen::MatrixXd X(8, 2);
  X << 0, 0, 1, 0, 0, 1, 1, 1, 2, 1, 1, 2, 8, 8, 9, 9;
  const std::vector<std::string> y = {"common", "common", "common", "common", "common", "common", "rare", "rare"};

  const auto balanced = rebalance::resample(X, y, rebalance::Smote{.k_neighbors = 1, .seed = 42});
  return balanced.X.rows() == 12 && balanced.y.back() == "rare" ? 0 : 1;
}
