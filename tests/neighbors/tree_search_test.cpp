// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/tree_search.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

// What the tree returns is compared with an oracle in neighbor_search_test.cpp; here, what it is for.
TEST_CASE("ties at the k-th place are not lost", "[kd_tree]") {
  // Eight rows at distance 1 from row 8, in an order that a tree visits neither first nor last.
  Matrix<double> X(9, 2);
  X << 1, 0, 0, 1, -1, 0, 0, -1, 1, 0, 0, 1, -1, 0, 0, -1, 0, 0;
  const auto all = sets::numbers(9);
  const detail::RowsBy<Euclidean, double> rows(Euclidean{2}, detail::view_of(X));
  const detail::TreeSearch tree(rows, all, {});
  for (Index k = 1; k <= 8; ++k) {
    NeighborTable table(1, k);
    detail::NearestSoFar best(table[0], 8);
    tree.ask(std::vector<Index>{8}, {&best, 1}, {});
    for (Index i = 0; i < k; ++i) CHECK(table[0][static_cast<std::size_t>(i)] == Neighbor{1, i});
  }
}
