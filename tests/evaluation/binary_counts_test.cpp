// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/binary_counts.hpp>

#include <cmath>
#include <limits>

#include "../support/catch.hpp"
#include "../support/near.hpp"

using namespace rebalance;

//              called +   called -
//  positive        6          2        recall      6/8
//  negative        4         28        specificity 28/32
//  precision 6/10
static const BinaryCounts decided{6, 4, 2, 28};

TEST_CASE("the metrics of a table that is easily checked", "[binary_counts]") {
  CHECK(decided.rows() == 40);
  CHECK(decided.positives() == 8);
  CHECK(decided.negatives() == 32);
  CHECK(decided.alerts() == 10);
  CHECK(decided.precision() == .6);
  CHECK(decided.recall() == .75);
  CHECK(decided.specificity() == .875);
  CHECK(decided.accuracy() == .85);
  CHECK(decided.balanced_accuracy() == .8125);
  CHECK(near(decided.f_beta(), 2 * .6 * .75 / 1.35));
  CHECK(near(decided.f_beta(2), 5 * .6 * .75 / (4 * .6 + .75)));
  CHECK(decided.f_beta(0) == decided.precision());
  CHECK(near(decided.f_beta(1e9), decided.recall()));
  CHECK(decided.geometric_mean() == std::sqrt(.75 * .875));
  CHECK(near(decided.mcc(), (6 * 28 - 4 * 2) / std::sqrt(8.0 * 32 * 10 * 30)));
  CHECK(near(decided.iba(), (1 + .1 * (.75 - .875)) * .75 * .875));
  CHECK(decided.iba(0) == .75 * .875);
}

TEST_CASE("what is not defined is 0", "[binary_counts]") {
  const BinaryCounts no_alert{0, 0, 3, 9};
  CHECK(no_alert.precision() == 0);
  CHECK(no_alert.f_beta() == 0);
  CHECK(no_alert.mcc() == 0);
  CHECK(no_alert.geometric_mean() == 0);
  CHECK(no_alert.balanced_accuracy() == .5);

  const BinaryCounts no_positive{0, 1, 0, 3};
  CHECK(no_positive.recall() == 0);
  CHECK(no_positive.balanced_accuracy() == .75);
  const BinaryCounts no_negative{3, 0, 1, 0};
  CHECK(no_negative.specificity() == 0);
  CHECK(no_negative.balanced_accuracy() == .75);
  CHECK(BinaryCounts{}.accuracy() == 0);
  CHECK(BinaryCounts{}.f_beta() == 0);
}

TEST_CASE("a perfect table is 1 in all of them, an inverted one -1 in mcc, however large", "[binary_counts]") {
  for (const Index rows : {1, 3, 1'000'003}) {
    const BinaryCounts perfect{rows, 0, 0, 7 * rows};
    for (const double value : {perfect.precision(), perfect.recall(), perfect.specificity(), perfect.f_beta(),
                               perfect.f_beta(.3), perfect.mcc(), perfect.iba(), perfect.geometric_mean()})
      CHECK(value == 1);
    CHECK(BinaryCounts{0, 7 * rows, rows, 0}.mcc() == -1);
  }
}

TEST_CASE("mcc does not care which class is called positive", "[binary_counts]") {
  CHECK(decided.mcc() == BinaryCounts{28, 2, 4, 6}.mcc());
}

TEST_CASE("weights out of range are refused", "[binary_counts]") {
  CHECK_THROWS_AS(decided.f_beta(-1), InvalidOption);
  CHECK_THROWS_AS(decided.f_beta(1e200), InvalidOption);  // its square is infinite
  CHECK_THROWS_AS(decided.f_beta(std::numeric_limits<double>::infinity()), InvalidOption);
  CHECK_THROWS_AS(decided.f_beta(std::nan("")), InvalidOption);
  CHECK_THROWS_AS(decided.iba(-.1), InvalidOption);
  CHECK_THROWS_AS(decided.iba(1.1), InvalidOption);
}
