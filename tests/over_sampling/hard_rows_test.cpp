// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/hard_rows.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

TEST_CASE("foreign neighbors are counted in the whole set, self left out by its number", "[hard_rows]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  const auto X = sets::features(kind, 150, 3);
  const auto y = sets::labels({90, 40, 20});
  const Data data(X, y);
  for (std::uint32_t c = 0; c < 3; ++c)
    for (const Index k : {1, 4, 149})
      for (const int threads : {1, 3}) {
        const auto members = data.classes().members(c);
        const auto counts = detail::foreign_neighbors("S", "k", data.view(), c, k, Execution{.threads = threads});
        for (std::size_t i = 0; i < members.size(); ++i) {
          Index expected = 0;
          for (const Neighbor& neighbor : sets::nearest(X, sets::numbers(150), members[i], k))
            expected += y[static_cast<std::size_t>(neighbor.row)] != static_cast<int>(c);
          REQUIRE(counts[i] == expected);
        }
      }
}

TEST_CASE("what is found for a class is found once while its cells last", "[hard_rows]") {
  std::vector<std::uint32_t> asked;
  detail::OncePerClass tenfold([&](std::uint32_t c) {
    asked.push_back(c);
    return 10 * c;
  });
  for (const std::uint32_t c : {0u, 0u, 2u, 2u, 2u, 1u}) CHECK(tenfold.of(c) == 10 * c);
  CHECK(asked == std::vector<std::uint32_t>{0, 2, 1});
}

TEST_CASE("places in a class are those of the cell's rows", "[hard_rows]") {
  const Classes classes({1, 0, 1, 1, 0, 1}, {Label("a"), Label("b")});
  CHECK(detail::places_in_class({classes, 1, 5}, classes) == std::vector<Index>{0, 1, 2, 3});
  const std::vector<Index> stratum{0, 3, 4, 5};
  for (const bool alone : {false, true})
    CHECK(detail::places_in_class({classes, 1, "s", stratum, alone, 5}, classes) == std::vector<Index>{0, 2, 3});
}

TEST_CASE("more neighbors than there are rows are refused", "[hard_rows]") {
  const auto X = sets::features(Kind::continuous, 10, 2);
  const auto y = sets::labels({6, 4});
  const Data data(X, y);
  CHECK_THROWS_WITH(detail::foreign_neighbors("S", "m", data.view(), 1, 10, {}),
                    "S: m is 10; it must be from 1 to 9, the number of other rows in the set");
}

TEST_CASE("no hard row: the policy decides, and all but an error is noted", "[hard_rows]") {
  Plan plan;
  CHECK_THROWS_WITH(
      detail::start_from_every_row("S", "ill", "no row is hard", NoHardRow::error, plan),
      "S: class ill: no row is hard; choose .no_hard_row = NoHardRow::uniform (start from every row, as Smote does) "
      "or ::unchanged (add nothing)");
  CHECK(plan.notes().empty());
  CHECK(detail::start_from_every_row("S", "ill", "no row is hard", NoHardRow::uniform, plan));
  CHECK_FALSE(detail::start_from_every_row("S", "ill", "no row is hard", NoHardRow::unchanged, plan));
  REQUIRE(plan.notes().size() == 2);
  CHECK(plan.notes()[0] == Note{"S", "ill", "no row is hard: every row was a base, as in Smote"});
  CHECK(plan.notes()[1] == Note{"S", "ill", "no row is hard: no row was added"});
}
