// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {

std::string refusal(const std::vector<Split>& splits) {
  const Matrix<double> X = Matrix<double>::Random(6, 2);
  const std::vector<std::string> y{"fine", "fine", "fine", "ill", "ill", "odd"};
  try {
    Folds(X, y, splits);
  } catch (const InvalidSplit& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a list of rows that cannot be a fold is refused with its reason", "[split_check]") {
  const Split good{{0, 3, 5}, {1}};
  CHECK(refusal({good}).empty());
  CHECK(refusal({good, {{0, 3, 5, 6}, {1}}}) == "the training side of fold 1 has row 6; name rows 0 to 5");
  CHECK(refusal({{{0, 3, 5}, {-1}}}) == "the test side of fold 0 has row -1; name rows 0 to 5");
  CHECK(refusal({{{0, 3, 5, 3}, {1}}}) == "the training side of fold 0 has row 3 twice; name it once");
  CHECK(refusal({{{0, 3, 5}, {1, 1}}}) == "the test side of fold 0 has row 1 twice; name it once");
  CHECK(refusal({{{0, 3, 5}, {1, 3}}}) ==
        "fold 0 has row 3 on both sides; a model cannot be tested on a row it was trained on");
  CHECK(refusal({{{}, {1}}}) == "the training side of fold 0 has no row; give it at least one");
  CHECK(refusal({{{0, 3, 5}, {}}}) == "the test side of fold 0 has no row; give it at least one");
  CHECK(refusal({good, {{0, 1, 5}, {2, 3, 4}}}) ==
        "the training side of fold 1 has no row of class ill (2 rows in all); shuffle or stratify the folds, or "
        "leave the class out");
  CHECK(refusal({{{0, 3}, {5}}}) ==
        "the training side of fold 0 has no row of class odd (1 row in all); shuffle or stratify the folds, or "
        "leave the class out");
}

TEST_CASE("rows may stand on neither side, and a class may be missing from the test", "[split_check]") {
  CHECK(refusal({{{5, 0, 3}, {2}}, {{4, 5, 2}, {3, 0}}}).empty());
}

TEST_CASE("inner folds need only the classes of their own rows, and no others' rows", "[split_check]") {
  const Matrix<double> X = Matrix<double>::Random(6, 2);
  const std::vector<int> y{0, 0, 0, 1, 1, 1};
  const auto outer = Folds(X, y, std::vector<Split>{{{5, 0, 3, 1}, {2}}})[0];
  const auto inner = outer.inner(std::vector<Split>{{{5, 0}, {3}}});
  CHECK(std::vector<Index>(inner[0].train_rows().begin(), inner[0].train_rows().end()) == std::vector<Index>{5, 0});
  CHECK(inner[0].test().rows == std::vector<Index>{3});
  CHECK_THROWS_WITH(
      outer.inner(std::vector<Split>{{{5, 3}, {0}}}),
      "the training side of fold 0 of fold 0 has no row of class 0 (2 rows in all); shuffle or stratify the folds, "
      "or leave the class out");
  CHECK_THROWS_WITH(outer.inner(std::vector<Split>{{{5, 0}, {3}}, {{5, 0, 5}, {3}}}),
                    "the training side of fold 1 of fold 0 has row 5 twice; name it once");
  CHECK_THROWS_WITH(outer.inner(std::vector<Split>{{{5, 0, 3}, {3}}}),
                    "fold 0 of fold 0 has row 3 on both sides; a model cannot be tested on a row it was trained on");
  const std::string elsewhere =
      " is not on the training side of fold 0; inner folds divide its training rows, by the "
      "caller's row numbers";
  CHECK_THROWS_WITH(outer.inner(std::vector<Split>{{{5, 0}, {2}}}), "row 2" + elsewhere);
  CHECK_THROWS_WITH(outer.inner(std::vector<Split>{{{5, -1}, {3}}}), "row -1" + elsewhere);
}

TEST_CASE("a class that has no rows at all is missed nowhere", "[split_check]") {
  CHECK_NOTHROW(detail::check_split({{0}, {1}}, {"fold 0", {}}, Classes({0, 0}, {Label("here"), Label("nowhere")})));
}
