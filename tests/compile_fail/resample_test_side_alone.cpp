// SPDX-License-Identifier: MIT
// error: these rows are held out for testing and must stay as they are: resample the training side
#include <rebalance/core/resample.hpp>
#include <rebalance/model_selection/fold.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
#ifdef WRONG
  resample(fold.test());
#else
  fold.train();
#endif
}
