// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/threshold.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <string>

#include "../support/catch.hpp"
#include "../support/held_out.hpp"
#include "../support/what.hpp"

namespace threshold_test {

using namespace rebalance;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Set {
  std::vector<int> y;
  std::vector<double> scores;
};

/// Scores on a grid of `levels`, higher for positives (or, with a negative shift, lower).
Set random_set(std::size_t rows, double positives, int levels, double shift, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> unit;
  Set out;
  for (std::size_t i = 0; i < rows; ++i) {
    out.y.push_back(i == 0 ? 1 : i == 1 ? 0 : unit(engine) < positives);
    out.scores.push_back(std::round((normal(engine) + shift * out.y.back()) * levels) / levels);
  }
  return out;
}

/// Counts by definition: one look at all rows.
BinaryCounts counted(const Set& set, double threshold) {
  BinaryCounts out;
  for (std::size_t i = 0; i < set.y.size(); ++i) {
    const bool alert = set.scores[i] >= threshold;
    if (set.y[i] == 1) ++(alert ? out.true_positives : out.false_negatives);
    else ++(alert ? out.false_positives : out.true_negatives);
  }
  return out;
}

using Value = std::function<long double(const BinaryCounts&)>;

/// Of all thresholds, from the largest down, the first that none beats by more than rounding.
double best_by_trying_all(const Set& set, const Value& value) {
  std::set<double, std::greater<>> thresholds(set.scores.begin(), set.scores.end());
  thresholds.insert(infinity);
  long double most = -std::numeric_limits<long double>::infinity();
  for (const double threshold : thresholds) most = std::max(most, value(counted(set, threshold)));
  for (const double threshold : thresholds)
    if (value(counted(set, threshold)) >= most - 1e-13L * std::abs(most)) return threshold;
  return std::nan("");
}

long double ratio_of(long double a, long double b) { return b == 0 ? 0 : a / b; }
long double precision_of(const BinaryCounts& cut) {
  return ratio_of(cut.true_positives, cut.true_positives + cut.false_positives);
}
long double recall_of(const BinaryCounts& cut) {
  return ratio_of(cut.true_positives, cut.true_positives + cut.false_negatives);
}
Value f_beta_of(long double beta) {  // from precision and recall, not from counts
  return [=](const BinaryCounts& cut) {
    const long double p = precision_of(cut);
    const long double r = recall_of(cut);
    return ratio_of((1 + beta * beta) * p * r, beta * beta * p + r);
  };
}
long double mcc_of(const BinaryCounts& cut) {  // the correlation of alerts and truth
  const auto n = static_cast<long double>(cut.rows());
  const long double alerts = static_cast<long double>(cut.alerts()) / n;
  const long double positives = static_cast<long double>(cut.positives()) / n;
  const long double spread = alerts * (1 - alerts) * positives * (1 - positives);
  return ratio_of(static_cast<long double>(cut.true_positives) / n - alerts * positives, std::sqrt(spread));
}
long double geometric_mean_of(const BinaryCounts& cut) {
  return std::sqrt(recall_of(cut) * ratio_of(cut.true_negatives, cut.negatives()));
}

TEST_CASE("hand-checked: ten rows, three alerts", "[threshold]") {
  // score   .9  .8  .8  .7  .6  .5  .4  .3  .2  .1
  // class    +   +   -   +   -   -   -   +   -   -     a cut cannot part the two rows of .8
  const std::vector<int> y{1, 1, 0, 1, 0, 0, 0, 1, 0, 0};
  const std::vector<double> scores{.9, .8, .8, .7, .6, .5, .4, .3, .2, .1};
  const auto oof = one_fold(y, scores, 1);

  const auto f1 = choose_threshold(oof, best_f_beta(1));  // 3 of 4 alerts, 3 of 4 positives
  CHECK(f1.threshold == .7);
  CHECK(f1.true_positives == 3);
  CHECK(f1.false_positives == 1);
  CHECK(f1.false_negatives == 1);
  CHECK(f1.true_negatives == 5);
  CHECK(f1.precision() == .75);
  CHECK(f1.recall() == .75);
  CHECK(f1.f_beta() == .75);
  CHECK(std::abs(f1.mcc() - 14. / 24) < 1e-15);  // (3*5 - 1*1) / sqrt(4*4*6*6)
  CHECK(f1.alerts_per_1000() == 400);
  CHECK(f1.rows() == 10);

  CHECK(choose_threshold(oof, best_f_beta(.1)).threshold == .9);  // precision above all
  CHECK(choose_threshold(oof, best_f_beta(10)).threshold == .3);  // recall above all
  CHECK(choose_threshold(oof, best_mcc()).threshold == .7);
  CHECK(choose_threshold(oof, best_geometric_mean()).threshold == .7);
  CHECK(choose_threshold(oof, recall_at_least(.75)).threshold == .7);
  CHECK(choose_threshold(oof, recall_at_least(.76)).threshold == .3);
  CHECK(choose_threshold(oof, recall_at_least(1)).threshold == .3);
  CHECK(choose_threshold(oof, least_cost(1, 1)).threshold == .7);   // 2
  CHECK(choose_threshold(oof, least_cost(1, 5)).threshold == .3);   // 4; of .7 it is 6
  CHECK(choose_threshold(oof, least_cost(10, 1)).threshold == .9);  // 3
  CHECK(choose_threshold(oof, least_cost(0, 1)).threshold == .3);
  CHECK(choose_threshold(oof, least_cost(1, 0)).threshold == infinity);
  CHECK(choose_threshold(oof, alerts_at_most(400)).threshold == .7);
  CHECK(choose_threshold(oof, alerts_at_most(399)).threshold == .8);
  CHECK(choose_threshold(oof, alerts_at_most(299)).threshold == .9);
  CHECK(choose_threshold(oof, alerts_at_most(1000)).threshold == .3);  // more alerts find no more
}

TEST_CASE("no alert at all is a threshold too: infinity", "[threshold]") {
  const auto oof = one_fold(std::vector<int>{1, 0, 0, 0}, std::vector<double>{.9, .9, .9, .1}, 1);
  const auto none = choose_threshold(oof, alerts_at_most(749));
  CHECK(none.threshold == infinity);
  CHECK(none.alerts() == 0);
  CHECK(none.recall() == 0);
  CHECK(none.alerts_per_1000() == 0);
  CHECK(none.rows() == 4);
  CHECK(choose_threshold(oof, alerts_at_most(0)) == none);
  CHECK(choose_threshold(oof, alerts_at_most(750)).threshold == .9);
  CHECK(choose_threshold(oof, least_cost(1, 1)) == none);  // to miss one costs less than two false alerts
  CHECK(choose_threshold(oof, least_cost(1, 2)) == none);  // a tie: fewer alerts
  CHECK(choose_threshold(oof, least_cost(1, 2.01)).threshold == .9);

  const auto upside_down = one_fold(std::vector<int>{0, 0, 1, 1}, std::vector<double>{4, 3, 2, 1}, 1);
  CHECK(choose_threshold(upside_down, best_mcc()).threshold == infinity);  // every other is below 0
  CHECK(choose_threshold(upside_down, alerts_at_most(500)).threshold == infinity);
}

TEST_CASE("brute force over all thresholds finds no better one, nor a larger one as good", "[threshold]") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const int levels = seed % 3 == 0 ? 1 : seed % 3 == 1 ? 4 : 1000;
    const double shift = seed % 5 == 4 ? -0.5 : 1.5;
    const auto set = random_set(20 + seed * 5, seed % 2 == 0 ? .1 : .4, levels, shift, seed);
    const auto oof = one_fold(set.y, set.scores, 1);
    CAPTURE(seed);
    const auto check = [&](const auto& objective, const Value& value) {
      const auto chosen = choose_threshold(oof, objective);
      CHECK(chosen.threshold == best_by_trying_all(set, value));
      CHECK(static_cast<const BinaryCounts&>(chosen) == counted(set, chosen.threshold));
    };
    for (const double beta : {0.5, 1.0, 2.0, 0.3}) check(best_f_beta(beta), f_beta_of(beta));
    check(best_mcc(), mcc_of);
    check(best_geometric_mean(), geometric_mean_of);
    for (const auto& [fp, fn] :
         std::vector<std::pair<double, double>>{{1, 1}, {1, 9}, {7, 2}, {.1, .3}, {0, 1}, {1, 0}})
      check(least_cost(fp, fn), [fp = fp, fn = fn](const BinaryCounts& cut) -> long double {
        return -(static_cast<long double>(fp) * static_cast<long double>(cut.false_positives) +
                 static_cast<long double>(fn) * static_cast<long double>(cut.false_negatives));
      });
    for (const Index percent : {1, 30, 50, 80, 95, 100})
      check(recall_at_least(static_cast<double>(percent) / 100), [percent](const BinaryCounts& cut) -> long double {
        return 100 * cut.true_positives >= percent * cut.positives() ? precision_of(cut) : -1;
      });
    for (const Index most : {0, 3, 50, 100, 500, 1000})
      check(alerts_at_most(static_cast<double>(most)), [most](const BinaryCounts& cut) -> long double {
        return 1000 * cut.alerts() <= most * cut.rows() ? recall_of(cut) : -1;
      });
  }
}

TEST_CASE("the choice does not depend on the order of rows, the folds, or the names of classes", "[threshold]") {
  const auto set = random_set(400, .1, 8, 1, 77);
  const auto one = one_fold(set.y, set.scores, 1);

  std::vector<std::size_t> order(set.y.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  OutOfFold other("a");
  for (std::size_t fold = 0; fold < 4; ++fold) {
    auto test = test_rows<std::string>({}, {}, static_cast<Index>(fold));
    std::vector<double> scores;
    for (std::size_t i = fold * 100; i < (fold + 1) * 100; ++i) {
      test.y.push_back(set.y[order[i]] == 1 ? "a" : "b");
      test.rows.push_back(static_cast<Index>(order[i]));
      scores.push_back(set.scores[order[i]]);
    }
    other.add(test, scores);
  }
  CHECK(choose_threshold(one, best_f_beta(1)) == choose_threshold(other, best_f_beta(1)));
  CHECK(choose_threshold(one, best_mcc()) == choose_threshold(other, best_mcc()));
  CHECK(threshold_table(one) == threshold_table(other));
  CHECK(threshold_table_by_recall(one) == threshold_table_by_recall(other));
}

TEST_CASE("values that differ by rounding alone are a tie", "[threshold]") {
  const auto oof = one_fold(std::vector<int>{1, 0, 1, 0}, std::vector<double>{4, 3, 2, 1}, 1);
  REQUIRE(.1 + .2 > .3);
  CHECK(choose_threshold(oof, [](const Threshold& cut) { return cut.threshold < 3 ? .1 + .2 : .3; }).alerts() == 0);
  CHECK(choose_threshold(oof, [](const Threshold& cut) { return cut.threshold < 3 ? -.3 : -.1 - .2; }).alerts() == 0);
  CHECK(choose_threshold(oof, [](const Threshold& cut) { return cut.threshold < 3 ? .3 + 1e-9 : .3; }).alerts() == 3);
}

TEST_CASE("an objective of one's own", "[threshold]") {
  const auto set = random_set(300, .2, 16, 1, 5);
  const auto oof = one_fold(set.y, set.scores, 1);
  const auto profit = [](const auto& cut) { return 90 * cut.true_positives - 40 * cut.alerts(); };
  CHECK(choose_threshold(oof, profit).threshold ==
        best_by_trying_all(set, [&](const BinaryCounts& cut) { return static_cast<long double>(profit(cut)); }));
  const auto nothing = [](const Threshold&) { return -infinity; };
  CHECK(what([&] { choose_threshold(oof, nothing); }) ==
        "choose_threshold: the objective allows no threshold at all; relax it");
  // F counted over the alerts: 0 / 0 for none, which is never chosen
  CHECK(choose_threshold(oof, [](const Threshold& cut) { return 0. / static_cast<double>(cut.alerts()); }).threshold ==
        *std::max_element(set.scores.begin(), set.scores.end()));
}

TEST_CASE("tables hold what is chosen one by one", "[threshold]") {
  const auto set = random_set(3000, .03, 50, 2, 6);
  const auto oof = one_fold(set.y, set.scores, 1);
  const auto table = threshold_table(oof);
  const std::vector<double> alerts{1, 2, 5, 10, 20, 50, 100};
  REQUIRE(table.size() == alerts.size());
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    CHECK(table[i] == choose_threshold(oof, alerts_at_most(alerts[i])));
    CHECK(table[i].alerts_per_1000() <= alerts[i]);
    if (i > 0) CHECK(table[i].recall() >= table[i - 1].recall());
  }
  CHECK(table.back().recall() > table.front().recall());
  CHECK(threshold_table(oof, {7.5}) == std::vector<Threshold>{choose_threshold(oof, alerts_at_most(7.5))});

  const auto by_recall = threshold_table_by_recall(oof, {.5, .9});
  REQUIRE(by_recall.size() == 2);
  CHECK(by_recall[0] == choose_threshold(oof, recall_at_least(.5)));
  CHECK(by_recall[1] == choose_threshold(oof, recall_at_least(.9)));
  CHECK(by_recall[0].precision() > by_recall[1].precision());
}

TEST_CASE("the threshold of known costs is the best one on calibrated probabilities", "[threshold]") {
  CHECK(cost_threshold(1, 1) == .5);
  CHECK(cost_threshold(1, 19) == .05);
  CHECK(cost_threshold(0, 1) == 0);
  CHECK(cost_threshold(1, 0) == 1);

  // 101 probabilities p = i / 100 with 100 rows each, i of them positive: exactly calibrated
  Set set;
  for (int i = 0; i <= 100; ++i)
    for (int row = 0; row < 100; ++row) {
      set.y.push_back(row < i);
      set.scores.push_back(i / 100.);
    }
  const auto oof = one_fold(set.y, set.scores, 1);
  CHECK(choose_threshold(oof, least_cost(1, 19)).threshold ==
        .06);  // at .05 an alert costs what it saves: fewer alerts
  CHECK(choose_threshold(oof, least_cost(3, 17.5)).threshold == .15);  // 3 / 20.5 = .146
}

TEST_CASE("what cannot be chosen is said", "[threshold]") {
  CHECK(what([] { choose_threshold(OutOfFold(1), best_mcc()); }) ==
        "OutOfFold is empty; add the test rows of every fold and their scores before you choose a threshold");
  const std::vector<double> scores{.1, .2};
  CHECK(what([&] { choose_threshold(one_fold(std::vector<int>{0, 0}, scores, "ill"), best_mcc()); }) ==
        "none of the 2 out-of-fold rows is of class \"ill\"; there is nothing to find: check the name of the class");
  CHECK(what([&] { threshold_table(one_fold(std::vector<int>{0, 0}, scores, 0)); }) ==
        "all 2 out-of-fold rows are of class 0; there is nothing to tell it from: check the name of the class");

  CHECK_THROWS_AS(best_f_beta(-1), InvalidOption);
  CHECK_THROWS_AS(recall_at_least(0), InvalidOption);
  CHECK_THROWS_AS(recall_at_least(1.01), InvalidOption);
  CHECK_THROWS_AS(recall_at_least(std::nan("")), InvalidOption);
  CHECK_THROWS_AS(alerts_at_most(-1), InvalidOption);
  CHECK_THROWS_AS(alerts_at_most(1001), InvalidOption);
  CHECK_THROWS_AS(least_cost(-1, 1), InvalidOption);
  CHECK_THROWS_AS(least_cost(1, infinity), InvalidOption);
  CHECK_THROWS_AS(cost_threshold(1, std::nan("")), InvalidOption);
  CHECK(what([] { least_cost(0, 0); }) ==
        "least_cost: both costs are 0, so every threshold costs nothing; give one above 0");
}

}  // namespace threshold_test
