// SPDX-License-Identifier: MIT
// error: these rows were resampled: synthetic rows would have parents on the other side of the split. Split first
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y, const std::vector<Split>& splits) {
#ifdef WRONG
  const auto balanced = resample(X, y, RandomOverSampler{.seed = 1});
  for (const auto& fold : Folds(balanced.X, balanced.y, splits)) fold.test();
#else
  for (const auto& fold : Folds(X, y, splits)) {
    const auto balanced = fold.train(RandomOverSampler{.seed = 1});
    fold.test();
  }
#endif
}
