// SPDX-License-Identifier: MIT
#include <rebalance/core/describe.hpp>

#include "../support/catch.hpp"

TEST_CASE("options are written as one would write them", "[describe]") {
  CHECK(rebalance::detail::describe("Smote", {}) == "Smote{}");
  CHECK(rebalance::detail::describe("Smote", {{"k", "5"}, {"seed", "42"}}) == "Smote{.k = 5, .seed = 42}");
}
