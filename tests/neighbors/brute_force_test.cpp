// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/brute_force.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

// What the search returns is compared with an oracle in neighbor_search_test.cpp; here, its edges.
namespace {

void agrees_with_oracle(Index rows) {
  const auto X = sets::features(sets::Kind::lattice, rows, 3);
  const auto all = sets::numbers(rows);
  const detail::RowsBy<Euclidean, double> measured(Euclidean{3}, detail::view_of(X));
  const detail::BruteForce search(measured, all, {});
  const Index k = std::min<Index>(rows - 1, 9);
  for (const bool each_other : {false, true}) {
    NeighborTable table(rows, k);
    std::vector<detail::NearestSoFar> answers;
    for (Index q = 0; q < rows; ++q) answers.emplace_back(table[q], q);
    if (each_other) search.ask_each_other(answers, {.threads = 2});
    else search.ask(all, answers, {.threads = 2});
    for (Index q = 0; q < rows; ++q) {
      const auto expected = sets::nearest(X, all, q, k);
      REQUIRE(std::equal(table[q].begin(), table[q].end(), expected.begin(), expected.end()));
    }
  }
}

}  // namespace

TEST_CASE("blocks and tiles that are not full lose and invent no row", "[brute_force]") {
  for (const Index rows : {2, 5, 15, 16, 17, 191, 192, 193, 479, 480, 481, 1030}) agrees_with_oracle(rows);
}
