// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/estimate_prior.hpp>

#include <cmath>
#include <random>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {

const Prior half_and_half{{0, .5}, {1, .5}};

/// Rows of two Gaussians at -1 and 1, and the probabilities an exact model that saw `seen` positives gives them.
Matrix<double> predictions(Index rows, double positives, double seen, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  Matrix<double> P(rows, 2);
  for (Index i = 0; i < rows; ++i) {
    const bool positive = static_cast<double>(i) < positives * static_cast<double>(rows);
    const double x = normal(engine) + (positive ? 1 : -1);
    const double p = seen / (seen + (1 - seen) * std::exp(-2 * x));
    P.row(i) << 1 - p, p;
  }
  return P;
}

}  // namespace

TEST_CASE("the prior of new rows is found from predictions alone", "[estimate_prior]") {
  struct Case {
    double real, seen;
  };
  for (const auto [real, seen] : {Case{.20, .01}, Case{.01, .20}, Case{.03, .5}, Case{.5, .5}}) {
    CAPTURE(real, seen);
    const Prior trained_on{{0, 1 - seen}, {1, seen}};
    const auto P = predictions(20000, real, seen, 8);
    const auto found = estimate_prior(P, trained_on);
    CHECK(found.converged);
    CHECK(static_cast<Index>(found.gain.size()) == found.iterations);
    CHECK(std::abs(found.prior[1].share - real) < .01);
    CHECK(std::abs(found.prior[0].share + found.prior[1].share - 1) < 1e-12);
    CHECK(std::abs(found.gain.front()) < 1e-12);
    for (std::size_t i = 1; i < found.gain.size(); ++i) CHECK(found.gain[i] >= found.gain[i - 1] - 1e-14);

    const auto mean = PriorShift(trained_on, found.prior).corrected(P).col(1).mean();
    CHECK(std::abs(mean - found.prior[1].share) < 1e-6);  // where EM stands still
  }
}

TEST_CASE("the prior found is the most likely one", "[estimate_prior]") {
  // Among 9999 priors none is more likely: a search on a grid is the oracle.
  const auto P = predictions(400, .3, .5, 9);
  const auto found = estimate_prior(P, half_and_half);
  double best = 0;
  double best_gain = -1e300;
  for (int step = 1; step < 10000; ++step) {
    const double share = step / 10000.;
    double gain = 0;
    for (Index i = 0; i < P.rows(); ++i) gain += std::log(P(i, 1) * share / .5 + P(i, 0) * (1 - share) / .5);
    if (gain > best_gain) {
      best_gain = gain;
      best = share;
    }
  }
  CHECK(std::abs(found.prior[1].share - best) <= .00011);
  CHECK(std::abs(found.gain.back() - best_gain / 400) < 1e-7);
}

TEST_CASE("the order of rows does not change a bit of the estimate, nor does the name of a class", "[estimate_prior]") {
  const auto P = predictions(1000, .1, .5, 10);
  const Matrix<double> reversed = P.colwise().reverse();
  const auto one = estimate_prior(P, half_and_half);
  const auto other = estimate_prior(reversed, {{"no", .5}, {"yes", .5}});
  CHECK(one.prior[1].share == other.prior[1].share);
  CHECK(one.gain == other.gain);
  CHECK(one.iterations == other.iterations);
}

TEST_CASE("an estimate says when it was cut short, and what it cannot use", "[estimate_prior]") {
  const auto P = predictions(1000, .1, .5, 11);
  const auto cut = estimate_prior(P, half_and_half, {.max_iterations = 3});
  CHECK_FALSE(cut.converged);
  CHECK(cut.iterations == 3);
  CHECK_THROWS_AS(estimate_prior(P, half_and_half, {.max_iterations = 0}), InvalidOption);
  CHECK_THROWS_AS(estimate_prior(P, half_and_half, {.tolerance = 0}), InvalidOption);
  CHECK_THROWS_AS(estimate_prior(P, {{0, .5}, {1, .6}}), InvalidOption);
  CHECK_THROWS_AS(estimate_prior(P, {{0, .5}, {1, .25}, {2, .25}}), ShapeMismatch);
  CHECK_THROWS_AS(estimate_prior(Matrix<double>(0, 2), half_and_half), ShapeMismatch);
  CHECK_THROWS_AS(estimate_prior(Matrix<double>{{.5, .4}}, half_and_half), BadValue);

  const Matrix<double> never{{.5, .5, 0}, {.25, .75, 0}};
  CHECK(estimate_prior(never, {{0, .5}, {1, .25}, {2, .25}}).prior[2].share == 0);
}
