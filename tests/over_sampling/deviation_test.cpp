// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/deviation.hpp>

#include <rebalance/neighbors/point_set.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace deviation_test {

using namespace rebalance;
using namespace rebalance::detail;

TEST_CASE("the deviation of some rows, by either divisor", "[deviation]") {
  const Matrix<double> X{{1, 7}, {2, 7}, {3, 7}, {4, 7}, {100, 7}};
  const std::vector<Index> rows{0, 1, 2, 3};
  for (const Draws draws : {Draws::even, Draws::imbalanced_learn}) {
    CHECK(std::abs(deviation(view_of(X), rows, 0, 4, draws) - std::sqrt(1.25)) < 1e-15);
    CHECK(std::abs(deviation(view_of(X), rows, 0, 3, draws) - std::sqrt(5.0 / 3)) < 1e-15);
    CHECK(deviation(view_of(X), rows, 1, 4, draws) == 0);
    CHECK(deviation(view_of(X), std::vector<Index>{2}, 0, 0, draws) == 0);
  }
}

TEST_CASE("a constant column has no deviation, not even from rounding", "[deviation]") {
  const Matrix<double> X = Matrix<double>::Constant(10, 2, 0.1);  // ten times 0.1 does not sum to 1
  CHECK(deviation(view_of(X), all_rows(10), 0, 10, Draws::even) == 0);
}

TEST_CASE("the order of the rows does not matter", "[deviation]") {
  const auto X = sets::features(sets::Kind::continuous, 500, 2);
  auto order = sets::numbers(500);
  const double one = deviation(view_of(X), order, 1, 500, Draws::even);
  std::reverse(order.begin(), order.end());
  CHECK(deviation(view_of(X), order, 1, 500, Draws::even) == one);
}

TEST_CASE("the deviation as of a sparse matrix is the same number", "[deviation]") {
  auto X = sets::features(sets::Kind::lattice, 400, 1);  // zeros among others
  for (const double offset : {0.0, 5.0}) {
    X.array() += offset;
    const double plain = deviation(view_of(X), all_rows(400), 0, 400, Draws::even);
    CHECK(std::abs(deviation_as_sparse(view_of(X), all_rows(400), 0) - plain) < 1e-14 * plain);
  }
}

}  // namespace deviation_test
