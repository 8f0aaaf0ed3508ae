// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace examples {

/// A mean, and how far one value is from it as a rule.
struct Average {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double deviation = std::numeric_limits<double>::quiet_NaN();
};

/// With n - 1 in the deviation; of one value it is 0. Of no values both are NaN.
inline Average average(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, n > 1 ? std::sqrt(squares / (n - 1)) : 0};
}

}  // namespace examples
