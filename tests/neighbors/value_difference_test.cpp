// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/value_difference.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

// What searches make of it is compared with an oracle in neighbor_search_test.cpp.
TEST_CASE("categories are as far apart as what they say of the class", "[value_difference]") {
  // Column 0: 10 stands with class 0 three times of four, 20 once of four: delta = |3/4 - 1/4| + |1/4 - 3/4| = 1.
  // Column 1: 0 and 1 stand with either class two times of four: delta = 0.
  const Matrix<double> codes{{10, 0}, {10, 0}, {10, 1}, {20, 1}, {10, 0}, {20, 0}, {20, 1}, {20, 1}};
  const auto X = detail::view_of(codes);
  const Classes classes({0, 0, 0, 0, 1, 1, 1, 1}, {"a", "b"});
  const ValueDifference metric(X, classes, {});
  const std::vector<Index> rows{0, 3, 2};
  const auto laid_out = metric.layout(X, rows, 0);
  CHECK(laid_out == Matrix<double>{{1.5, 1, 0, 0}, {0.5, 1, 1, 1}, {1.5, 1, 0, 1}});
  CHECK(metric.between(laid_out.row(0).data(), laid_out.row(1).data()) == 1);
  CHECK(metric.between(laid_out.row(0).data(), laid_out.row(2).data()) == 0);
  CHECK(metric.between(laid_out.row(1).data(), laid_out.row(1).data()) == 0);
}

TEST_CASE("more classes: every class counts", "[value_difference]") {
  // P(. | 0) = (1, 0, 0), P(. | 1) = (0, 1/2, 1/2), P(. | 2) = (1/3, 2/3, 0)
  const Matrix<double> codes{{0}, {1}, {1}, {2}, {2}, {2}};
  const auto X = detail::view_of(codes);
  const Classes classes({0, 1, 2, 0, 1, 1}, {"a", "b", "c"});
  const ValueDifference metric(X, classes, Execution{.threads = 2});
  const auto rows = metric.layout(X, std::vector<Index>{0, 1, 3}, 0);
  const auto distance = [&](Index a, Index b) { return metric.between(rows.row(a).data(), rows.row(b).data()); };
  CHECK(distance(0, 1) == 4);
  CHECK(std::abs(distance(0, 2) - 16.0 / 9) < 1e-15);
  CHECK(std::abs(distance(1, 2) - 1) < 1e-15);
  CHECK(metric.excess() > 0);
  CHECK(metric.excess() < 1e-12);
}
