// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/random_under_sampler.hpp>

#include <map>
#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

TEST_CASE("without replacement: distinct rows in input order, the small class whole", "[random_under]") {
  const auto X = sets::features(Kind::duplicates, 130, 3);
  const auto y = sets::labels({100, 30});
  const auto out = resample(X, y, RandomUnderSampler{.seed = 6});
  CHECK(out.counts == std::vector<ClassChange<int>>{{0, 100, 30}, {1, 30, 30}});
  for (Index row = 0; row < 60; ++row) {
    CHECK_FALSE(out.plan[row].synthetic());
    if (row > 0) CHECK(out.plan[row].base > out.plan[row - 1].base);
  }
}

TEST_CASE("with replacement: input order, rows may repeat", "[random_under]") {
  const auto X = sets::features(Kind::continuous, 130, 3);
  const auto y = sets::labels({100, 30});
  const auto out = resample(X, y, RandomUnderSampler{.strategy = all(), .seed = 6, .replacement = true});
  CHECK(out.counts[0].after == 30);
  CHECK(out.counts[1].after == 30);
  std::set<Index> distinct;
  for (Index row = 0; row < 60; ++row) {
    distinct.insert(out.plan[row].base);
    if (row > 0) CHECK(out.plan[row].base >= out.plan[row - 1].base);
  }
  CHECK(distinct.size() < 60);
}

TEST_CASE("every row is kept equally often over the seeds", "[random_under]") {
  const bool replacement = GENERATE(false, true);
  const auto X = sets::features(Kind::lattice, 12, 1);  // many equal rows
  const std::vector<int> y{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
  std::map<Index, int> kept;
  for (std::uint64_t seed = 0; seed < 10'000; ++seed)
    for (const Origin& origin : make_plan(X, y, RandomUnderSampler{.seed = seed, .replacement = replacement}))
      ++kept[origin.base];
  for (Index row = 0; row < 10; ++row) CHECK(std::abs(kept[row] - 2000) < 250);  // 6 standard deviations
}

TEST_CASE("the bootstraps of two classes are not one another's copy", "[random_under]") {
  const auto X = sets::features(Kind::continuous, 200, 2);
  const auto y = sets::labels({100, 100});
  int same = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    std::set<Index> first, second;
    for (const Origin& origin :
         make_plan(X, y, RandomUnderSampler{.strategy = all(), .seed = seed, .replacement = true}))
      (y[static_cast<std::size_t>(origin.base)] == 0 ? first : second).insert(origin.base);
    same += first.size() == second.size();
  }
  CHECK(same < 40);  // 13 would be chance
}

TEST_CASE("a class may be removed altogether", "[random_under]") {
  const auto X = sets::features(Kind::continuous, 60, 3);
  const auto y = sets::labels({30, 20, 10});
  const auto out = resample(X, y, RandomUnderSampler{.strategy = counts({{1, 0}})});
  CHECK(out.counts[1].after == 0);
  CHECK(out.plan.size() == 40);
}

TEST_CASE("NaN and infinity pass through", "[random_under]") {
  auto X = sets::features(Kind::continuous, 60, 2);
  X(3, 1) = std::nan("");
  X(4, 0) = std::numeric_limits<double>::infinity();
  CHECK_NOTHROW(resample(X, sets::labels({40, 20}), RandomUnderSampler{}));
}

TEST_CASE("RandomUnderSampler is a value that can be compared and written down", "[random_under]") {
  CHECK(RandomUnderSampler{.seed = 1} == RandomUnderSampler{.seed = 1});
  CHECK_FALSE(RandomUnderSampler{.seed = 1} == RandomUnderSampler{.seed = 2});
  CHECK(RandomUnderSampler{.replacement = true}.describe() ==
        "RandomUnderSampler{.strategy = balance(), .seed = 0, .draws = Draws::even, .replacement = true}");
}
