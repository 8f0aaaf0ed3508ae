// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <vector>

#include <rebalance/core/error.hpp>

#include "input.hpp"

namespace fuzz {

using namespace rebalance;

/// Values for options of numbers, sensible and not.
inline double arbitrary_number(Input& in) {
  constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  return in.one_of(std::vector<double>{0, 0.5, 1, 0.1, 2, 1e-300, 1e300, 1e30, 1e-30, 5e-324, -1, inf, nan});
}

/// A number of rows: small ones, and all that a computation with it could overflow on.
inline Index arbitrary_count(Input& in) {
  const unsigned count = in.byte();
  if (count < 200) return static_cast<Index>(count);
  constexpr Index largest = std::numeric_limits<Index>::max();
  return in.one_of(std::vector<Index>{0, 1, -1, 1000, Index{1} << 31, Index{1} << 60, largest, -largest - 1});
}

/// Some of the first columns, and sometimes one that is not there or one twice.
inline std::vector<Index> arbitrary_columns(Input& in) {
  std::vector<Index> out;
  const unsigned chosen = in.byte();
  for (Index column = 0; column < 5; ++column)
    if ((chosen >> column & 1) != 0) out.push_back(column);
  if (chosen >= 240) out.push_back(in.one_of(std::vector<Index>{-1, 0, 60}));
  return out;
}

}  // namespace fuzz
