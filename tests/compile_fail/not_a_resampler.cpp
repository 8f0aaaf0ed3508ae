// SPDX-License-Identifier: MIT
// error: after X and y come resamplers: Smote{.seed = 1}
#include <rebalance/core/resample.hpp>
#include <vector>

using namespace rebalance;

#ifdef WRONG
struct KeepAll {
  int plan() const;
};
#else
struct KeepAll {
  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;
};
#endif

void call(const Eigen::MatrixXd& X, const std::vector<int>& y) { resample(X, y, KeepAll{}); }
