// SPDX-License-Identifier: MIT
#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {
struct KeepAll {
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    return Plan::keep_all(data.rows());
  }
};
}  // namespace

TEST_CASE("chains are the same however they are nested", "[chain]") {
  const auto X = sets::features(Kind::continuous, 160, 3);
  const auto y = sets::labels({100, 40, 20});
  const RandomUnderSampler a{.strategy = counts({{0, 70}}), .seed = 1};
  const Smote b{.seed = 1};
  const RandomUnderSampler c{.strategy = counts({{1, 50}}), .seed = 1};
  const auto flat = resample(X, y, a, b, c);
  CHECK(resample(X, y, Chain{a, b, c}).X == flat.X);
  CHECK(resample(X, y, Chain{a, b}, c).X == flat.X);
  CHECK(resample(X, y, a, Chain{b, c}).X == flat.X);
  CHECK(resample(X, y, Chain{Chain{a}, Chain{b, Chain{c}}}).X == flat.X);
  CHECK(resample(X, y, Chain{b}).X == resample(X, y, b).X);
  CHECK(flat.plan.stages() == 3);
}

TEST_CASE("stages with equal seeds draw different numbers", "[chain]") {
  const auto X = sets::features(Kind::continuous, 160, 3);
  const auto y = sets::labels({100, 60});
  const auto keeps = [&](const auto&... stages) {
    std::vector<Index> rows;
    for (const Origin& origin : make_plan(X, y, stages...)) rows.push_back(origin.base);
    return rows;
  };
  const RandomUnderSampler half{.strategy = counts({{0, 50}}), .seed = 1};
  CHECK(keeps(half) != keeps(KeepAll{}, half));
}

TEST_CASE("parents are rows of the caller after any stage", "[chain]") {
  const auto X = sets::features(Kind::continuous, 160, 3);
  const auto y = sets::labels({100, 60});
  const auto out = resample(X, y, RandomUnderSampler{.strategy = counts({{0, 80}})}, Smote{},
                            RandomUnderSampler{.strategy = counts({{1, 70}})});
  CHECK(out.plan.source_rows() == 160);
  CHECK(materialize(out.plan, X) == out.X);
  for (Index row = 0; row < out.plan.size(); ++row) {
    CHECK(y[static_cast<std::size_t>(out.plan[row].base)] == out.y[static_cast<std::size_t>(row)]);
    CHECK(y[static_cast<std::size_t>(out.plan[row].neighbor)] == out.y[static_cast<std::size_t>(row)]);
  }
}

TEST_CASE("two generating stages may fill different classes, not one from the other's rows", "[chain]") {
  const auto X = sets::features(Kind::continuous, 160, 3);
  const auto y = sets::labels({100, 40, 20});
  const auto out =
      resample(X, y, Smote{.strategy = counts({{1, 100}})}, Smote{.strategy = counts({{2, 100}}), .per_feature = true});
  CHECK(out.counts[1].after == 100);
  CHECK(out.counts[2].after == 100);
  CHECK(materialize(out.plan, X) == out.X);
  CHECK_THROWS_AS(resample(X, y, Smote{.strategy = counts({{1, 60}})}, Smote{.strategy = counts({{1, 100}})}),
                  InvalidPlan);
  CHECK_NOTHROW(
      resample(X, y, RandomOverSampler{.strategy = counts({{1, 60}})}, Smote{.strategy = counts({{1, 100}})}));
}

TEST_CASE("a class that vanished on the way is no longer the smallest", "[chain]") {
  const auto X = sets::features(Kind::continuous, 160, 3);
  const auto y = sets::labels({100, 40, 20});
  const auto out = resample(X, y, RandomUnderSampler{.strategy = counts({{2, 0}})}, Smote{});
  CHECK(out.counts[1].after == 100);
  CHECK(out.counts[2].after == 0);
  CHECK_THROWS_AS(
      resample(X, y, RandomUnderSampler{.strategy = counts({{2, 0}})}, Smote{.strategy = counts({{2, 10}})}),
      TooFewRows);
}

TEST_CASE("notes of all stages are kept", "[chain]") {
  const auto X = sets::features(Kind::continuous, 43, 3);
  const auto y = sets::labels({40, 3});
  const auto out = resample(X, y, Smote{.too_few_neighbors = TooFewNeighbors::clamp},
                            RandomUnderSampler{.strategy = counts({{0, 10}})});
  REQUIRE(out.plan.notes().size() == 1);
  CHECK(out.plan.notes()[0].sampler == "Smote");
}

TEST_CASE("a chain is a value that can be compared and written down", "[chain]") {
  CHECK(Chain{Smote{.seed = 1}} == Chain{Smote{.seed = 1}});
  CHECK_FALSE(Chain{Smote{.seed = 1}} == Chain{Smote{.seed = 2}});
  const Smote smote{.seed = 1};
  const RandomUnderSampler under{};
  CHECK(Chain{smote, under}.describe() == "Chain{" + smote.describe() + ", " + under.describe() + "}");
}

namespace {
struct NamesNoRow {
  template <class S>
  Plan plan(const DataView<S>&, const Execution&) const {
    throw BadValue("mine", 99'999, 0);
  }
};
}  // namespace

TEST_CASE("a bad value of a row that is not there passes through as it is", "[chain]") {
  const auto X = sets::features(Kind::continuous, 40, 2);
  CHECK_THROWS_WITH(resample(X, sets::labels({25, 15}), KeepAll{}, NamesNoRow{}), "mine");
}

TEST_CASE("a bad value that a later stage finds is named by the caller's row", "[chain]") {
  auto X = sets::features(Kind::lattice, 40, 2);
  auto y = sets::labels({25, 15});
  y[19] = 1;
  X(19, 1) = 0.5;
  try {
    resample(X, y, RandomUnderSampler{}, SmoteNc{.nominal = {1}, .strategy = all()});
    FAIL("not refused");
  } catch (const BadValue& error) {
    CHECK(error.row == 19);
    CHECK(error.column == 1);
    CHECK(std::string(error.what()).find("is row 19 of the caller's") != std::string::npos);
  }
  X(19, 1) = 2;
  try {
    resample(X, y, Smote{.k_neighbors = 2}, SmoteNc{.nominal = {1}, .strategy = all()});
    FAIL("not refused");
  } catch (const BadValue& error) {
    CHECK(std::string(error.what()).find("there was made from rows") != std::string::npos);
  }
}
