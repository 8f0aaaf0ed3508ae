// SPDX-License-Identifier: MIT
// error: scores and probabilities must be a sized range of float or double
#include <rebalance/evaluation/curves.hpp>
#include <vector>

using namespace rebalance;

double call(const std::vector<int>& y, const std::vector<int>& scores) {
#ifdef WRONG
  return average_precision(y, scores, 1);
#else
  return average_precision(y, std::vector<double>(scores.begin(), scores.end()), 1);
#endif
}
