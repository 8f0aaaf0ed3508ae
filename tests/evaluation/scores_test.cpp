// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/scores.hpp>

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>

#include "../support/catch.hpp"

namespace scores_test {

using namespace rebalance;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
const std::vector<int> y{0, 1, 1};

template <class Call>
std::string message(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST_CASE("floats and doubles in any sized range are scores", "[scores]") {
  STATIC_REQUIRE(ScoreRange<std::vector<double>>);
  STATIC_REQUIRE(ScoreRange<std::span<const float>>);
  STATIC_REQUIRE(ScoreRange<std::array<double, 3>>);
  STATIC_REQUIRE(ScoreRange<Eigen::VectorXf>);
  STATIC_REQUIRE(ScoreRange<Eigen::RowVectorXd>);
  STATIC_REQUIRE(ScoreRange<decltype(Eigen::MatrixXd().col(0))>);
  STATIC_REQUIRE(ScoreRange<decltype(Eigen::VectorXd() * 2.0)>);
  STATIC_REQUIRE_FALSE(ScoreRange<Eigen::MatrixXd>);
  STATIC_REQUIRE_FALSE(ScoreRange<std::vector<int>>);
  STATIC_REQUIRE_FALSE(ScoreRange<double>);

  Eigen::MatrixXd table(3, 2);
  table << 9, .5, 9, .25, 9, .75;
  CHECK(detail::scored_rows(y, table.col(1), 1).scores == std::vector<double>{.5, .25, .75});
  CHECK(detail::scored_rows(y, std::vector<float>{.5f, .25f, .75f}, 1).scores == std::vector<double>{.5, .25, .75});
}

TEST_CASE("the positive class is found by its name, whatever its type", "[scores]") {
  const std::vector<std::uint8_t> expected{0, 1, 1};
  CHECK(detail::is_positive(y, 1) == expected);
  CHECK(detail::is_positive(std::vector<bool>{false, true, true}, true) == expected);
  CHECK(detail::is_positive(std::vector<std::string>{"ok", "fraud", "fraud"}, "fraud") == expected);
  CHECK(detail::is_positive(Eigen::Vector3i(2, 7, 7), 7) == expected);
  CHECK(detail::is_positive(y, 5) == std::vector<std::uint8_t>{0, 0, 0});
}

TEST_CASE("rows of one score are one step", "[scores]") {
  // score  .9: +      .5: + - -      0: -  (0.0 and -0.0 are one score)  -inf: +
  const std::vector<double> scores{.5, 0.0, .9, .5, -0.0, -infinity, .5};
  const std::vector<int> classes{1, 0, 1, 0, 0, 1, 0};
  const auto steps = detail::score_steps(detail::scored_rows(classes, scores, 1));
  REQUIRE(steps.size() == 4);
  CHECK((steps[0].score == .9 && steps[0].rows == 1 && steps[0].positives == 1));
  CHECK((steps[1].score == .5 && steps[1].rows == 3 && steps[1].positives == 1));
  CHECK((steps[2].score == 0 && steps[2].rows == 2 && steps[2].positives == 0));
  const detail::ScoredRows zeros = detail::scored_rows(y, std::vector<double>{-0.0, 0.0, -0.0}, 1);
  CHECK_FALSE(std::signbit(zeros.scores[0]));
  CHECK(detail::score_steps(zeros).size() == 1);
  CHECK((steps[3].score == -infinity && steps[3].rows == 1 && steps[3].positives == 1));
  CHECK(detail::total(steps).rows == 7);
  CHECK(detail::total(steps).positives == 3);
}

TEST_CASE("what is no score is refused by its row", "[scores]") {
  const std::vector<double> with_nan{.1, .2, nan_value};
  const std::vector<double> above_one{.1, 1.5, .2};
  CHECK(message([&] { detail::scored_rows(y, with_nan, 1); }).starts_with("scores[2] is NaN; a score must be"));
  CHECK(message([&] { detail::predicted_rows(y, above_one, 1); }).starts_with("p[1] is 1.5; a probability must lie"));
  CHECK_THROWS_AS(detail::predicted_rows(y, with_nan, 1), BadValue);
  CHECK_THROWS_AS(detail::predicted_rows(y, std::vector<double>{.1, .2, infinity}, 1), BadValue);
  CHECK_THROWS_AS(detail::predicted_rows(y, std::vector<double>{-1e-300, .2, .3}, 1), BadValue);
  CHECK_NOTHROW(detail::predicted_rows(y, std::vector<double>{0, 1, -0.0}, 1));
  CHECK_NOTHROW(detail::scored_rows(y, std::vector<double>{-infinity, infinity, 7}, 1));
  try {
    detail::scored_rows(y, with_nan, 1);
  } catch (const BadValue& bad) {
    CHECK(bad.row == 2);
  }
}

TEST_CASE("sizes must agree and rows must exist", "[scores]") {
  const std::vector<double> two{.1, .2};
  CHECK(message([&] { detail::scored_rows(y, two, 1); }) ==
        "scores has 2 entries but y has 3 rows; give one entry for each row");
  CHECK_THROWS_AS(detail::scored_rows(std::vector<int>{}, std::vector<double>{}, 1), ShapeMismatch);
  CHECK_THROWS_AS(detail::predicted_rows(y, std::vector<double>(4, .5), 1), ShapeMismatch);
}

}  // namespace scores_test
