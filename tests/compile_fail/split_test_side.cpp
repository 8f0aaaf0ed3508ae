// SPDX-License-Identifier: MIT
// error: these rows are held out for testing and must stay as they are: resample the training side
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/model_selection/folds.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold, const std::vector<Split>& splits) {
#ifdef WRONG
  const Folds inner(fold.test(), splits);
#else
  const Folds inner = fold.inner(splits);
#endif
}
