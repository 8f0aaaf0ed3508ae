// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/brute_force.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

// What the search returns is compared with an oracle in neighbor_search_test.cpp; here, its edges.
TEST_CASE("blocks and tiles that are not full lose and invent no row", "[brute_force]") {
  for (const Index rows : {2, 5, 15, 16, 17, 511, 512, 513, 1030}) {
    const auto X = sets::features(sets::Kind::lattice, rows, 3);
    const auto all = sets::numbers(rows);
    const detail::BruteForce<Euclidean, double> search({detail::view_of(X), all}, Euclidean{3});
    const Index k = std::min<Index>(rows - 1, 9);
    NeighborTable table(rows, k);
    search.nearest(all, 0, table);
    for (Index q = 0; q < rows; ++q) {
      const auto expected = sets::nearest(X, all, q, k);
      REQUIRE(std::equal(table[q].begin(), table[q].end(), expected.begin(), expected.end()));
    }
  }
}
