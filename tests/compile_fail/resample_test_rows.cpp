// SPDX-License-Identifier: MIT
// error: these rows are held out for testing and must stay as they are: resample the training side
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
  const auto test = fold.test();
  const auto train = fold.train();
#ifdef WRONG
  resample(test.X, test.y, Smote{.seed = 1});
#else
  resample(train.X, train.y, Smote{.seed = 1});
#endif
}
