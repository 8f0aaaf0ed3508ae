// SPDX-License-Identifier: MIT
// error: scores of rows the model did not learn from
#include <rebalance/evaluation/threshold.hpp>
#include <vector>

using namespace rebalance;

Threshold call([[maybe_unused]] const std::vector<int>& y, [[maybe_unused]] const std::vector<double>& scores,
               [[maybe_unused]] const OutOfFold& oof) {
#ifdef WRONG
  return choose_threshold(y, scores, best_f_beta(1));
#else
  return choose_threshold(oof, best_f_beta(1));
#endif
}
