// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/curves.hpp>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include <rebalance/core/random.hpp>

#include "../support/catch.hpp"
#include "../support/metric_cases.hpp"
#include "../support/near.hpp"

namespace curves_test {

using namespace rebalance;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Sample {
  std::vector<int> y;
  std::vector<double> scores;
};

/// n rows with `levels` different scores at most.
Sample random_rows(Index n, Index levels, std::uint64_t seed) {
  Sample rows;
  for (Index row = 0; row < n; ++row) {
    const auto bits = detail::random_pair(seed, 0, static_cast<std::uint64_t>(row), 0);
    const bool positive = detail::unit_interval(bits[0]) < .2;
    rows.y.push_back(positive);
    rows.scores.push_back(static_cast<double>(detail::index_below(bits[1], levels) + (positive ? levels / 4 : 0)));
  }
  return rows;
}

/// The same rows in another order.
Sample shuffled(const Sample& rows, std::uint64_t seed) {
  std::vector<std::size_t> order(rows.y.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [seed](std::size_t a, std::size_t b) {
    return detail::random_pair(seed, 1, a, 0) < detail::random_pair(seed, 1, b, 0);
  });
  Sample out;
  for (const std::size_t row : order) {
    out.y.push_back(rows.y[row]);
    out.scores.push_back(rows.scores[row]);
  }
  return out;
}

/// All pairs, one by one.
double pairs_in_order(const Sample& rows) {
  double right = 0, pairs = 0;
  for (std::size_t i = 0; i < rows.y.size(); ++i)
    for (std::size_t j = 0; j < rows.y.size(); ++j)
      if (rows.y[i] == 1 && rows.y[j] == 0) {
        pairs += 1;
        right += rows.scores[i] > rows.scores[j] ? 1 : rows.scores[i] == rows.scores[j] ? .5 : 0;
      }
  return right / pairs;
}

/// The definition, threshold by threshold, each counted over all rows.
double steps_under_curve(const Sample& rows) {
  std::vector<double> thresholds = rows.scores;
  std::sort(thresholds.rbegin(), thresholds.rend());
  const auto positives = static_cast<double>(std::count(rows.y.begin(), rows.y.end(), 1));
  double area = 0, last_recall = 0;
  for (const double threshold : thresholds) {
    double alerts = 0, found = 0;
    for (std::size_t row = 0; row < rows.y.size(); ++row)
      if (rows.scores[row] >= threshold) {
        alerts += 1;
        found += rows.y[row];
      }
    area += (found / positives - last_recall) * found / alerts;
    last_recall = found / positives;
  }
  return area;
}

// score      .8    .4    .35   .1
// class       +     -     +     -
// precision  1/1   1/2   2/3   2/4
// recall     1/2   1/2   2/2   2/2
TEST_CASE("four rows by hand", "[curves]") {
  const std::vector<int> y{0, 0, 1, 1};
  const std::vector<double> scores{.1, .4, .35, .8};
  CHECK(near(average_precision(y, scores, 1), .5 * 1 + .5 * 2 / 3));
  CHECK(roc_auc(y, scores, 1) == .75);

  const auto curve = precision_recall_curve(y, scores, 1);
  REQUIRE(curve.size() == 4);
  CHECK((curve[0].threshold == .8 && curve[0].precision == 1 && curve[0].recall == .5 && curve[0].alerts == 1));
  CHECK((curve[1].threshold == .4 && curve[1].precision == .5 && curve[1].recall == .5 && curve[1].alerts == 2));
  CHECK((curve[2].threshold == .35 && curve[2].precision == 2. / 3 && curve[2].recall == 1 && curve[2].alerts == 3));
  CHECK((curve[3].threshold == .1 && curve[3].precision == .5 && curve[3].recall == 1 && curve[3].alerts == 4));
  CHECK(curve[2].true_positives == 2);

  const auto roc = roc_curve(y, scores, 1);
  REQUIRE(roc.size() == 4);
  CHECK((roc[1].threshold == .4 && roc[1].false_positive_rate == .5 && roc[1].true_positive_rate == .5));
  CHECK((roc[3].false_positive_rate == 1 && roc[3].true_positive_rate == 1 && roc[3].alerts == 4));
}

TEST_CASE("curves: as scikit-learn has it", "[curves]") {
  const auto cases = golden::metric_cases("p");
  REQUIRE(cases.size() >= 15);
  for (const auto& expected : cases) {
    INFO(expected.name);
    const auto y = expected.labels("y");
    const auto& scores = expected.all("p");
    CHECK(near(average_precision(y, scores, 1), expected.one("average_precision")));
    CHECK(near(roc_auc(y, scores, 1), expected.one("roc_auc")));

    std::vector<double> thresholds, precision, recall, false_positives, true_positives;
    for (const auto& point : precision_recall_curve(y, scores, 1)) {
      thresholds.push_back(point.threshold);
      precision.push_back(point.precision);
      recall.push_back(point.recall);
    }
    for (const auto& point : roc_curve(y, scores, 1)) {
      false_positives.push_back(point.false_positive_rate);
      true_positives.push_back(point.true_positive_rate);
    }
    CHECK(near(thresholds, expected.all("thresholds")));
    CHECK(near(precision, expected.all("precision")));
    CHECK(near(recall, expected.all("recall")));
    CHECK(near(false_positives, expected.all("fpr")));
    CHECK(near(true_positives, expected.all("tpr")));
  }
}

TEST_CASE("the areas are what their definitions say, with ties and without", "[curves]") {
  for (const Index levels : {2, 5, 40, 100'000})
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const Sample rows = random_rows(120, levels, seed);
      CHECK(near(roc_auc(rows.y, rows.scores, 1), pairs_in_order(rows)));
      CHECK(near(average_precision(rows.y, rows.scores, 1), steps_under_curve(rows)));
    }
}

TEST_CASE("neither the order of the rows nor the name of a class changes a bit", "[curves]") {
  const Sample rows = random_rows(3000, 50, 1);
  const double area = average_precision(rows.y, rows.scores, 1);
  const double auc = roc_auc(rows.y, rows.scores, 1);
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Sample other = shuffled(rows, seed);
    REQUIRE(other.y != rows.y);
    CHECK(average_precision(other.y, other.scores, 1) == area);
    CHECK(roc_auc(other.y, other.scores, 1) == auc);
  }
  std::vector<std::string> named;
  for (const int label : rows.y) named.push_back(label == 1 ? "a fraud" : "b");  // sorts first now
  CHECK(average_precision(named, rows.scores, "a fraud") == area);
  CHECK(roc_auc(named, rows.scores, "a fraud") == auc);
}

TEST_CASE("a rising map of the scores changes no bit; float is as good as double", "[curves]") {
  const Sample rows = random_rows(500, 60, 2);
  std::vector<double> mapped;
  for (const double score : rows.scores) mapped.push_back(score * score * score - 7);
  const std::vector<float> as_float(rows.scores.begin(), rows.scores.end());
  CHECK(average_precision(rows.y, mapped, 1) == average_precision(rows.y, rows.scores, 1));
  CHECK(roc_auc(rows.y, mapped, 1) == roc_auc(rows.y, rows.scores, 1));
  CHECK(average_precision(rows.y, as_float, 1) == average_precision(rows.y, rows.scores, 1));
  CHECK(roc_auc(rows.y, Eigen::Map<const Eigen::VectorXd>(rows.scores.data(), 500), 1) ==
        roc_auc(rows.y, rows.scores, 1));
}

TEST_CASE("equal scores rank nothing", "[curves]") {
  std::vector<int> y(300, 0);
  y[0] = y[123] = y[299] = 1;
  const std::vector<double> scores(300, .7);
  CHECK(average_precision(y, scores, 1) == .01);
  CHECK(roc_auc(y, scores, 1) == .5);
  CHECK(precision_recall_curve(y, scores, 1).size() == 1);
}

TEST_CASE("a perfect ranking is 1 to the bit, an inverted one 0 for the pairs", "[curves]") {
  std::vector<int> y;
  std::vector<double> up, down;
  for (int i = 0; i < 1003; ++i) {
    y.push_back(i >= 900);
    up.push_back(i * .1);
    down.push_back(-i * .1);
  }
  CHECK(average_precision(y, up, 1) == 1);
  CHECK(roc_auc(y, up, 1) == 1);
  CHECK(roc_auc(y, down, 1) == 0);
}

TEST_CASE("infinite scores rank at the ends", "[curves]") {
  const std::vector<int> y{0, 1, 0, 1};
  CHECK(roc_auc(y, std::vector<double>{-infinity, 3, 2, infinity}, 1) == 1);
  CHECK(precision_recall_curve(y, std::vector<double>{-infinity, 3, 2, infinity}, 1)[0].threshold == infinity);
}

TEST_CASE("one class has no ranking", "[curves]") {
  const std::vector<double> scores{.1, .2, .3};
  for (const int positive : {0, 1}) {  // all rows positive, and none
    const std::vector<int> y(3, 0);
    CHECK(std::isnan(average_precision(y, scores, positive)));
    CHECK(std::isnan(roc_auc(y, scores, positive)));
  }
  const std::vector<int> negatives(3, 0);
  CHECK(std::isnan(precision_recall_curve(negatives, scores, 1)[0].recall));
  CHECK(precision_recall_curve(negatives, scores, 1)[0].precision == 0);
  CHECK(std::isnan(roc_curve(negatives, scores, 0)[0].false_positive_rate));
  CHECK(std::isnan(roc_curve(negatives, scores, 1)[0].true_positive_rate));
}

TEST_CASE("more than two classes: one against the rest", "[curves]") {
  const std::vector<int> y{0, 1, 2, 1, 2, 0};
  const std::vector<double> scores{1, 5, 2, 3, 4, 0};
  CHECK(roc_auc(y, scores, 1) == roc_auc(std::vector<int>{0, 1, 0, 1, 0, 0}, scores, 1));
}

TEST_CASE("wrong calls of the curves are refused", "[curves]") {
  const std::vector<int> y{0, 1};
  CHECK_THROWS_AS(average_precision(y, std::vector<double>{.1}, 1), ShapeMismatch);
  CHECK_THROWS_AS(roc_auc(std::vector<int>{}, std::vector<double>{}, 1), ShapeMismatch);
  CHECK_THROWS_AS(precision_recall_curve(y, std::vector<double>{.1, std::nan("")}, 1), BadValue);
  CHECK_THROWS_AS(roc_curve(y, std::vector<double>{.1, std::nan("")}, 1), BadValue);
}

}  // namespace curves_test
