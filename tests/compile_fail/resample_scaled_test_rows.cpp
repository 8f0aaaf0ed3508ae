// SPDX-License-Identifier: MIT
// error: these rows are held out for testing and must stay as they are: resample the training side
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/model_selection/transforms.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
  const auto train = fold.train();
  const auto test = fold.test();
  const auto scaling = Standardize{}.fit(train.X);
#ifdef WRONG
  resample(scaling(test.X), test.y, RandomOverSampler{.seed = 1});
#else
  const auto scaled = scaling(train.X);
  resample(scaled, train.y, RandomOverSampler{.seed = 1});
#endif
}
