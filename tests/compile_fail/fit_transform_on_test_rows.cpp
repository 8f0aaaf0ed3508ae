// SPDX-License-Identifier: MIT
// error: these rows are held out for testing: fit on the training side
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/model_selection/transforms.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
#ifdef WRONG
  Standardize{}.fit(fold.test().X);
#else
  Standardize{}.fit(fold.train().X);
#endif
}
