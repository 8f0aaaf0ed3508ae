// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/out_of_fold.hpp>

#include <limits>
#include <string>

#include <Eigen/Core>

#include "../support/catch.hpp"
#include "../support/held_out.hpp"
#include "../support/what.hpp"

using namespace rebalance;

namespace {

template <class T>
std::vector<T> list(std::span<const T> values) {
  return {values.begin(), values.end()};
}

}  // namespace

TEST_CASE("folds add up, each score with its class, row and fold", "[out_of_fold]") {
  OutOfFold oof("ill");
  CHECK(oof.size() == 0);
  oof.add(test_rows<std::string>({"well", "ill"}, {4, 7}, 0), std::vector<double>{.25, .75});
  oof.add(test_rows<std::string>({"ill", "well", "well"}, {0, 1, 2}, 1), std::vector<float>{.5f, .125f, 1.f});
  oof.add(test_rows<std::string>({"well"}, {3}, 2), Eigen::VectorXd{{-3.5}});
  CHECK(oof.size() == 6);
  CHECK(oof.positive() == Label("ill"));
  CHECK(list(oof.truth()) == std::vector<std::uint8_t>{0, 1, 1, 0, 0, 0});
  CHECK(list(oof.scores()) == std::vector<double>{.25, .75, .5, .125, 1, -3.5});
  CHECK(list(oof.rows()) == std::vector<Index>{4, 7, 0, 1, 2, 3});
  CHECK(list(oof.folds()) == std::vector<Index>{0, 0, 1, 1, 1, 2});
}

TEST_CASE("a fold without positives, or without rows, is no error", "[out_of_fold]") {
  OutOfFold oof(true);
  oof.add(test_rows<bool>({false, false}, {0, 1}, 0), std::vector<double>{.1, .2});
  oof.add(test_rows<bool>({}, {}, 1), std::vector<double>{});
  CHECK(oof.size() == 2);
  CHECK(list(oof.truth()) == std::vector<std::uint8_t>{0, 0});
}

TEST_CASE("many small folds do not move what is there each time", "[out_of_fold]") {
  OutOfFold oof(true);
  int moved = 0;
  for (Index row = 0; row < 1000; ++row) {
    const double* const before = oof.scores().data();
    oof.add(test_rows<bool>({true}, {row}, row), std::vector<double>{.5});
    moved += oof.scores().data() != before;
  }
  CHECK(moved < 20);
}

TEST_CASE("a row may come again in another fold, a fold not", "[out_of_fold]") {
  OutOfFold oof(1);
  const auto test = test_rows<int>({0, 1, 0}, {5, 9, 2}, 3);
  const std::vector<double> scores{.1, .9, .3};
  oof.add(test, scores);
  oof.add(test_rows<int>(test.y, test.rows, 4), scores);     // repeated cross-validation
  oof.add(test_rows<int>({1, 0, 0}, {9, 5, 4}, 3), scores);  // fold 3 of other folds
  oof.add(test_rows<int>({1}, {6}, 3), std::vector<double>{.5});
  CHECK(oof.size() == 10);

  CHECK(what([&] { oof.add(test, scores); }) ==
        "OutOfFold: the rows of fold 3 have scores already; add each fold once, and use one OutOfFold for each model");
  CHECK(what([&] { oof.add(test_rows<int>({0, 1, 0}, {8, 2, 8}, 7), scores); }) ==
        "OutOfFold: fold 7 names row 8 twice; give each row one score");
  CHECK_THROWS_AS(oof.add(test_rows<int>({1}, {6}, 3), std::vector<double>{.5}), InvalidOption);
  CHECK(oof.size() == 10);
}

TEST_CASE("what does not fit is refused, and nothing is added", "[out_of_fold]") {
  OutOfFold oof(1);
  const auto test = test_rows<int>({0, 1, 0}, {5, 9, 2}, 0);
  CHECK(what([&] { oof.add(test, std::vector<double>{.1, .2}); }) ==
        "scores has 2 entries but the fold has 3 rows; give one entry for each row");
  CHECK_THROWS_AS(oof.add(test, std::vector<double>{.1, .2, .3, .4}), ShapeMismatch);
  CHECK_THROWS_AS(oof.add(test_rows<int>({0, 1}, {5, 9, 2}, 0), std::vector<double>{.1, .2, .3}), ShapeMismatch);
  CHECK(what([&] { oof.add(test, std::vector<double>{.1, std::numeric_limits<double>::infinity(), .3}); }) ==
        "scores[1] is inf (row 9 of the caller's); scores must be finite to choose a threshold: give probabilities or "
        "bound the log-odds");
  CHECK_THROWS_AS(oof.add(test, std::vector<double>{.1, .2, std::numeric_limits<double>::quiet_NaN()}), BadValue);
  CHECK(oof.size() == 0);
  CHECK(oof.truth().empty());
  CHECK(oof.scores().empty());
  CHECK(oof.rows().empty());
}
