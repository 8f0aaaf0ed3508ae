// SPDX-License-Identifier: MIT
#include <rebalance/core/apportion.hpp>

#include "../support/catch.hpp"

namespace apportion_test {

using namespace rebalance;
using Shares = std::vector<Index>;

/// Weights and an order as lists.
Shares apportioned(Index total, const Shares& weights, const Shares& order) {
  return detail::apportioned(total, weights, order);
}

TEST_CASE("largest remainders win, equal ones in the order given", "[apportion]") {
  CHECK(apportioned(40, {0, 0, 0, 1, 3}, {0, 1, 2, 3, 4}) == Shares{0, 0, 0, 10, 30});
  CHECK(apportioned(10, {3, 3, 1}, {0, 1, 2}) == Shares{4, 4, 2});  // 4.28, 4.28, 1.43
  CHECK(apportioned(5, {1, 1, 1}, {2, 0, 1}) == Shares{2, 1, 2});
  CHECK(apportioned(0, {1, 2}, {0, 1}) == Shares{0, 0});
}

TEST_CASE("no product overflows where the total is large", "[apportion]") {
  constexpr Index many = 9'000'000'000'000'000'000;
  CHECK(apportioned(many, {1, 2}, {0, 1}) == Shares{many / 3, many / 3 * 2});
  constexpr Index rows = 2'147'483'647;  // of one class, and of the other
  CHECK(apportioned(rows, {rows, rows}, {1, 0}) == Shares{rows / 2, rows / 2 + 1});
}

}  // namespace apportion_test
