// SPDX-License-Identifier: MIT
// A library that brought its own copy of rebalance; ANSWER is the name of its one function.
#include <rebalance/core/arithmetic.hpp>
#include <string>

std::string ANSWER() {
  return std::to_string(rebalance::version().minor) + ": " + std::to_string(rebalance::detail::interpolate(0.0, 8.0, 0.5));
}
