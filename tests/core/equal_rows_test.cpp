// SPDX-License-Identifier: MIT
#include <rebalance/core/equal_rows.hpp>

#include <limits>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace equal_rows_test {

using namespace rebalance;
using namespace rebalance::detail;

TEST_CASE("the first of equal rows stands for all of them", "[equal_rows]") {
  Matrix<double> X(6, 2);
  X << 1, 2, 3, 4, 1, 2, 2, 1, 3, 4, 1, 2;
  const auto all = sets::numbers(6);
  CHECK(first_equal_rows(view_of(X), all, {}) == std::vector<Index>{0, 1, 0, 3, 1, 0});
  const std::vector<Index> some{5, 4, 2};  // among these and in their order
  CHECK(first_equal_rows(view_of(X), some, {}) == std::vector<Index>{5, 4, 5});
}

TEST_CASE("zeros are equal, and NaN are", "[equal_rows]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Matrix<double> X(5, 2);
  X << 0, nan, -0.0, -nan, 0, 1, nan, 0, nan, -0.0;
  CHECK(first_equal_rows(view_of(X), sets::numbers(5), {}) == std::vector<Index>{0, 0, 2, 3, 3});
}

TEMPLATE_TEST_CASE("equal rows are those that a comparison of all pairs finds", "[equal_rows]", float, double) {
  for (const auto kind : {sets::Kind::continuous, sets::Kind::lattice, sets::Kind::duplicates})
    for (const Index columns : {1, 2, 4}) {
      const auto X = sets::features<TestType>(kind, 300, columns);
      const auto first = first_equal_rows(view_of(X), sets::numbers(300), Execution{.threads = 3});
      for (Index row = 0; row < 300; ++row) {
        Index expected = 0;
        while (X.row(expected) != X.row(row)) ++expected;
        REQUIRE(first[static_cast<std::size_t>(row)] == expected);
      }
    }
}

}  // namespace equal_rows_test
