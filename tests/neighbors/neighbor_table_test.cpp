// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/neighbor_table.hpp>

#include <algorithm>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("the k nearest do not depend on the order they are offered in", "[neighbor_table]") {
  std::vector<Neighbor> offered{{2, 9}, {1, 4}, {1, 2}, {0, 7}, {2, 1}, {5, 0}, {1, 3}};
  std::sort(offered.begin(), offered.end(), [](auto a, auto b) { return a.row < b.row; });
  const std::vector<Neighbor> expected{{0, 7}, {1, 2}, {1, 4}};  // row 3 asks and is left out
  do {
    NeighborTable table(1, 3);
    detail::NearestSoFar best(table[0], 3);
    CHECK(best.worst() == std::numeric_limits<double>::max());
    for (const Neighbor& neighbor : offered) best.offer(neighbor);
    REQUIRE(std::equal(expected.begin(), expected.end(), table[0].begin()));
    REQUIRE(best.worst() == 1);
  } while (std::next_permutation(offered.begin(), offered.end(), [](auto a, auto b) { return a.row < b.row; }));
}

TEST_CASE("among duplicates, row numbers alone rule out the rest", "[neighbor_table]") {
  std::vector<Neighbor> memory(2);
  detail::NearestSoFar nearest(memory, 9);
  nearest.offer({0, 4});
  CHECK_FALSE(nearest.rules_out_from(5));
  nearest.offer({0, 2});
  CHECK(nearest.rules_out_from(5));
  CHECK_FALSE(nearest.rules_out_from(3));

  const detail::NearestSoFar before_row_6(memory, 9, {0, 6}), nearer(memory, 9, {0.5, 6});
  CHECK(before_row_6.rules_out_from(6));
  CHECK_FALSE(before_row_6.rules_out_from(5));
  CHECK_FALSE(nearer.rules_out_from(6));
}

TEST_CASE("lines of a table are apart", "[neighbor_table]") {
  NeighborTable table(3, 2);
  CHECK(table.queries() == 3);
  CHECK(table.k() == 2);
  table[1][0] = {4.0, 8};
  CHECK(table[0][0] == Neighbor{});
  CHECK(table[1][0] == Neighbor{4.0, 8});
  CHECK(NeighborTable(3, 2) != table);
}

TEST_CASE("some queries of a table keep their nearest", "[neighbor_table]") {
  NeighborTable table(3, 2);
  for (Index q = 0; q < 3; ++q)
    for (Index i = 0; i < 2; ++i) table[q][static_cast<std::size_t>(i)] = {static_cast<double>(i), 10 * q + i};
  const std::vector<Index> queries{2, 0};
  const NeighborTable nearest = table.first_of(queries, 1);
  REQUIRE(nearest.queries() == 2);
  REQUIRE(nearest.k() == 1);
  CHECK(nearest[0][0] == Neighbor{0, 20});
  CHECK(nearest[1][0] == Neighbor{0, 0});
}

TEST_CASE("who asks whether k rows come before a limit is done with the k-th", "[neighbor_table]") {
  std::vector<Neighbor> memory(2);
  detail::NearestSoFar before(memory, 9, {2, 5}, true);
  CHECK(before.any());
  CHECK(before.wanted() == 2);
  CHECK(before.worst() == 2);
  CHECK_FALSE(before.offer({1, 9}));  // itself
  CHECK_FALSE(before.offer({2, 5}));  // the limit comes not before itself
  CHECK_FALSE(before.offer({2, 6}));
  CHECK_FALSE(before.offer({3, 1}));
  CHECK(before.offer({2, 4}));
  CHECK(before.size() == 1);
  CHECK_FALSE(before.full());
  CHECK_FALSE(before.rules_out_from(0));
  CHECK(before.offer({1, 7}));
  CHECK(before.full());
  CHECK(before.worst() < 0);
  CHECK(before.rules_out_from(0));
  CHECK_FALSE(before.offer({0, 0}));  // nearer than both, but they are enough
  CHECK(before.size() == 2);
}

TEST_CASE("what may still enter a full list comes before its last", "[neighbor_table]") {
  std::vector<Neighbor> memory(2);
  detail::NearestSoFar nearest(memory, 9);
  CHECK_FALSE(nearest.any());
  CHECK(nearest.offer({3, 4}));
  CHECK(nearest.worst() == std::numeric_limits<double>::max());
  CHECK(nearest.found().size() == 1);
  CHECK(nearest.offer({1, 6}));
  CHECK(nearest.worst() == 3);
  CHECK_FALSE(nearest.offer({3, 4}));
  CHECK_FALSE(nearest.offer({3, 5}));
  CHECK_FALSE(nearest.rules_out_from(100));  // it may be near
  CHECK(nearest.offer({3, 3}));
  CHECK((nearest.found()[0] == Neighbor{1, 6} && nearest.found()[1] == Neighbor{3, 3}));
  CHECK(nearest.offer({0, 8}));
  CHECK(nearest.offer({0, 7}));
  CHECK((nearest.found()[0] == Neighbor{0, 7} && nearest.found()[1] == Neighbor{0, 8}));
  CHECK(nearest.rules_out_from(9));
  CHECK_FALSE(nearest.rules_out_from(8));
}

TEST_CASE("neighbors come by distance, then by row", "[neighbor_table]") {
  CHECK(Neighbor{1, 5} < Neighbor{2, 0});
  CHECK(Neighbor{1, 5} < Neighbor{1, 6});
  CHECK_FALSE(Neighbor{1, 5} < Neighbor{1, 5});
  CHECK_FALSE(Neighbor{1, 6} < Neighbor{1, 5});
  CHECK_FALSE(Neighbor{2, 0} < Neighbor{1, 5});
  CHECK(NeighborTable(3, 0).queries() == 0);
}
