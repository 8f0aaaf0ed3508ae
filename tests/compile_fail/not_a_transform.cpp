// SPDX-License-Identifier: MIT
// error: that returns a function from rows to rows: Standardize{}
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/model_selection/transforms.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
#ifdef WRONG
  fold.transformed(RandomOverSampler{.seed = 1});
#else
  fold.transformed(Standardize{});
#endif
}
