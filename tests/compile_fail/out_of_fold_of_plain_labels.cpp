// SPDX-License-Identifier: MIT
// error: out-of-fold scores belong to rows that a fold held out
#include <rebalance/evaluation/out_of_fold.hpp>
#include <rebalance/model_selection/fold.hpp>
#include <vector>

using namespace rebalance;

void call(OutOfFold& oof, const HeldOut<double, int>& test, const std::vector<double>& scores) {
#ifdef WRONG
  oof.add(test.y, scores);
#else
  oof.add(test, scores);
#endif
}
