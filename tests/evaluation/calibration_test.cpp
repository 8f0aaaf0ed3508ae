// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/calibration.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "../support/catch.hpp"
#include "../support/metric_cases.hpp"
#include "../support/near.hpp"

using namespace rebalance;

namespace {

struct Sample {
  std::vector<int> y;
  std::vector<double> p;
};

/// n rows with probabilities spread evenly over (low, high), each positive with its own: no model is better calibrated.
Sample calibrated_rows(Index n, double low, double high, std::uint64_t seed) {
  Sample rows;
  for (Index row = 0; row < n; ++row) {
    rows.p.push_back(low + (high - low) * (static_cast<double>(row) + .5) / static_cast<double>(n));
    rows.y.push_back(detail::unit_interval(detail::random_pair(seed, 9, static_cast<std::uint64_t>(row), 0)[0]) <
                     rows.p.back());
  }
  return rows;
}

Sample reversed(Sample rows) {
  std::reverse(rows.y.begin(), rows.y.end());
  std::reverse(rows.p.begin(), rows.p.end());
  return rows;
}

Sample rounded_to(Sample rows, double unit) {
  for (double& p : rows.p) p = std::round(p / unit) * unit;
  return rows;
}

std::vector<double> numbers(const CalibrationError& error) {
  return {error.ece, error.null_low, error.null_mean, error.null_high, static_cast<double>(error.bins)};
}

}  // namespace

TEST_CASE("calibration: as scikit-learn has it", "[calibration]") {
  const auto cases = golden::metric_cases("p");
  REQUIRE(cases.size() >= 15);
  for (const auto& expected : cases) {
    INFO(expected.name);
    const auto y = expected.labels("y");
    const auto& p = expected.all("p");
    CHECK(near(brier_score(y, p, 1), expected.one("brier_score")));
    CHECK(near(log_loss(y, p, 1), expected.one("log_loss")));

    std::vector<double> observed, mean_predicted;
    for (const auto& bin : reliability(y, p, 1, 5, Bins::equal_width)) {
      observed.push_back(bin.observed);
      mean_predicted.push_back(bin.mean_predicted);
    }
    CHECK(near(observed, expected.all("observed")));
    CHECK(near(mean_predicted, expected.all("mean_predicted")));
  }
}

TEST_CASE("scores of probabilities by hand", "[calibration]") {
  const std::vector<int> y{1, 0, 1};
  const std::vector<double> p{.5, .25, 1};
  CHECK(near(brier_score(y, p, 1), (.25 + .0625 + 0) / 3));
  CHECK(near(log_loss(y, p, 1), (std::log(2) + std::log(4. / 3)) / 3));
  CHECK(brier_score(std::vector<int>{1, 1}, std::vector<double>{1, 1}, 1) == 0);  // one class is no error
  CHECK(brier_score(std::vector<int>{0, 0}, std::vector<double>{1, 1}, 1) == 1);
}

TEST_CASE("sure and wrong costs what the type can tell from sure", "[calibration]") {
  const std::vector<int> y{1};
  CHECK(near(log_loss(y, std::vector<double>{0}, 1), 52 * std::log(2)));
  CHECK(near(log_loss(y, std::vector<float>{0}, 1), 23 * std::log(2)));
  CHECK(log_loss(y, std::vector<double>{1}, 1) < 3e-16);
}

// p     .1  .2 |.3  .3  .3 |.6  .7      three bins of equal mass hold 2.33 rows each; the ties go as one,
// y      0   1 | 0   1   0 | 1   1      by the middle of their ranks
TEST_CASE("bins of equal mass do not part equal probabilities", "[calibration]") {
  const std::vector<int> y{0, 1, 0, 1, 0, 1, 1};
  const std::vector<double> p{.1, .2, .3, .3, .3, .6, .7};
  const auto bins = reliability(y, p, 1, 3);
  REQUIRE(bins.size() == 3);
  CHECK((bins[0].rows == 2 && bins[0].positives == 1 && bins[0].lowest == .1 && bins[0].highest == .2));
  CHECK((bins[1].rows == 3 && bins[1].positives == 1 && bins[1].lowest == .3 && bins[1].highest == .3));
  CHECK((bins[2].rows == 2 && bins[2].positives == 2 && bins[2].lowest == .6 && bins[2].highest == .7));
  CHECK(near(bins[0].mean_predicted, .15));
  CHECK(bins[0].observed == .5);
  CHECK(bins[2].observed == 1);

  const auto error = calibration_error(y, p, 1, 3);
  CHECK(near(error.ece, (std::abs(.3 - 1) + std::abs(.9 - 1) + std::abs(1.3 - 2)) / 7));
  CHECK((error.rows == 7 && error.bins == 3 && error.scheme == Bins::equal_mass));
}

// Two bins of four rows would part the five ties: their middle, row 4.5, lies in the second.
TEST_CASE("equal probabilities go where the middle of their ranks lies", "[calibration]") {
  const auto bins = reliability(std::vector<int>(8, 1), std::vector<double>{.1, .2, .3, .3, .3, .3, .3, .4}, 1, 2);
  REQUIRE(bins.size() == 2);
  CHECK(bins[0].rows == 2);
  CHECK(bins[1].rows == 6);
}

TEST_CASE("without ties bins of equal mass differ by one row at most", "[calibration]") {
  for (const Index n : {10, 97, 1000, 1003}) {
    const Sample rows = calibrated_rows(n, 0, 1, 3);
    const auto bins = reliability(rows.y, rows.p, 1, 10);
    REQUIRE(bins.size() == 10);
    for (const auto& bin : bins) CHECK((bin.rows == n / 10 || bin.rows == (n + 9) / 10));
  }
}

TEST_CASE("bins of equal width own their upper ends, the first one 0 too", "[calibration]") {
  const std::vector<double> p{0, .1, std::nextafter(.1, 1.), .2, .3, std::nextafter(.3, 1.), 1};
  const std::vector<int> y(p.size(), 0);
  const auto bins = reliability(y, p, 1, 10, Bins::equal_width);
  REQUIRE(bins.size() == 5);  // the empty ones are not there
  CHECK(bins[0].rows == 2);
  CHECK(bins[1].rows == 2);
  CHECK(bins[2].rows == 1);
  CHECK(bins[3].rows == 1);
  CHECK((bins[4].rows == 1 && bins[4].lowest == 1));
  for (Index n = 1; n <= 200; ++n)
    for (Index b = 1; b <= n; ++b)
      REQUIRE(detail::width_bin(static_cast<double>(b) / static_cast<double>(n), n) == b - 1);
}

TEST_CASE("all rows are in some bin, and one bin is the whole set", "[calibration]") {
  const Sample rows = rounded_to(calibrated_rows(500, 0, 1, 4), .05);
  for (const Bins scheme : {Bins::equal_mass, Bins::equal_width})
    for (const Index count : {1, 2, 7, 10, 499, 5000}) {
      Index total = 0, positives = 0;
      double last = -1;
      for (const auto& bin : reliability(rows.y, rows.p, 1, count, scheme)) {
        total += bin.rows;
        positives += bin.positives;
        CHECK(bin.lowest > last);
        last = bin.highest;
      }
      CHECK(total == 500);
      CHECK(positives == std::count(rows.y.begin(), rows.y.end(), 1));
    }
  CHECK(reliability(rows.y, rows.p, 1, 1).size() == 1);
}

TEST_CASE("the order of the rows changes no bit of any calibration", "[calibration]") {
  for (const double unit : {1e-9, .01, .2}) {
    const Sample rows = rounded_to(calibrated_rows(700, 0, 1, 5), unit);
    const Sample other = reversed(rows);
    CHECK(brier_score(rows.y, rows.p, 1) == brier_score(other.y, other.p, 1));
    CHECK(log_loss(rows.y, rows.p, 1) == log_loss(other.y, other.p, 1));
    for (const Bins scheme : {Bins::equal_mass, Bins::equal_width})
      CHECK(numbers(calibration_error(rows.y, rows.p, 1, 10, scheme)) ==
            numbers(calibration_error(other.y, other.p, 1, 10, scheme)));
  }
}

// Of a normal gap with variance v the mean size is sqrt(2 v / pi): ten bins of n / 10 rows at p show
// sqrt(2 / pi) * sqrt(10 p (1 - p) / n), about .0277, .0087, .0028 at 2.5 %.
TEST_CASE("a perfect model shows an error that shrinks with the rows", "[calibration]") {
  for (const auto& [n, expected] : {std::pair<Index, double>{200, .027}, {2000, .0087}, {20'000, .0027}}) {
    const Sample rows = calibrated_rows(n, .01, .04, 6);
    const auto error = calibration_error(rows.y, rows.p, 1, 10, Bins::equal_mass, {.simulations = 2000});
    INFO(n << " rows: " << error.null_mean);
    CHECK(std::abs(error.null_mean / expected - 1) < .08);
    CHECK(error.null_low < error.null_mean);
    CHECK(error.null_mean < error.null_high);
  }
}

TEST_CASE("the band holds nine of ten perfect models", "[calibration]") {
  for (const auto& [n, high] : {std::pair<Index, double>{300, .3}, {4000, .9}}) {  // bins of few positives, and of many
    int below = 0, above = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      const Sample rows = calibrated_rows(n, .05, high, 100 + seed);
      const auto error = calibration_error(rows.y, rows.p, 1, 5, Bins::equal_mass, {.simulations = 400, .seed = seed});
      below += error.ece < error.null_low;
      above += error.ece > error.null_high;
    }
    INFO(n << " rows: " << below << " below, " << above << " above");  // 20 expected, standard deviation 4.4
    CHECK((below > 6 && below < 38));
    CHECK((above > 6 && above < 38));
  }
}

TEST_CASE("a model that promises ten times too much is far outside its band", "[calibration]") {
  Sample rows = calibrated_rows(2000, .01, .05, 7);
  for (double& p : rows.p) p *= 10;
  const auto error = calibration_error(rows.y, rows.p, 1);
  CHECK(error.ece > 5 * error.null_high);
}

TEST_CASE("the law of the number of positives is that of all outcomes together", "[calibration]") {
  const std::vector<double> p{0, .1, .3, .3, .3, .55, .8, .8, 1, 1};
  const std::vector<int> y(p.size(), 0);
  std::vector<double> chance(p.size() + 1, 0.0);
  for (unsigned outcome = 0; outcome < 1u << p.size(); ++outcome) {
    double likely = 1;
    std::size_t positives = 0;
    for (std::size_t row = 0; row < p.size(); ++row) {
      const bool positive = (outcome >> row & 1u) != 0;
      likely *= positive ? p[row] : 1 - p[row];
      positives += positive;
    }
    chance[positives] += likely;
  }
  const auto law = detail::count_law(detail::ascending_steps(detail::predicted_rows(y, p, 1)));
  REQUIRE(law.first == 2);           // the two that are sure
  REQUIRE(law.at_most.size() == 8);  // to nine, since one cannot be
  double at_most = 0;
  for (std::size_t k = 0; k < law.at_most.size(); ++k) CHECK(near(law.at_most[k], at_most += chance[k + 2]));
}

TEST_CASE("the law stays short and whole over many rows, common or rare", "[calibration]") {
  for (const double p : {1e-5, .0009, .9991}) {
    const std::vector<detail::ScoreStep> steps{{p - .5e-5, 30'000, 0}, {p, 70'000, 0}};
    const auto law = detail::count_law(steps);
    const double mean = detail::expected_positives(steps);
    double law_mean = static_cast<double>(law.first) + static_cast<double>(law.at_most.size()) - 1;
    for (std::size_t k = 0; k + 1 < law.at_most.size(); ++k) law_mean -= law.at_most[k];
    CHECK(std::abs(law.at_most.back() - 1) < 1e-10);
    CHECK(std::abs(law_mean - mean) < 1e-5);
    CHECK(law.at_most.size() < 250);
  }
}

TEST_CASE("drawn from the exact law or the normal one, the gaps are alike", "[calibration]") {
  const Sample rows = calibrated_rows(3000, .02, .2, 8);  // a variance of 260
  const auto steps = detail::ascending_steps(detail::predicted_rows(rows.y, rows.p, 1));
  std::vector<double> exact(4000, 0.0), normal(4000, 0.0);
  detail::add_gaps(steps, 1, 0, exact);
  detail::add_normal_gaps(detail::variance_of_positives(steps), 1, 0, normal);
  std::sort(exact.begin(), exact.end());
  std::sort(normal.begin(), normal.end());
  for (const std::size_t place : {1000u, 2000u, 3000u, 3800u}) CHECK(std::abs(exact[place] / normal[place] - 1) < .1);
}

TEST_CASE("where few positives are expected the error of a perfect model goes in steps", "[calibration]") {
  // 30 rows at .1, in one bin: |number - 3| / 30. The number is 3 in 24 of 100 draws, 0 or 6 and beyond in 12.
  const std::vector<double> p(30, .1);
  const auto error = calibration_error(std::vector<int>(30, 0), p, 1, 1);
  CHECK(near(error.ece, 3. / 30));
  CHECK(near(error.null_low, 0));
  CHECK(near(error.null_high, 3. / 30));
}

TEST_CASE("the seed decides the band and not the error", "[calibration]") {
  const Sample rows = calibrated_rows(300, .1, .5, 9);
  const auto one = calibration_error(rows.y, rows.p, 1, 10, Bins::equal_mass, {.seed = 1});
  const auto again = calibration_error(rows.y, rows.p, 1, 10, Bins::equal_mass, {.seed = 1});
  const auto two = calibration_error(rows.y, rows.p, 1, 10, Bins::equal_mass, {.seed = 2});
  CHECK(numbers(one) == numbers(again));
  CHECK(one.ece == two.ece);
  CHECK(one.null_mean != two.null_mean);
}

TEST_CASE("who is always sure has no band, who is sure and right no error", "[calibration]") {
  const std::vector<int> y{0, 1, 1, 0};
  const auto right = calibration_error(y, std::vector<double>{0, 1, 1, 0}, 1);
  CHECK((right.ece == 0 && right.null_high == 0));
  const auto wrong = calibration_error(y, std::vector<double>{1, 0, 0, 1}, 1);
  CHECK((wrong.ece == 1 && wrong.null_high == 0));
}

TEST_CASE("wrong calls of the calibration are refused", "[calibration]") {
  const std::vector<int> y{0, 1};
  const std::vector<double> p{.1, .9};
  CHECK_THROWS_AS(brier_score(y, std::vector<double>{.1, 1.1}, 1), BadValue);
  CHECK_THROWS_AS(log_loss(y, std::vector<double>{.1, std::nan("")}, 1), BadValue);
  CHECK_THROWS_AS(brier_score(y, std::vector<double>{.1}, 1), ShapeMismatch);
  CHECK_THROWS_AS(reliability(y, p, 1, 0), InvalidOption);
  CHECK_THROWS_AS(calibration_error(y, p, 1, 1'000'001), InvalidOption);
  CHECK_THROWS_AS(calibration_error(y, p, 1, 10, Bins::equal_mass, {.simulations = 19}), InvalidOption);
}
