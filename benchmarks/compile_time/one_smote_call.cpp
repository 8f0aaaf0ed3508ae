#include <rebalance/rebalance.hpp>

rebalance::Resampled<double, int> balanced(const rebalance::Matrix<double>& X, const std::vector<int>& y) {
  return rebalance::resample(X, y, rebalance::Smote{.seed = 42});
}
