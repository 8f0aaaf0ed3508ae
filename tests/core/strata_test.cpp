// SPDX-License-Identifier: MIT
#include <rebalance/core/strata.hpp>

#include <rebalance/core/data.hpp>

#include <string>
#include <vector>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

TEST_CASE("keys become codes and names, and the rules come along", "[strata]") {
  const auto X = sets::features(sets::Kind::continuous, 4, 2);
  const std::vector<int> y{0, 1, 0, 1};
  const std::vector<std::string> keys{"south", "north", "south", "south"};
  const Data plain(X, y);
  CHECK(plain.view().stratification == nullptr);

  const Data data = Data(X, y).strata(keys, {.allocation = Allocation::equal, .small = SmallStratum::skip});
  const auto view = data.view();
  CHECK(std::vector<std::uint32_t>(view.strata.begin(), view.strata.end()) == std::vector<std::uint32_t>{1, 0, 1, 1});
  REQUIRE(view.stratification != nullptr);
  CHECK(view.stratification->labels == std::vector<Label>{"north", "south"});
  CHECK(view.stratification->rules == StrataRules{Allocation::equal, SmallStratum::skip, {}});
}

TEST_CASE("strata that cannot be are refused", "[strata]") {
  const auto X = sets::features(sets::Kind::continuous, 4, 2);
  const std::vector<int> y{0, 1, 0, 1}, keys{7, 7, 8, 8}, three{1, 2, 3};
  CHECK_THROWS_WITH(Data(X, y).strata(three), "strata has 3 entries but X has 4 rows; give one entry for each row");
  CHECK_THROWS_AS(Data(X, y).strata(keys, {.allocation = Allocation::listed}), InvalidOption);
  CHECK_THROWS_AS(Data(X, y).strata(keys, {.counts = {{7, 1, 10}}}), InvalidOption);
  CHECK_THROWS_WITH(Data(X, y).strata(keys, {.allocation = Allocation::listed, .counts = {{9, 1, 10}}}),
                    "strata: counts name stratum 9, but no row has that key; name keys that rows have");
  CHECK_THROWS_WITH(Data(X, y).strata(keys, {.allocation = Allocation::listed, .counts = {{7, 1, 10}, {7, 1, 12}}}),
                    "strata: counts name class 1 in stratum 7 twice; name it once");
}
