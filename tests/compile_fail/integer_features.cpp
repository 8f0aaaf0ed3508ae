// SPDX-License-Identifier: MIT
// error: X must be a dense Eigen expression of float or double
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXi& X, const std::vector<int>& y) {
#ifdef WRONG
  resample(X, y, RandomOverSampler{.seed = 1});
#else
  resample(X.cast<double>(), y, RandomOverSampler{.seed = 1});
#endif
}
