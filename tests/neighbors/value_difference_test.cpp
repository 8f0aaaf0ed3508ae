// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/value_difference.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

// What searches make of it is compared with an oracle in neighbor_search_test.cpp.
TEST_CASE("categories are as far apart as what they say of the class", "[value_difference]") {
  // column 0: a = 0 stands with class 0 three times of four, b = 1 once of four: delta = |3/4 - 1/4| + |1/4 - 3/4| = 1.
  // column 1: x = 0 two of four, y = 1 two of four, z = 2 none: delta(x, y) = 0.
  Matrix<std::uint32_t> codes(8, 2);
  codes << 0, 0, 0, 0, 0, 1, 1, 1, /* class 1: */ 0, 0, 1, 0, 1, 1, 1, 1;
  const Classes classes({0, 0, 0, 0, 1, 1, 1, 1}, {"a", "b"});
  const ValueDifference metric(codes, {2, 3}, classes);
  const std::vector<Index> rows{0, 3, 2};
  const auto laid_out = metric.layout(codes, rows, 0);
  CHECK(laid_out == Matrix<double>{{1.5, 1, 0, 0}, {0.5, 1, 1, 1}, {1.5, 1, 0, 1}});
  CHECK(metric.between(laid_out.row(0).data(), laid_out.row(1).data()) == 1);
  CHECK(metric.between(laid_out.row(0).data(), laid_out.row(2).data()) == 0);
  CHECK(metric.between(laid_out.row(1).data(), laid_out.row(1).data()) == 0);
}

TEST_CASE("more classes: every class counts", "[value_difference]") {
  // P(. | 0) = (1, 0, 0), P(. | 1) = (0, 1/2, 1/2), P(. | 2) = (1/3, 2/3, 0)
  Matrix<std::uint32_t> codes(6, 1);
  codes << 0, 1, 1, 2, 2, 2;
  const Classes classes({0, 1, 2, 0, 1, 1}, {"a", "b", "c"});
  const ValueDifference metric(codes, {3}, classes);
  const auto rows = metric.layout(codes, std::vector<Index>{0, 1, 3}, 0);
  const auto distance = [&](Index a, Index b) { return metric.between(rows.row(a).data(), rows.row(b).data()); };
  CHECK(distance(0, 1) == 4);
  CHECK(distance(0, 2) == Approx(16.0 / 9));
  CHECK(distance(1, 2) == Approx(1));
  CHECK(metric.excess() > 0);
  CHECK(metric.excess() < 1e-12);
}
