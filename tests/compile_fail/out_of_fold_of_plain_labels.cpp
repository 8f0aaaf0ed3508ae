// SPDX-License-Identifier: MIT
// error: out-of-fold scores belong to rows that a fold held out
#include <vector>

#include "../support/held_out.hpp"

using namespace rebalance;

void call(OutOfFold& oof, const TestRows<int>& test, const std::vector<double>& scores) {
#ifdef WRONG
  oof.add(test.y, scores);
#else
  oof.add(test, scores);
#endif
}
