// SPDX-License-Identifier: MIT
// error: these rows were resampled: synthetic rows would have parents on the other side of the split. Split first
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Matrix<double>& X, const std::vector<int>& y, const std::vector<Split>& splits) {
  const Plan plan = make_plan(X, y, RandomOverSampler{.seed = 1});
#ifdef WRONG
  const auto balanced = materialize(plan, X);
  const Folds folds(balanced, gather(plan, y), splits);
#else
  const Folds folds(X, y, splits);
#endif
}
