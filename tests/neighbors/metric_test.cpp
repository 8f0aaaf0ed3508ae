// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/metric.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

TEST_CASE("the distance is a sum of squared differences, in order", "[metric]") {
  const double a[] = {0, 1, 2}, b[] = {3, 1, -2};
  CHECK(Euclidean{3}.between(a, b) == 25);
  CHECK(Euclidean{0}.between(a, b) == 0);
  const float c[] = {0.1f}, d[] = {0.3f};
  const double way = static_cast<double>(0.1f) - static_cast<double>(0.3f);
  CHECK(Euclidean{1}.between(c, d) == way * way);  // widened first: a float distance would lose half the digits
}

TEST_CASE("every operation rounds by itself, whatever the compiler may fuse", "[metric]") {
  const auto X = sets::features(sets::Kind::continuous, 200, 17);
  for (Index i = 1; i < 200; ++i)
    REQUIRE(Euclidean{17}.between(X.row(0).data(), X.row(i).data()) == sets::distance(X, 0, i));
}

TEST_CASE("a category differs or does not, whatever its code", "[metric]") {
  const double a[] = {0, 1, 7, 3, 9}, b[] = {3, 1, 7, 8, -100};
  CHECK(Mixed{2, 3, 0.5}.between(a, b) == 9 + 2 * 0.5);
  CHECK(Mixed{2, 0, 0.5}.between(a, b) == 9);
  CHECK(Mixed{0, 3, 2}.between(a, b) == 2);
  CHECK(Mixed{2, 3, 0}.between(a, b) == 9);
}
