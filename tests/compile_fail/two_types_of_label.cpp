// SPDX-License-Identifier: MIT
// error: y and predicted must have the same type of label
#include <rebalance/evaluation/confusion.hpp>
#include <vector>

using namespace rebalance;

Confusion call(const std::vector<int>& y, const std::vector<long>& predicted) {
#ifdef WRONG
  return confusion(y, predicted);
#else
  return confusion(y, std::vector<int>(predicted.begin(), predicted.end()));
#endif
}
