// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/random_over_sampler.hpp>

#include <map>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

TEST_CASE("copies are spread evenly over the class", "[random_over]") {
  const auto X = sets::features(Kind::lattice, 130, 3);
  const auto y = sets::labels({100, 30});
  const auto out = resample(X, y, RandomOverSampler{.seed = 6});
  std::map<Index, int> used;
  for (Index row = 130; row < 200; ++row) {
    const Origin& origin = out.plan[row];
    CHECK(origin == Origin{origin.base, origin.base, 1});
    CHECK(y[static_cast<std::size_t>(origin.base)] == 1);
    CHECK(out.X.row(row) == X.row(origin.base));
    ++used[origin.base];
  }
  CHECK(used.size() == 30);
  for (const auto& [base, times] : used) CHECK((times == 2 || times == 3));
}

TEST_CASE("the two bandwidth rules differ as the papers do", "[random_over]") {
  const auto X = sets::features(Kind::continuous, 130, 2);
  const auto y = sets::labels({100, 30});
  const auto scale = [&](Bandwidth bandwidth, Draws draws = Draws::even) {
    const auto plan = make_plan(X, y, RandomOverSampler{.draws = draws, .shrinkage = 0.5, .bandwidth = bandwidth});
    return plan.rules()[0].scale[1];
  };
  std::vector<double> column;
  for (std::size_t i = 0; i < y.size(); ++i)
    if (y[i] == 1) column.push_back(X(static_cast<Index>(i), 1));
  double mean = 0, squares = 0;
  for (const double v : column) mean += v / 30;
  for (const double v : column) squares += (v - mean) * (v - mean);
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
  CHECK(near(scale(Bandwidth::class_rows), 0.5 * std::pow(4.0 / (4 * 30), 1.0 / 6) * std::sqrt(squares / 29)));
  CHECK(near(scale(Bandwidth::all_rows), 0.5 * std::pow(4.0 / (4 * 130), 1.0 / 6) * std::sqrt(squares / 30)));
  CHECK(scale(Bandwidth::automatic) == scale(Bandwidth::class_rows));
  CHECK(scale(Bandwidth::automatic, Draws::imbalanced_learn) == scale(Bandwidth::all_rows));
}

TEST_CASE("noise makes new rows that the plan can make again", "[random_over]") {
  const auto draws = GENERATE(Draws::even, Draws::imbalanced_learn);
  const auto X = sets::features(Kind::constant_columns, 130, 4);
  const auto y = sets::labels({100, 30});
  const auto out = resample(X, y, RandomOverSampler{.seed = 6, .draws = draws, .shrinkage = 1.0});
  CHECK(materialize(out.plan, X) == out.X);
  for (Index row = 130; row < 200; ++row) {
    CHECK(out.plan[row].synthetic());
    CHECK(out.X(row, 1) != X(out.plan[row].base, 1));
    CHECK(out.X(row, 0) == 7.5);  // a constant column has no width
  }
  CHECK(resample(X, y, RandomOverSampler{.seed = 6, .draws = draws, .shrinkage = 0.0}).X.bottomRows(70).col(0) ==
        out.X.bottomRows(70).col(0));
}

TEST_CASE("a factor for each class", "[random_over]") {
  const auto X = sets::features(Kind::continuous, 150, 2);
  const auto y = sets::labels({100, 30, 20});
  const auto plan = make_plan(X, y, RandomOverSampler{.shrinkage = {{1, 0.0}, {2, 2.0}}});
  REQUIRE(plan.rules().size() == 2);
  CHECK(plan.rules()[0].scale[0] == 0);
  CHECK(plan.rules()[1].scale[0] > 0);
  CHECK_THROWS_WITH(make_plan(X, y, RandomOverSampler{.shrinkage = {{1, 0.5}}}),
                    "RandomOverSampler: shrinkage has no factor for class 2, which is to be filled; add one");
  CHECK_THROWS_AS(make_plan(X, y, RandomOverSampler{.shrinkage = -0.5}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, RandomOverSampler{.shrinkage = std::nan("")}), InvalidOption);
}

TEST_CASE("factors for classes that are not there, or there twice, are refused", "[random_over]") {
  const auto X = sets::features(Kind::continuous, 130, 2);
  const auto y = sets::labels({100, 30});
  CHECK_THROWS_AS(make_plan(X, y, RandomOverSampler{.shrinkage = {{1, 0.5}, {7, 1.0}}}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, RandomOverSampler{.shrinkage = {{1, 0.5}, {1, 1.0}}}), InvalidOption);
}

TEMPLATE_TEST_CASE("noise that would overflow is refused", "[random_over]", float, double) {
  const auto X = sets::features<TestType>(Kind::huge, 130, 2);
  const auto y = sets::labels({100, 30});
  CHECK_THROWS_AS(make_plan(X, y, RandomOverSampler{.shrinkage = 1e300}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, RandomOverSampler{.shrinkage = 1000.0}), InvalidOption);
}

TEST_CASE("a class of one row can be copied but has no width", "[random_over]") {
  const auto X = sets::features(Kind::continuous, 31, 2);
  const auto y = sets::labels({30, 1});
  for (const auto& shrinkage : {Shrinkage(), Shrinkage(1.0)}) {
    const auto out = resample(X, y, RandomOverSampler{.shrinkage = shrinkage});
    const Index base = out.plan[31].base;
    for (Index row = 31; row < 60; ++row) CHECK(out.X.row(row) == X.row(base));
    CHECK(out.plan.notes().size() == (shrinkage.smooths() ? 1u : 0u));
  }
}

TEST_CASE("NaN passes through copies and is refused by noise", "[random_over]") {
  auto X = sets::features(Kind::continuous, 40, 2);
  X.col(1).setConstant(std::nan(""));
  const auto y = sets::labels({30, 10});
  const auto out = resample(X, y, RandomOverSampler{});
  CHECK(out.X.col(1).hasNaN());
  CHECK(out.X.rows() == 60);
  CHECK_THROWS_AS(resample(X, y, RandomOverSampler{.shrinkage = 0.5}), BadValue);
}

TEST_CASE("RandomOverSampler is a value that can be compared and written down", "[random_over]") {
  CHECK(RandomOverSampler{.shrinkage = 0.5} == RandomOverSampler{.shrinkage = 0.5});
  CHECK_FALSE(RandomOverSampler{.shrinkage = 0.5} == RandomOverSampler{});
  CHECK(RandomOverSampler{}.describe() ==
        "RandomOverSampler{.strategy = balance(), .seed = 0, .draws = Draws::even, .shrinkage = {}, .bandwidth = "
        "Bandwidth::automatic}");
  CHECK(Shrinkage{{1, 0.5}, {"x", 2}}.describe() == "{{1, 0.5}, {\"x\", 2}}");
}
