// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/group_k_fold.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<GroupKFold>);

TEST_CASE("the largest group first, each to the fold with the fewest rows", "[split]") {
  // a (3 rows) to fold 0; c, of the groups of two the last, to fold 1; b to fold 1; d to the first of two equal folds.
  const std::vector<std::string> groups{"a", "a", "a", "b", "b", "c", "c", "d"};
  const auto folds = split(Rows(8).groups(groups), GroupKFold{.n_splits = 2});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{0, 1, 2, 7}, {3, 4, 5, 6}});
  // Of three folds c has the second, b the third, and d is added to the first that has two rows.
  const auto three = split(Rows(8).groups(groups), GroupKFold{.n_splits = 3});
  CHECK(splits::tests(three) == std::vector<std::vector<Index>>{{0, 1, 2}, {5, 6, 7}, {3, 4}});
}

TEST_CASE("with NumPy's draws the order of the groups is cut into blocks", "[split][parity]") {
  // np.array_split(np.random.RandomState(7).permutation(np.arange(7)), 3): [2 5 0], [6 3], [1 4]
  const std::vector<int> groups{0, 1, 2, 3, 4, 5, 6, 6, 6, 6};
  const auto folds = split(Rows(10).groups(groups), GroupKFold{3, 7, Draws::imbalanced_learn});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{0, 2, 5}, {3, 6, 7, 8, 9}, {1, 4}});
}

TEST_CASE("no group is torn, no fold is empty, the folds are level", "[split]") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Index n = 30 + 7 * seed;
    const auto groups = splits::drawn(n, 9 + static_cast<int>(seed), seed, 2);
    const std::set<int> names(groups.begin(), groups.end());
    Index largest = 0;
    for (const int name : names) largest = std::max<Index>(largest, std::count(groups.begin(), groups.end(), name));
    for (const Index k : {Index{2}, Index{5}, static_cast<Index>(names.size())})
      for (const GroupKFold& splitter :
           {GroupKFold{k}, GroupKFold{k, seed}, GroupKFold{k, seed, Draws::imbalanced_learn}}) {
        const auto folds = split(Rows(n).groups(groups), splitter);
        CAPTURE(n, splitter.describe());
        CHECK(splits::k_folds(folds, k, n));
        CHECK(splits::groups_whole(folds, groups));
        if (splitter.draws == Draws::even) CHECK(splits::size_range(folds) <= largest);
      }
  }
}

TEST_CASE("shuffled groups have no names, and each seed another order", "[split]") {
  const auto groups = splits::drawn(200, 30, 5, 2);
  const Rows rows = Rows(200).groups(groups);
  const Rows other = Rows(200).groups(splits::renamed(groups));
  CHECK((split(rows, GroupKFold{.seed = 3}) == split(other, GroupKFold{.seed = 3})));
  CHECK((split(rows, GroupKFold{.seed = 3}) != split(rows, GroupKFold{.seed = 4})));
}

TEST_CASE("groups without rows are none", "[split]") {
  const Rows rows(6);
  const std::vector<std::uint32_t> with_gaps{2, 9, 2, 4, 9, 4};  // as a fold within a fold knows them
  const std::vector<int> names{2, 9, 2, 4, 9, 4};
  const RowFacts facts{rows.facts().classes, with_gaps};
  const Rows named = Rows(6).groups(names);
  for (const GroupKFold& splitter : {GroupKFold{3}, GroupKFold{3, 1}, GroupKFold{2, 1, Draws::imbalanced_learn}})
    CHECK((splitter.split(facts) == split(named, splitter)));
  CHECK_THROWS_AS(GroupKFold{4}.split(facts), InvalidOption);
}

TEST_CASE("GroupKFold says what it is and what it cannot do", "[split]") {
  CHECK(GroupKFold{}.describe() == "GroupKFold{.n_splits = 5, .seed = {}, .draws = Draws::even}");
  CHECK_THROWS_WITH(split(Rows(9), GroupKFold{}),
                    "GroupKFold needs groups: Data(X, y).groups(patient), or without features Rows(y).groups(patient)");
  const Rows rows = Rows(4).groups(std::vector<int>{1, 1, 2, 3});
  CHECK_THROWS_WITH(split(rows, GroupKFold{4}),
                    "GroupKFold: n_splits is 4; it must be at most 3, the number of groups");
  CHECK_THROWS_WITH(split(rows, GroupKFold{1}), "GroupKFold: n_splits is 1; it must be at least 2");
}
