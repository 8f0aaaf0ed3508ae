// SPDX-License-Identifier: MIT
#include <rebalance/audit/row_places.hpp>

#include <limits>
#include <vector>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace row_places_test {

using namespace rebalance;
using namespace rebalance::detail;

const Execution how;

Classes classes_of(const std::vector<std::uint32_t>& codes) { return {codes, {Label(0), Label(1)}}; }

TEST_CASE("places on a line, by hand", "[row_places]") {
  // Real rows of class 1 at 0, 0, 100, 200, 400; class 0 at 390 and 1000. Distances to the next of the class: 0, 0, 100, 100, 200.
  const Matrix<double> X{{0},  {0},   {100}, {200}, {400}, {390}, {1000}, /* new: */ {0},
                         {.9}, {101}, {150}, {395}, {700}};
  const Classes classes = classes_of({1, 1, 1, 1, 1, 0, 0});
  const std::vector<Index> real{0, 1, 2, 3, 4};
  const MatrixView<double> view = view_of(X);
  const Territory<double> territory(view, view, classes, 1, real, how);
  const auto& of_real = territory.real();
  REQUIRE(of_real.size() == 5);
  CHECK(of_real[0].copy);
  CHECK_FALSE(of_real[1].near_copy);  // it is a copy
  CHECK_FALSE(of_real[2].copy);
  CHECK_FALSE(of_real[2].near_copy);
  CHECK_FALSE(of_real[3].among_others);  // 200: 100 to its own, 190 to 390
  CHECK(of_real[4].among_others);        // 400: 200 and 10
  CHECK(of_real[4].in_void);             // beyond the .99 quantile, 196
  CHECK_FALSE(of_real[3].in_void);

  const Matrix<double> made = X.bottomRows(6);
  const auto of_new = territory.of_new(view_of(made), 7);
  CHECK(of_new[0].copy);
  CHECK_FALSE(of_new[0].near_copy);
  CHECK_FALSE(of_new[1].copy);
  CHECK(of_new[1].near_copy);  // .9 is nearer than 1, a hundredth of the median 100
  CHECK(of_new[2].near_copy);  // just 1
  CHECK_FALSE(of_new[3].near_copy);
  CHECK_FALSE(of_new[4].among_others);  // 395 lies in the middle: a tie is no trespass
  CHECK_FALSE(of_new[4].in_void);
  CHECK(of_new[5].in_void);             // 300 from 400
  CHECK_FALSE(of_new[5].among_others);  // and as far from 1000
}

TEST_CASE("a row alone in its class has no distances", "[row_places]") {
  const Matrix<double> X{{0}, {5}, {6}, /* new: */ {0}, {.1}, {4}};
  const Classes classes = classes_of({1, 0, 0});
  const std::vector<Index> real{0};
  const Territory<double> territory(view_of(X), view_of(X), classes, 1, real, how);
  CHECK_FALSE(territory.real()[0].copy);
  CHECK_FALSE(territory.real()[0].in_void);
  CHECK(territory.real()[0].among_others);
  const Matrix<double> made = X.bottomRows(3);
  const auto of_new = territory.of_new(view_of(made), 3);
  CHECK(of_new[0].copy);
  CHECK_FALSE(of_new[1].near_copy);
  CHECK(of_new[2].among_others);
  CHECK_FALSE(of_new[2].in_void);
}

TEST_CASE("where there is no other class nothing is among others", "[row_places]") {
  const Matrix<double> X{{0}, {1}, {2}, /* new: */ {1.5}};
  const Classes classes({0, 0, 0}, {Label(0)});
  const std::vector<Index> real{0, 1, 2};
  const Territory<double> territory(view_of(X), view_of(X), classes, 0, real, how);
  const Matrix<double> made = X.bottomRows(1);
  CHECK_FALSE(territory.of_new(view_of(made), 3)[0].among_others);
}

}  // namespace row_places_test
