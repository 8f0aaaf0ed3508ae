// SPDX-License-Identifier: MIT
#pragma once

// A resampled set as the reference returns it.

#include <algorithm>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/golden.hpp"

namespace parity {

using namespace rebalance;

struct Result {
  Matrix<double> X;
  std::vector<int> y;
  std::vector<Origin> origins;
};

inline Result result(const Plan& plan, const golden::View& view) {
  return {materialize(plan, view.X), gather(plan, view.y), {plan.begin(), plan.end()}};
}

inline Result class_by_class(const Result& in) {
  std::vector<std::size_t> order(in.y.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return in.y[a] < in.y[b]; });
  Result out{Matrix<double>(in.X.rows(), in.X.cols()), {}, {}};
  for (const std::size_t row : order) {
    out.X.row(static_cast<Index>(out.y.size())) = in.X.row(static_cast<Index>(row));
    out.y.push_back(in.y[row]);
    out.origins.push_back(in.origins[row]);
  }
  return out;
}

}  // namespace parity
