// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/fold_numbers.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

TEST_CASE("blocks differ by one entry, the longer ones first", "[split]") {
  for (const Index entries : {5, 6, 7, 8, 9, 1000003}) {
    CHECK(detail::block_begin(0, entries, 5) == 0);
    CHECK(detail::block_begin(5, entries, 5) == entries);
    for (Index block = 0; block < 5; ++block)
      CHECK(detail::block_begin(block + 1, entries, 5) - detail::block_begin(block, entries, 5) ==
            entries / 5 + (block < entries % 5 ? 1 : 0));
  }
  CHECK(detail::cut_into_blocks({3, 0, 4, 1, 2}, 2) == std::vector<std::uint32_t>{0, 1, 1, 0, 0});
}

TEST_CASE("a row is tested in its fold and trained on in all others", "[split]") {
  const auto splits = detail::splits_of({1, 0, 1, 2}, 3);
  CHECK((splits == std::vector<Split>{{{0, 2, 3}, {1}}, {{1, 3}, {0, 2}}, {{0, 1, 2}, {3}}}));
}

TEST_CASE("a splitter and a sampler of one seed share no order, nor do two repetitions", "[split]") {
  const auto rows = detail::all_rows(100);
  const std::vector<std::uint64_t> keys(rows.begin(), rows.end());
  const auto once = detail::shuffled(rows, 7);
  CHECK(std::is_permutation(once.begin(), once.end(), rows.begin()));
  CHECK(once == detail::shuffled(rows, 7, 0));
  CHECK(once != detail::shuffled(rows, 7, 1));
  CHECK(once != detail::shuffled(rows, 8));
  CHECK(once != detail::random_order(keys, 7, 0, keys.size()));
}
