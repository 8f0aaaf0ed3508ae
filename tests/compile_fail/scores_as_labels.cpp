// SPDX-License-Identifier: MIT
// error: y, predicted and groups must be sized ranges of integers, bool, enums or strings
#include <rebalance/evaluation/confusion.hpp>
#include <vector>

using namespace rebalance;

Confusion call(const std::vector<int>& y, const std::vector<double>& scores) {
#ifdef WRONG
  return confusion(y, scores);
#else
  return confusion(y, scores, 1, .5);
#endif
}
