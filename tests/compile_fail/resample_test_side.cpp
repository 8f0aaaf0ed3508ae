// SPDX-License-Identifier: MIT
// error: these rows are held out for testing and must stay as they are: resample the training side
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
#ifdef WRONG
  resample(fold.test(), RandomOverSampler{.seed = 1});
#else
  fold.train(RandomOverSampler{.seed = 1});
#endif
}
