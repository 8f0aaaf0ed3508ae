// SPDX-License-Identifier: MIT
// A library that brought its own copy of rebalance; ANSWER is the name of its one function.
#include <rebalance/core/arithmetic.hpp>
#include <string>

std::string ANSWER() {
  const double between = rebalance::detail::interpolate(0.0, 8.0, 0.5);
  return std::to_string(rebalance::version().minor) + ": " + std::to_string(between);
}
