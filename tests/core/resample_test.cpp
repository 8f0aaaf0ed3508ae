// SPDX-License-Identifier: MIT
#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

namespace {
/// A resampler of a user: keeps a row unless it repeats the one before it.
struct DropRepeats {
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    Plan plan(data.rows());
    for (Index i = 0; i < data.rows(); ++i)
      if (i == 0 || data.X.row(i) != data.X.row(i - 1)) plan.keep(i);
    return plan;
  }
};
static_assert(Resampler<DropRepeats>);

/// Returns whatever it was given.
struct Fixed {
  Plan result;
  template <class S>
  Plan plan(const DataView<S>&, const Execution&) const {
    return result;
  }
};

/// Looks at what the second stage of a chain is given.
struct Expect {
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    CHECK(data.stage == 1);
    CHECK(data.groups.size() == static_cast<std::size_t>(data.rows()));
    CHECK(data.times.size() == static_cast<std::size_t>(data.rows()));
    for (Index i = 0; i < data.rows(); ++i) CHECK(data.space(i, 0) == data.X(i, 1));
    return Plan::keep_all(data.rows());
  }
};

struct NoPlan {};
struct WrongPlan {
  template <class S>
  int plan(const DataView<S>&, const Execution&) const {
    return 0;
  }
};
}  // namespace

TEST_CASE("concepts tell resamplers from the rest", "[resample]") {
  STATIC_REQUIRE(Resampler<Smote>);
  STATIC_REQUIRE(Resampler<RandomOverSampler>);
  STATIC_REQUIRE(Resampler<RandomUnderSampler>);
  STATIC_REQUIRE(Resampler<Chain<Smote, DropRepeats>>);
  STATIC_REQUIRE_FALSE(Resampler<NoPlan>);
  STATIC_REQUIRE_FALSE(Resampler<WrongPlan>);
  STATIC_REQUIRE_FALSE(Resampler<int>);
}

TEST_CASE("all doors lead to the same room", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 60, 3);
  const auto y = sets::labels({40, 20});
  const Smote smote{.seed = 3};
  const Execution how{.threads = 2};
  const auto out = resample(X, y, smote);
  const Data data(X, y);
  CHECK(resample(data, smote).X == out.X);
  CHECK(resample(how, X, y, smote).X == out.X);
  CHECK(resample(how, data, smote).X == out.X);
  for (const Plan& plan :
       {make_plan(X, y, smote), make_plan(data, smote), make_plan(how, X, y, smote), make_plan(how, data, smote)})
    CHECK(materialize(plan, X) == out.X);
}

TEST_CASE("labels come back as they came, with counts per class", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 60, 3);
  std::vector<std::string> names;
  for (const int code : sets::labels({40, 20})) names.push_back(code == 0 ? "healthy" : "ill");
  const auto out = resample(X, names, Smote{.seed = 3});
  STATIC_REQUIRE(std::same_as<decltype(out.y), std::vector<std::string>>);
  CHECK(std::count(out.y.begin(), out.y.end(), "ill") == 40);
  CHECK(out.counts == std::vector<ClassChange<std::string>>{{"healthy", 40, 40}, {"ill", 20, 40}});
}

TEST_CASE("counts can be had from a plan without making its rows", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 60, 3);
  const Data data(X, sets::labels({40, 20}));
  const Plan plan = make_plan(data, Smote{.strategy = ratio(0.75)});
  CHECK(class_changes(plan, data) == std::vector<ClassChange<int>>{{0, 40, 40}, {1, 20, 30}});
  CHECK_THROWS_AS(class_changes(Plan(59), data), InvalidPlan);
}

TEST_CASE("a user's own resampler chains like ours", "[resample]") {
  auto X = sets::features(sets::Kind::continuous, 60, 3);
  X.row(11) = X.row(10).eval();
  const auto y = sets::labels({40, 20});
  const auto out = resample(X, y, DropRepeats{}, Smote{.seed = 1});
  CHECK(out.plan.source_rows() == 60);
  CHECK(out.plan.stages() == 2);
  for (const Origin& origin : out.plan) {
    CHECK(origin.base != 11);
    CHECK(origin.neighbor != 11);
  }
  CHECK(out.counts[0].after == out.counts[1].after);
}

TEST_CASE("neighbors are searched in the space, rows are made in X", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 80, 3);
  const auto y = sets::labels({50, 30});
  const Matrix<double> same = X, one = X.col(0);
  CHECK(resample(Data(X, y).space(same), Smote{.seed = 1}).X == resample(X, y, Smote{.seed = 1}).X);
  const auto out = resample(Data(X, y).space(one), Smote{.k_neighbors = 1, .seed = 1});
  CHECK(out.X.cols() == 3);
  const Data data(X, y);
  const auto view = data.view();
  const auto members = view.classes.members(1);
  const std::vector<Index> ill(members.begin(), members.end());
  for (Index row = 80; row < out.plan.size(); ++row)
    CHECK(out.plan[row].neighbor == sets::nearest(one, ill, out.plan[row].base, 1)[0].row);
}

TEST_CASE("the space and the columns follow through a chain", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 40, 2);
  const Matrix<double> Z = X.col(1);
  const auto y = sets::labels({30, 10});
  const auto numbers = sets::numbers(40);
  const auto out = resample(Data(X, y).space(Z).groups(numbers).times(numbers), Smote{}, Expect{});
  CHECK(out.plan.size() == 60);
}

TEST_CASE("a space of the first columns of X is no alias of X, in a chain either", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 80, 3);
  const auto y = sets::labels({50, 30});
  const Matrix<double> first = X.leftCols(1);
  const RandomUnderSampler under{.strategy = counts({{0, 45}})};
  CHECK(resample(Data(X, y).space(X.leftCols(1)), under, Smote{}).X ==
        resample(Data(X, y).space(first), under, Smote{}).X);
  CHECK(resample(Data(X, y).space(X.leftCols(1)), under, Smote{}).X != resample(X, y, under, Smote{}).X);
}

TEST_CASE("noise and boxes move rows in X only", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 40, 3);
  const Matrix<double> Z = X.leftCols(1);
  const auto y = sets::labels({30, 10});
  for (int k = 0; k < 2; ++k) {
    const auto out = k == 0 ? resample(Data(X, y).space(Z), RandomOverSampler{.shrinkage = 1.0},
                                       RandomUnderSampler{.strategy = counts({{0, 5}})})
                            : resample(Data(X, y).space(Z), Smote{.per_feature = true},
                                       RandomUnderSampler{.strategy = counts({{0, 5}})});
    CHECK(out.plan.size() == 35);
    CHECK(materialize(out.plan, X) == out.X);
  }
}

TEST_CASE("wrong input is refused at the door", "[resample]") {
  auto X = sets::features(sets::Kind::continuous, 60, 3);
  const auto y = sets::labels({40, 20});
  CHECK_THROWS_AS(resample(X, sets::labels({40, 19}), Smote{}), ShapeMismatch);
  CHECK_THROWS_AS(resample(Matrix<double>(0, 3), std::vector<int>{}, Smote{}), ShapeMismatch);
  CHECK_THROWS_AS(resample(X, std::vector<int>(60, 1), Smote{}), TooFewClasses);
  X(7, 2) = std::nan("");
  CHECK_THROWS_AS(resample(X, y, Smote{}), BadValue);
  CHECK_THROWS_AS(resample(X, y, RandomOverSampler{}, Smote{}), BadValue);
  CHECK_NOTHROW(resample(X, y, RandomOverSampler{}, RandomUnderSampler{}));
  const auto Z = X;
  const auto good = sets::features(sets::Kind::continuous, 60, 3);
  CHECK_THROWS_WITH(resample(Data(good, y).space(Z), Smote{}), Catch::Matchers::StartsWith("Z(7, 2) is nan"));
  CHECK_THROWS_AS(make_plan(Execution{.threads = -1}, good, y, RandomUnderSampler{.draws = Draws::imbalanced_learn}),
                  InvalidOption);
}

TEST_CASE("a plan a resampler got wrong is refused", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 60, 3);
  const auto y = sets::labels({40, 20});
  Plan outside(60);
  outside.add(0, 60, 0.5);
  CHECK_THROWS_AS(resample(X, y, Fixed{outside}), InvalidPlan);
  CHECK_THROWS_AS(resample(X, y, Fixed{Plan(59)}), InvalidPlan);
  CHECK_THROWS_AS(resample(X, y, Fixed{Plan(60)}, Smote{}), InvalidPlan);  // nothing left for the second stage
  CHECK(resample(X, y, Fixed{Plan(60)}).X.rows() == 0);
}

TEST_CASE("cancelling leaves by an exception", "[resample]") {
  const auto X = sets::features(sets::Kind::continuous, 600, 3);
  const auto y = sets::labels({400, 200});
  for (int stop_after = 0; stop_after < 5; ++stop_after) {
    int calls = 0;
    const Execution how{.progress = [&](std::string_view, double) { return ++calls <= stop_after; }};
    CHECK_THROWS_AS(resample(how, X, y, Smote{}), Cancelled);
  }
}
