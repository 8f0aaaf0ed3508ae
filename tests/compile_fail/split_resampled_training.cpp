// SPDX-License-Identifier: MIT
// error: these rows were resampled: synthetic rows would have parents on the other side of the split. Split first
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold, const std::vector<Split>& splits) {
#ifdef WRONG
  const auto train = fold.train(RandomOverSampler{.seed = 1});
  for (const auto& inner : Folds(train.X, train.y, splits)) inner.test();
#else
  for (const auto& inner : fold.inner(splits)) {
    const auto train = inner.train(RandomOverSampler{.seed = 1});
    inner.test();
  }
#endif
}
