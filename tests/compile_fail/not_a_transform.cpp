// SPDX-License-Identifier: MIT
// error: that returns a function from rows to rows: Standardize{}
#include <rebalance/rebalance.hpp>
#include <vector>

using namespace rebalance;

void call(const Fold<double, int>& fold) {
#ifdef WRONG
  fold.transformed(Smote{.seed = 1});
#else
  fold.transformed(Standardize{});
#endif
}
