// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/interpolation.hpp>

#include <map>
#include <set>

#include "../support/catch.hpp"

namespace interpolation_test {

using namespace rebalance;
using namespace rebalance::detail;

std::vector<std::uint64_t> keys_of(std::uint64_t count) {
  std::vector<std::uint64_t> keys;
  for (std::uint64_t i = 0; i < count; ++i) keys.push_back(mixed(i + 1));
  return keys;
}

TEST_CASE("every base serves floor or ceil of its share", "[interpolation]") {
  const auto keys = keys_of(7);
  for (const Index count : {0, 1, 6, 7, 8, 13, 14, 100}) {
    std::vector<Index> used(7, 0);
    std::map<RandomPair, int> numbers;
    draw_evenly(keys, 1, 0, count, {}, [&](Index, Index base, const RandomPair& pair) {
      ++used[static_cast<std::size_t>(base)];
      ++numbers[pair];
    });
    for (const Index times : used) {
      CHECK(times >= count / 7);
      CHECK(times <= (count + 6) / 7);
    }
    CHECK(static_cast<Index>(numbers.size()) == count);  // no two rows share their numbers
  }
}

TEST_CASE("which bases serve once more is drawn anew for every seed", "[interpolation]") {
  const auto keys = keys_of(7);
  for (const Index rounds : {0, 1, 3}) {
    std::set<Index> last;
    for (std::uint64_t seed = 0; seed < 200; ++seed)
      draw_evenly(keys, seed, 0, 7 * rounds + 1, {}, [&](Index row, Index base, const RandomPair&) {
        if (row == 7 * rounds) last.insert(base);
      });
    CHECK(last == std::set<Index>{0, 1, 2, 3, 4, 5, 6});
  }
}

TEST_CASE("rows are drawn alike on any number of threads", "[interpolation]") {
  const auto keys = keys_of(1000);
  struct Drawn {
    Index base = -1;
    RandomPair numbers{};
    bool operator==(const Drawn&) const = default;
  };
  const auto draw = [&](int threads) {
    std::vector<Drawn> out(60'500);
    draw_evenly(keys, 1, 0, 60'500, Execution{.threads = threads},
                [&](Index row, Index base, const RandomPair& numbers) {
                  if (Drawn& drawn = out[static_cast<std::size_t>(row)]; drawn.base < 0) drawn = {base, numbers};
                });
    return out;
  };
  const auto once = draw(1);
  for (std::size_t row = 0; row < 60'000; ++row) REQUIRE(once[row].base == static_cast<Index>(row % 1000));
  for (std::size_t row = 60'001; row < once.size(); ++row) REQUIRE(once[row].base > once[row - 1].base);
  for (const int threads : {2, 3}) CHECK(draw(threads) == once);
}

TEST_CASE("too few neighbors: error, clamp or copies, always told", "[interpolation]") {
  Plan plan;
  CHECK(usable_neighbors("S", "a", "", 6, 5, TooFewNeighbors::error, plan) == 5);
  CHECK(plan.notes().empty());
  CHECK_THROWS_WITH(
      usable_neighbors("S", "a", "", 5, 5, TooFewNeighbors::error, plan),
      "S: class a has 5 rows but k_neighbors = 5 needs at least 6; lower k_neighbors, or choose .too_few_neighbors = "
      "TooFewNeighbors::clamp (use the neighbors there are) or ::duplicate (copy rows)");
  CHECK(usable_neighbors("S", "a", "", 5, 5, TooFewNeighbors::clamp, plan) == 4);
  CHECK(usable_neighbors("S", "a", "", 5, 5, TooFewNeighbors::duplicate, plan) == 0);
  REQUIRE(plan.notes().size() == 2);
  CHECK(plan.notes()[0] == Note{"S", "a", "class has 5 rows, too few for k_neighbors = 5: used 4 neighbors"});
  CHECK(plan.notes()[1] == Note{"S", "a", "class has 5 rows, too few for k_neighbors = 5: rows were copied instead"});
  CHECK_THROWS_WITH(usable_neighbors("S", "a", "", 1, 5, TooFewNeighbors::clamp, plan),
                    "S: class a has 1 row but k_neighbors = 5 needs at least 6; choose .too_few_neighbors = "
                    "TooFewNeighbors::duplicate to copy the row");
  CHECK(usable_neighbors("S", "a", "", 1, 5, TooFewNeighbors::duplicate, plan) == 0);
}

TEST_CASE("a class without rows cannot be filled, but may be left alone", "[interpolation]") {
  const Classes classes({0, 0, 2}, {"a", "b", "c"});
  CHECK_THROWS_WITH(rows_to_add("S", {2, 5, 1}, classes),
                    "S: class b has no row to start from; leave it out of the strategy");
  CHECK(rows_to_add("S", {4, 0, std::nullopt}, classes).of_class == std::vector<Index>{2, 0, 0});
  CHECK(rows_to_add("S", {4, std::nullopt, 6}, classes).total == 7);
}

TEST_CASE("neighbors are equally likely and steps uniform", "[interpolation]") {
  NeighborTable table(1, 4);
  for (std::size_t i = 0; i < 4; ++i) table[0][i] = {1.0, static_cast<Index>(i + 1)};
  const std::vector<Index> bases{0};
  Plan plan(5);
  add_segments(plan, bases, keys_of(1), table, 9, 0, 40'000, 0, {});
  std::vector<int> picked(5, 0), tenth(10, 0);
  for (const Origin& origin : plan) {
    ++picked[static_cast<std::size_t>(origin.neighbor)];
    REQUIRE(origin.step >= 0);
    REQUIRE(origin.step < 1);
    ++tenth[static_cast<std::size_t>(origin.step * 10)];
  }
  for (std::size_t i = 1; i < 5; ++i) CHECK(std::abs(picked[i] - 10'000) < 500);
  for (const int count : tenth) CHECK(std::abs(count - 4'000) < 350);
  std::vector<int> both(16, 0);  // and the neighbor does not tell the step
  for (const Origin& origin : plan)
    ++both[static_cast<std::size_t>(4 * (origin.neighbor - 1) + static_cast<Index>(origin.step * 4))];
  for (const int count : both) CHECK(std::abs(count - 2'500) < 300);
}

}  // namespace interpolation_test
