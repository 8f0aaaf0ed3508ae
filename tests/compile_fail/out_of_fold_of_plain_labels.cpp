// SPDX-License-Identifier: MIT
// error: out-of-fold scores belong to rows that a fold held out
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(OutOfFold& oof, const HeldOut<double, int>& test, const std::vector<double>& scores) {
#ifdef WRONG
  oof.add(test.y, scores);
#else
  oof.add(test, scores);
#endif
}
