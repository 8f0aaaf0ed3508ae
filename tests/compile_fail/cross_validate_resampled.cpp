// SPDX-License-Identifier: MIT
// error: these rows were resampled: synthetic rows would have parents on the other side of the split. Split first
#include <rebalance/core/no_resampling.hpp>
#include <rebalance/model_selection/cross_validate.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y, const std::vector<Split>& splits) {
  const auto fit = [](const auto& train) { return train.X.rows(); };
  const auto score = [](Index rows, const auto& test) { return rows + test.X.rows(); };
#ifdef WRONG
  const auto balanced = resample(X, y, RandomOverSampler{.seed = 1});
  cross_validate(balanced.X, balanced.y, splits, NoResampling{}, fit, score);
#else
  cross_validate(X, y, splits, RandomOverSampler{.seed = 1}, fit, score);
#endif
}
