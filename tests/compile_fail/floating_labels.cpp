// SPDX-License-Identifier: MIT
// error: y must be a sized range of integers, bool, enums or strings
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<double>& y) {
#ifdef WRONG
  resample(X, y, RandomOverSampler{.seed = 1});
#else
  resample(X, std::vector<int>(y.begin(), y.end()), RandomOverSampler{.seed = 1});
#endif
}
