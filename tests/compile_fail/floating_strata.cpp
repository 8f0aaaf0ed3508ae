// SPDX-License-Identifier: MIT
// error: LabelRange
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <vector>

using namespace rebalance;

void call(const Eigen::MatrixXd& X, const std::vector<int>& y, const std::vector<double>& strata) {
#ifdef WRONG
  resample(Data(X, y).strata(strata), RandomOverSampler{.seed = 1});
#else
  resample(Data(X, y).strata(std::vector<int>(strata.begin(), strata.end())), RandomOverSampler{.seed = 1});
#endif
}
