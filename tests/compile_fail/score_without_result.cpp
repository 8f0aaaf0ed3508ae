// SPDX-License-Identifier: MIT
// error: score must return something
#include <rebalance/core/no_resampling.hpp>
#include <rebalance/model_selection/cross_validate.hpp>
#include <vector>

using namespace rebalance;

void call(const Matrix<double>& X, const std::vector<int>& y, const std::vector<Split>& splits) {
  const auto fit = [](const auto& train) { return train.X.rows(); };
#ifdef WRONG
  cross_validate(X, y, splits, NoResampling{}, fit, [](Index, const auto&) {});
#else
  cross_validate(X, y, splits, NoResampling{}, fit, [](Index rows, const auto&) { return rows; });
#endif
}
