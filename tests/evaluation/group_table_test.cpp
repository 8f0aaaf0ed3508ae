// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/group_table.hpp>

#include <cmath>
#include <string>

#include <rebalance/core/random.hpp>

#include "../support/catch.hpp"
#include "../support/near.hpp"

namespace group_table_test {

using namespace rebalance;

// site   score and class                      at .5
// north  .9+  .6-  .4+  .2-                   tp 1 fp 1 fn 1 tn 1
// south  .8+  .3-                             tp 1      tn 1
// west   .7-  .1-                             fp 1      tn 1     (no positive)
// east   .5+                                  tp 1               (no negative)
const std::vector<std::string> site{"north", "north", "north", "north", "south", "south", "west", "west", "east"};
const std::vector<double> scores{.9, .6, .4, .2, .8, .3, .7, .1, .5};
const std::vector<int> y{1, 0, 1, 0, 1, 0, 0, 0, 1};

/// Every number of a row, NaN as -1.
std::vector<double> numbers(const GroupRow& row) {
  std::vector<double> all{static_cast<double>(row.rows), static_cast<double>(row.positives),
                          static_cast<double>(row.alerts)};
  for (const double value : {row.prevalence, row.precision, row.recall, row.specificity, row.f1, row.geometric_mean,
                             row.balanced_accuracy, row.mcc, row.average_precision, row.roc_auc, row.brier_score})
    all.push_back(std::isnan(value) ? -1 : value);
  return all;
}

TEST_CASE("four sites by hand", "[group_table]") {
  const auto table = group_table(y, scores, 1, .5, site);
  REQUIRE(table.size() == 5);
  CHECK(table[0].group == "east");
  CHECK(table[1].group == "north");
  CHECK(table[2].group == "south");
  CHECK(table[3].group == "west");
  CHECK(table[4].group == "(all)");

  const GroupRow& north = table[1];
  CHECK((north.rows == 4 && north.positives == 2 && north.alerts == 2));
  CHECK((north.prevalence == .5 && north.precision == .5 && north.recall == .5 && north.specificity == .5));
  CHECK((north.f1 == .5 && north.geometric_mean == .5 && north.balanced_accuracy == .5 && north.mcc == 0));
  CHECK(near(north.average_precision, .5 * 1 + .5 * 2 / 3));
  CHECK(north.roc_auc == .75);
  CHECK(near(north.brier_score, (.01 + .36 + .36 + .04) / 4));

  const GroupRow& south = table[2];
  for (const double value : {south.precision, south.recall, south.specificity, south.f1, south.geometric_mean,
                             south.balanced_accuracy, south.mcc, south.average_precision, south.roc_auc})
    CHECK(value == 1);
}

TEST_CASE("a group of one class says so by NaN", "[group_table]") {
  const auto table = group_table(y, scores, 1, .5, site);
  for (const GroupRow& row : {table[0], table[3]})
    for (const double value : {row.geometric_mean, row.balanced_accuracy, row.mcc, row.average_precision, row.roc_auc})
      CHECK(std::isnan(value));
  const GroupRow& east = table[0];
  CHECK((east.recall == 1 && std::isnan(east.specificity) && east.f1 == 1 && east.brier_score == .25));
  const GroupRow& west = table[3];
  CHECK((std::isnan(west.recall) && west.specificity == .5 && std::isnan(west.f1) && west.precision == 0));
}

TEST_CASE("each row is what the metrics say of its rows alone", "[group_table]") {
  std::vector<int> labels, key;
  std::vector<double> p;
  for (std::uint64_t row = 0; row < 600; ++row) {
    const auto bits = detail::random_pair(3, 0, row, 0);
    key.push_back(static_cast<int>(detail::index_below(bits[0], 4)) * 3 - 3);  // -3, 0, 3, 6
    p.push_back(static_cast<double>(detail::index_below(bits[1], 21)) / 20);
    labels.push_back(detail::unit_interval(detail::random_pair(3, 1, row, 0)[0]) < .1 + .5 * p.back());
  }
  const auto table = group_table(labels, p, 1, .4, key);
  REQUIRE(table.size() == 5);
  for (const GroupRow& row : table) {
    INFO(row.group.text);
    std::vector<int> own_labels;
    std::vector<double> own_p;
    for (std::size_t i = 0; i < p.size(); ++i)
      if (row.group == "(all)" || row.group == Label(key[i])) {
        own_labels.push_back(labels[i]);
        own_p.push_back(p[i]);
      }
    const BinaryCounts counts = confusion(own_labels, own_p, 1, .4).of(1);
    CHECK(row.alerts == counts.alerts());
    CHECK(row.recall == counts.recall());
    CHECK(row.f1 == counts.f_beta());
    CHECK(row.mcc == counts.mcc());
    CHECK(row.geometric_mean == counts.geometric_mean());
    CHECK(row.average_precision == average_precision(own_labels, own_p, 1));
    CHECK(row.roc_auc == roc_auc(own_labels, own_p, 1));
    CHECK(row.brier_score == brier_score(own_labels, own_p, 1));
  }
}

TEST_CASE("neither the order of the rows nor the names change a number", "[group_table]") {
  const auto table = group_table(y, scores, 1, .5, site);
  const std::vector<int> y_back(y.rbegin(), y.rend());
  const std::vector<double> scores_back(scores.rbegin(), scores.rend());
  const std::vector<std::string> site_back(site.rbegin(), site.rend());
  const auto back = group_table(y_back, scores_back, 1, .5, site_back);
  for (std::size_t row = 0; row < table.size(); ++row) CHECK(numbers(table[row]) == numbers(back[row]));

  std::vector<bool> no_fraud;
  for (const int label : y) no_fraud.push_back(label == 0);
  const auto renamed = group_table(no_fraud, scores, false, .5, site);
  for (std::size_t row = 0; row < table.size(); ++row) CHECK(numbers(table[row]) == numbers(renamed[row]));
}

TEST_CASE("scores that are no probabilities have no Brier score, in any group", "[group_table]") {
  std::vector<double> wide = scores;
  wide[0] = 1.5;
  for (const GroupRow& row : group_table(y, wide, 1, .5, site)) CHECK(std::isnan(row.brier_score));
}

TEST_CASE("wrong calls of the group table are refused", "[group_table]") {
  CHECK_THROWS_AS(group_table(y, scores, 1, .5, std::vector<int>{1, 2}), ShapeMismatch);
  CHECK_THROWS_AS(group_table(y, std::vector<double>{.5}, 1, .5, site), ShapeMismatch);
  CHECK_THROWS_AS(group_table(y, scores, 1, std::nan(""), site), InvalidOption);
  CHECK_THROWS_AS(group_table(std::vector<int>{}, std::vector<double>{}, 1, .5, std::vector<int>{}), ShapeMismatch);
}

}  // namespace group_table_test
