// SPDX-License-Identifier: MIT
// error: after X and y come resamplers: Smote{.seed = 1}
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y) {
#ifdef WRONG
  resample(X, y);
#else
  resample(X, y, RandomOverSampler{.seed = 1});
#endif
}
