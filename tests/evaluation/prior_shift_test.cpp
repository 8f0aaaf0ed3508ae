// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/prior_shift.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>

#include <rebalance/evaluation/class_weights.hpp>
#include <rebalance/evaluation/curves.hpp>
#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "../support/logistic.hpp"
#include "../support/sets.hpp"
#include "../support/what.hpp"

namespace prior_shift_test {

using namespace rebalance;

/// What a resampled training set says of its classes.
template <class L>
struct Counted {
  std::vector<ClassChange<L>> counts;
};

std::vector<double> random_probabilities(std::size_t count, unsigned seed) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> unit;
  std::vector<double> out{0, 1, 5e-324, 1e-300, 1e-17, 0.5, 1 - 0x1p-53};
  while (out.size() < count) out.push_back(out.size() % 2 == 0 ? unit(engine) : std::exp(-40 * unit(engine)));
  return out;
}

const Prior half_and_half{{0, .5}, {1, .5}};
const Prior rare{{0, .97}, {1, .03}};

TEST_CASE("under-sampling is taken back as in Dal Pozzolo 2015: p = b ps / ((b - 1) ps + 1)", "[prior_shift]") {
  for (const Index kept : {30, 100, 500, 969}) {
    const auto shift = prior_shift(Counted<int>{{{0, 970, kept}, {1, 30, 30}}});
    const double beta = static_cast<double>(kept) / 970;  // the share of negatives that was kept
    for (const double ps : random_probabilities(1000, 1)) {
      const double expected = beta * ps / ((beta - 1) * ps + 1);
      CHECK(std::abs(shift.corrected(ps, 1) - expected) <= 1e-15);
      CHECK(std::abs(shift.corrected(1 - ps, 0) - (1 - expected)) <= 1e-15);
    }
  }
}

TEST_CASE("a hand-checked correction", "[prior_shift]") {
  // 10 of 100 rows are ill; 90 of 180 after. w = {well: 1.8, ill: 0.2}: 0.5 becomes 0.1, 0.9 becomes 0.5
  const auto shift = prior_shift(Counted<std::string>{{{"ill", 10, 90}, {"well", 90, 90}}});
  CHECK(std::abs(shift.weights()[0] - 0.2) < 1e-15);
  CHECK(std::abs(shift.weights()[1] - 1.8) < 1e-15);
  CHECK(std::abs(shift.corrected(0.5, "ill") - 0.1) < 1e-15);
  CHECK(std::abs(shift.corrected(0.9, "ill") - 0.5) < 1e-15);
  CHECK(std::abs(shift.corrected(0.1, "well") - 0.5) < 1e-15);
  CHECK(std::abs(shift.raw_threshold(0.5, "ill") - 0.9) < 1e-15);
  CHECK(std::abs(shift.logit_offset("ill") - std::log(1. / 9)) < 1e-15);
  CHECK(std::abs(shift.logit_offset("well") - std::log(9.)) < 1e-15);
  CHECK(shift.trained_on() == Prior{{"ill", .5}, {"well", .5}});
  CHECK(shift.applied_to() == Prior{{"ill", .1}, {"well", .9}});
}

TEST_CASE("0 and 1 stay, and no two probabilities change places", "[prior_shift]") {
  const PriorShift down(half_and_half, rare);
  for (const PriorShift& shift : {down, down.inverse()}) {
    CHECK(shift.corrected(0.0, 1) == 0);
    CHECK(shift.corrected(1.0, 1) == 1);
    auto p = random_probabilities(2000, 2);
    for (int step = 0; step < 500; ++step) p.push_back(std::nextafter(p.back(), 1.0));  // neighbors among doubles
    std::sort(p.begin(), p.end());
    const auto out = shift.corrected(p, 1);
    CHECK(std::is_sorted(out.begin(), out.end()));
  }
}

TEST_CASE("there and back again", "[prior_shift]") {
  const PriorShift shift({{"a", .5}, {"b", .5}}, {{"b", .01}, {"a", .99}});
  const auto back = shift.inverse();
  for (const double p : random_probabilities(5000, 3)) {
    CHECK(std::abs(back.corrected(shift.corrected(p, "b"), "b") - p) <= 1e-15);
    CHECK(std::abs(shift.corrected(back.corrected(p, "a"), "a") - p) <= 1e-15);
  }
}

TEST_CASE("nothing resampled, nothing corrected: the very same bits", "[prior_shift]") {
  const auto untouched = prior_shift(Counted<int>{{{0, 970, 970}, {1, 30, 30}, {7, 11, 11}}});
  const auto tripled = prior_shift(Counted<int>{{{0, 970, 2910}, {1, 30, 90}, {7, 11, 33}}});
  Matrix<double> P(500, 3);
  std::mt19937 engine(4);
  std::uniform_real_distribution<double> unit(1e-9, 1);
  for (Index i = 0; i < P.rows(); ++i) {
    for (Index c = 0; c < 3; ++c) P(i, c) = unit(engine);
    P.row(i) /= P.row(i).sum();
  }
  CHECK(untouched.identity());
  CHECK(tripled.identity());
  CHECK(untouched.corrected(P) == P);
  CHECK(tripled.corrected(P) == P);

  const auto binary = prior_shift(Counted<int>{{{0, 970, 970}, {1, 30, 30}}});
  const auto p = random_probabilities(500, 5);
  CHECK(binary.identity());
  CHECK(binary.corrected(p, 1) == p);
  CHECK(binary.raw_threshold(0.05, 1) == 0.05);
  CHECK(binary.logit_offset(1) == 0);
  CHECK_FALSE(PriorShift(half_and_half, rare).identity());
}

TEST_CASE("the raw threshold decides as the corrected one does, for every double", "[prior_shift]") {
  const PriorShift down(half_and_half, rare);
  for (const PriorShift& shift : {down, down.inverse(), PriorShift(rare, rare)})
    for (const double t : {0.0, 1e-12, 0.01, 0.03, 0.05, 0.5, 0.97, 1 - 1e-12, 1.0}) {
      const double raw = shift.raw_threshold(t, 1);
      const double w0 = shift.weights()[0];
      const double w1 = shift.weights()[1];
      CHECK(std::abs(raw - t * w0 / (t * w0 + (1 - t) * w1)) <= 1e-14);
      CHECK(std::abs(shift.corrected(raw, 1) - t) <= 4e-15);  // the way back
      auto p = random_probabilities(2000, 6);
      for (double below = raw, above = raw; p.size() < 2400; p.insert(p.end(), {below, above})) {
        below = std::nextafter(below, 0.0);  // the doubles next to it
        above = std::nextafter(above, 1.0);
      }
      std::size_t differ = 0;
      for (const double value : p) differ += (shift.corrected(value, 1) >= t) != (value >= raw);
      CHECK(differ == 0);
    }
}

TEST_CASE("several classes follow Bayes' rule", "[prior_shift]") {
  // Three classes, features 0 .. 3 with known p(x | class): the posterior of one prior must become that of the other.
  const Matrix<double> likelihood{{.7, .1, .1, .1}, {.2, .5, .2, .1}, {.05, .05, .3, .6}};
  const std::vector<double> seen{1. / 3, 1. / 3, 1. / 3};
  const std::vector<double> real{.9, .08, .02};
  const auto posterior = [&](const std::vector<double>& prior) {
    Matrix<double> P(4, 3);
    for (Index x = 0; x < 4; ++x) {
      double sum = 0;
      for (Index c = 0; c < 3; ++c) sum += prior[static_cast<std::size_t>(c)] * likelihood(c, x);
      for (Index c = 0; c < 3; ++c) P(x, c) = prior[static_cast<std::size_t>(c)] * likelihood(c, x) / sum;
    }
    return P;
  };
  const auto shift = prior_shift(Counted<int>{{{-1, 900, 900}, {2, 80, 900}, {10, 20, 900}}});
  CHECK((shift.corrected(posterior(seen)) - posterior(real)).cwiseAbs().maxCoeff() < 1e-15);
  CHECK((shift.inverse().corrected(posterior(real)) - posterior(seen)).cwiseAbs().maxCoeff() < 1e-15);
  CHECK((shift.corrected(posterior(seen)).rowwise().sum().array() - 1).abs().maxCoeff() < 1e-15);

  const Eigen::MatrixXf narrow = posterior(seen).cast<float>();  // column-major floats
  CHECK((shift.corrected(narrow) - posterior(real)).cwiseAbs().maxCoeff() < 1e-6);
  const Matrix<double> certain{{1, 0, 0}, {0, 0, 1}};
  CHECK(shift.corrected(certain) == certain);
}

TEST_CASE("two columns and one probability agree", "[prior_shift]") {
  const PriorShift shift(half_and_half, rare);
  const auto p = random_probabilities(500, 7);
  Matrix<double> P(500, 2);
  for (Index i = 0; i < 500; ++i) P.row(i) << 1 - p[static_cast<std::size_t>(i)], p[static_cast<std::size_t>(i)];
  const auto column = shift.corrected(p, 1);
  const auto matrix = shift.corrected(P);
  for (Index i = 0; i < 500; ++i) CHECK(std::abs(matrix(i, 1) - column[static_cast<std::size_t>(i)]) <= 1e-15);

  const Eigen::VectorXd vector = P.col(1);
  CHECK(shift.corrected(vector, 1) == column);
  const std::vector<float> narrow(p.begin(), p.end());
  CHECK(shift.corrected(narrow, 1) == shift.corrected(std::vector<double>(narrow.begin(), narrow.end()), 1));
}

TEST_CASE("columns are in the order of the counts, not of the names of labels", "[prior_shift]") {
  // 9 < 10 as numbers, "10" < "9" as names
  const Matrix<double> X = sets::features(sets::Kind::continuous, 50, 2);
  std::vector<int> y(50, 9);
  std::fill(y.begin(), y.begin() + 10, 10);
  const auto shift = prior_shift(resample(X, y, RandomOverSampler{.seed = 1}));
  CHECK(shift.trained_on() == Prior{{9, .5}, {10, .5}});
  CHECK(shift.applied_to() == Prior{{9, .8}, {10, .2}});
  CHECK(prior_of(y) == shift.applied_to());
}

TEST_CASE("what cannot be corrected is named", "[prior_shift]") {
  CHECK(what([] { prior_shift(Counted<int>{{{0, 97, 97}, {1, 3, 0}}}); }) ==
        "prior_shift: no row of class 1 was left of 3; a model that never saw a class cannot be corrected for it: keep "
        "some rows");
  CHECK(what([] { prior_shift(Counted<std::string>{{{"a", 97, 97}, {"b", 0, 3}}}); }) ==
        "prior_shift: class \"b\" had no row before and has 3 after; give the real share yourself: "
        "PriorShift(trained_on, applied_to)");
  CHECK_THROWS_AS(prior_shift(Counted<int>{{{0, 0, 0}, {1, 3, 3}}}), TooFewRows);
  CHECK_THROWS_AS(prior_shift(Counted<int>{{{1, 3, 5}}}), TooFewClasses);

  CHECK(what([] { PriorShift(half_and_half, {{0, .97}, {2, .03}}); }) ==
        "trained_on has no share for class 2 of applied_to; both must name the same classes");
  CHECK(what([] { PriorShift({{0, .5}, {1, .25}, {2, .25}}, half_and_half); }) ==
        "applied_to has no share for class 2 of trained_on; both must name the same classes");
  CHECK(what([] { PriorShift(half_and_half, {{0, .97}, {1, .3}}); }) ==
        "applied_to: the shares sum to 1.27; they must sum to 1");
  CHECK(what([] { PriorShift(half_and_half, {{0, 1}, {1, 0}}); }) ==
        "applied_to: the share of class 1 is 0; it must be above 0 and at most 1");
  CHECK(what([] { PriorShift({{0, .5}, {0, .5}}, half_and_half); }) ==
        "trained_on names class 0 twice; give each class one share");
  CHECK_THROWS_AS(PriorShift({{0, .5}, {1, std::nan("")}}, half_and_half), InvalidOption);
  CHECK_THROWS_AS(PriorShift({{0, 1e-310}, {1, 1}}, half_and_half), InvalidOption);  // its weight is infinite
  CHECK_THROWS_AS(prior_of(std::vector<int>{}), ShapeMismatch);

  const PriorShift shift(half_and_half, rare);
  CHECK(what([&] { shift.corrected(std::vector<double>{.1, .2, 1.5}, 1); }) ==
        "p[2] is 1.5; a probability must lie in [0, 1]: of log-odds s it is 1 / (1 + exp(-s))");
  CHECK_THROWS_AS(shift.corrected(std::nan(""), 1), BadValue);
  CHECK_THROWS_AS(shift.corrected(-0.1, 1), BadValue);
  CHECK(what([&] { shift.corrected(.5, "ill"); }) ==
        "PriorShift: the positive class \"ill\" is neither 0 nor 1; name one of them");
  CHECK_THROWS_AS(shift.raw_threshold(1.01, 1), InvalidOption);
  CHECK_THROWS_AS(shift.raw_threshold(std::nan(""), 1), InvalidOption);
  CHECK(what([&] { shift.corrected(Matrix<double>{{.5, .5}, {.5, .4}}); }) ==
        "row 1 of P sums to 0.9; the probabilities of a row must sum to 1");
  CHECK(what([&] { shift.corrected(Matrix<double>{{.5, .5}, {1.5, -.5}}); }) ==
        "P(1, 0) is 1.5; a probability must lie in [0, 1]");
  CHECK(what([&] { shift.corrected(Matrix<double>{{.5, .25, .25}}); }) ==
        "P has 3 columns but the prior has 2 classes; give one column for each class, in the order of the prior");
  const PriorShift three({{0, .5}, {1, .25}, {2, .25}}, {{0, .9}, {1, .05}, {2, .05}});
  CHECK(what([&] { three.corrected(.5, 1); }) ==
        "PriorShift: one probability a row is enough for 2 classes, not for 3; give the matrix with a column for each "
        "class");
}

// --- the simulation

struct Simulated {
  Matrix<double> X;
  std::vector<int> y;
};

/// 3 % positives from a logistic model: a logistic regression without resampling is calibrated.
Simulated simulated(Index rows, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> unit;
  Simulated out{Matrix<double>(rows, 5), {}};
  const Eigen::RowVectorXd slope{{1.5, -1.0, 0.5, 0.0, 0.0}};
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < 5; ++j) out.X(i, j) = normal(engine);
    const double logit = out.X.row(i).dot(slope) - 4.85;
    out.y.push_back(unit(engine) < 1 / (1 + std::exp(-logit)));
  }
  return out;
}

/// Expected calibration error over ten bins of equally many rows.
double calibration_error(const std::vector<int>& y, const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  double error = 0;
  for (std::size_t bin = 0; bin < 10; ++bin) {
    double off = 0;
    for (std::size_t i = bin * p.size() / 10; i < (bin + 1) * p.size() / 10; ++i) off += p[order[i]] - y[order[i]];
    error += std::abs(off);
  }
  return error / static_cast<double>(p.size());
}

struct KeepAll {
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    return Plan::keep_all(data.rows(), 0);
  }
};

struct Calibration {
  double raw_ratio, ratio;  // mean prediction / observed share
  double raw_error, error;
};

/// Five folds by row number; the training part alone is resampled.
template <class... Samplers>
Calibration cross_validated(const Simulated& data, const Samplers&... samplers) {
  std::vector<int> truth;
  std::vector<double> raw;
  std::vector<double> fixed;
  for (Index fold = 0; fold < 5; ++fold) {
    std::vector<Index> train;
    std::vector<Index> test;
    for (Index i = 0; i < data.X.rows(); ++i) (i % 5 == fold ? test : train).push_back(i);
    std::vector<int> y;
    for (const Index i : train) y.push_back(data.y[static_cast<std::size_t>(i)]);
    const Matrix<double> X = data.X(train, Eigen::all);
    const auto resampled = resample(X, y, samplers...);
    const auto p = logistic::fit(resampled.X, resampled.y).predict(data.X(test, Eigen::all));
    const auto corrected = prior_shift(resampled).corrected(p, 1);
    for (const Index i : test) truth.push_back(data.y[static_cast<std::size_t>(i)]);
    raw.insert(raw.end(), p.begin(), p.end());
    fixed.insert(fixed.end(), corrected.begin(), corrected.end());
  }
  const double observed = std::accumulate(truth.begin(), truth.end(), 0.0);
  return {std::accumulate(raw.begin(), raw.end(), 0.0) / observed,
          std::accumulate(fixed.begin(), fixed.end(), 0.0) / observed, calibration_error(truth, raw),
          calibration_error(truth, fixed)};
}

TEST_CASE("simulation: class weights shift as resampling does, and are taken back alike", "[prior_shift][simulation]") {
  const auto train = simulated(20000, 3);
  const auto test = simulated(20000, 4);
  const auto p = logistic::fit(train.X, train.y, row_weights(train.y)).predict(test.X);
  const auto corrected = PriorShift(half_and_half, prior_of(train.y)).corrected(p, 1);
  CHECK(calibration_error(test.y, p) > .2);
  CHECK(calibration_error(test.y, corrected) < calibration_error(test.y, p) / 20);
}

TEST_CASE("ranks stay: average precision and ROC AUC are the same before and after", "[prior_shift]") {
  const auto data = simulated(5000, 5);
  const auto resampled = resample(data.X, data.y, RandomOverSampler{.seed = 1});
  const auto p = logistic::fit(resampled.X, resampled.y).predict(data.X);
  const auto corrected = prior_shift(resampled).corrected(p, 1);
  CHECK(corrected != p);
  CHECK(average_precision(data.y, corrected, 1) == average_precision(data.y, p, 1));
  CHECK(roc_auc(data.y, corrected, 1) == roc_auc(data.y, p, 1));
}

TEST_CASE("simulation: resampling inflates probabilities eight to ten times, the correction takes it back",
          "[prior_shift][simulation]") {
  const auto data = simulated(40000, 2);
  const auto none = cross_validated(data, KeepAll{});
  const auto under = cross_validated(data, RandomUnderSampler{.seed = 1});
  const auto over = cross_validated(data, RandomOverSampler{.seed = 1});
  const auto smote = cross_validated(data, Smote{.seed = 1});
  const auto borderline = cross_validated(data, BorderlineSmote{.seed = 1});
  const auto adasyn = cross_validated(data, Adasyn{.seed = 1});
  const auto smote_enn = cross_validated(data, SmoteEnn{});

  CHECK(std::abs(none.raw_ratio - 1) < .01);
  CHECK(none.raw_error < .003);
  CHECK(none.ratio == none.raw_ratio);
  for (const Calibration& exact : {under, over, smote}) {
    CAPTURE(exact.raw_ratio, exact.ratio, exact.raw_error, exact.error);
    CHECK(exact.raw_ratio > 8);
    CHECK(exact.raw_ratio < 10);
    CHECK(exact.raw_error > .2);
    CHECK(std::abs(exact.ratio - 1) < .05);
    CHECK(exact.error < exact.raw_error / 20);
  }
  // These change p(x | class): what is left of the error is several times that of no resampling, and of the mean too.
  CHECK(borderline.raw_ratio > 5);
  CHECK(borderline.raw_ratio < 8);
  CHECK(std::abs(borderline.ratio - 1) < .05);
  CHECK(borderline.error < borderline.raw_error / 5);
  CHECK(borderline.error > 5 * none.raw_error);
  CHECK(adasyn.raw_ratio > 9);
  CHECK(adasyn.ratio > 1.04);
  CHECK(adasyn.ratio < 1.15);
  CHECK(adasyn.error < adasyn.raw_error / 20);
  CHECK(smote_enn.raw_ratio > 9);
  CHECK(smote_enn.ratio > 1.2);
  CHECK(smote_enn.ratio < 1.6);
  CHECK(smote_enn.error > 5 * none.raw_error);
}

}  // namespace prior_shift_test
