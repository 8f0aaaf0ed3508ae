// SPDX-License-Identifier: MIT
// error: these rows are held out for testing and must stay as they are: resample the training side
#include <rebalance/core/resample.hpp>
#include <rebalance/model_selection/fold.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<float, int>& fold) {
  const auto test = fold.test();
  const auto train = fold.train();
#ifdef WRONG
  const Data data(test.X, test.y);
#else
  const Data data(train.X, train.y);
#endif
}
