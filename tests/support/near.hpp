// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

/// Equal but for the last digits that a file or another order of summation leaves open.
inline bool near(double a, double b) { return std::abs(a - b) <= 1e-12 * (1 + std::abs(b)); }

inline bool near(const std::vector<double>& a, const std::vector<double>& b) {
  bool same = a.size() == b.size();
  for (std::size_t i = 0; same && i < a.size(); ++i) same = near(a[i], b[i]);
  return same;
}
