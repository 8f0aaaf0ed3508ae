// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/metric.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

TEST_CASE("the distance is a sum of squared differences, in order", "[metric]") {
  const double a[] = {0, 1, 2}, b[] = {3, 1, -2};
  CHECK(Euclidean::between(a, b, 3) == 25);
  CHECK(Euclidean::between(a, b, 0) == 0);
  const float c[] = {0.1f}, d[] = {0.3f};
  const double way = static_cast<double>(0.1f) - static_cast<double>(0.3f);
  CHECK(Euclidean::between(c, d, 1) == way * way);  // widened first: a float distance would lose half the digits
}

TEST_CASE("every operation rounds by itself, whatever the compiler may fuse", "[metric]") {
  const auto X = sets::features(sets::Kind::continuous, 200, 17);
  for (Index i = 1; i < 200; ++i) REQUIRE(Euclidean::between(X.row(0).data(), X.row(i).data(), 17) == sets::distance(X, 0, i));
}
