// SPDX-License-Identifier: MIT
// error: these rows were resampled: synthetic rows would have parents on the other side of the split. Split first
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y, const std::vector<Split>& splits) {
#ifdef WRONG
  const auto balanced = resample(X, y, Smote{.seed = 1});
  for (const auto& fold : Folds(balanced, splits)) fold.test();
#else
  for (const auto& fold : Folds(X, y, splits)) {
    const auto balanced = fold.train(Smote{.seed = 1});
    fold.test();
  }
#endif
}
