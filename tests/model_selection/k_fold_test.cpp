// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/k_fold.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<KFold>);

TEST_CASE("without a seed folds are blocks of rows", "[split]") {
  const auto folds = split(Rows(7), KFold{.n_splits = 3});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{0, 1, 2}, {3, 4}, {5, 6}});
  CHECK(folds[1].train == std::vector<Index>{0, 1, 2, 5, 6});
}

TEST_CASE("with NumPy's draws folds are scikit-learn's", "[split][parity]") {
  // [list(b) for a, b in KFold(3, shuffle=True, random_state=7).split(range(7))]
  const auto folds = split(Rows(7), KFold{.n_splits = 3, .seed = 7, .draws = Draws::imbalanced_learn});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{0, 2, 5}, {3, 6}, {1, 4}});
}

TEST_CASE("every row is tested once, folds differ by at most one row", "[split]") {
  for (const Index n : {2, 3, 10, 11, 101})
    for (const Index k : {2, 3, 5, 10})
      for (const KFold& splitter : {KFold{k}, KFold{k, 3}, KFold{k, 3, Draws::imbalanced_learn}}) {
        if (k > n) continue;
        const auto folds = split(Rows(n), splitter);
        CAPTURE(n, splitter.describe());
        CHECK(splits::k_folds(folds, k, n));
        CHECK(splits::size_range(folds) <= 1);
      }
}

TEST_CASE("a seed gives the same folds again, another seed others", "[split]") {
  const Rows rows(50);
  CHECK((split(rows, KFold{.seed = 1}) == split(rows, KFold{.seed = 1})));
  CHECK((split(rows, KFold{.seed = 1}) != split(rows, KFold{.seed = 2})));
  CHECK((split(rows, KFold{.seed = 0}) != split(rows, KFold{})));
  CHECK((split(rows, KFold{.seed = 1}) == split(Rows(splits::drawn(50, 3, 1)), KFold{.seed = 1})));
}

TEST_CASE("all rows are equally often in each fold", "[split]") {
  // 4 rows, 2 folds: row 0 is tested in fold 0 in half of 4000 seeds, and together with each other row in a third.
  int first = 0;
  std::vector<int> together(4, 0);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const auto folds = split(Rows(4), KFold{.n_splits = 2, .seed = seed});
    const auto& with_0 = folds[0].test[0] == 0 ? folds[0].test : folds[1].test;
    first += folds[0].test[0] == 0;
    ++together[static_cast<std::size_t>(with_0[1])];
  }
  CHECK(std::abs(first - 2000) < 150);  // standard deviation 32
  for (const std::size_t row : {1u, 2u, 3u}) CHECK(std::abs(together[row] - 1333) < 150);
}

TEST_CASE("KFold says what it is and what it cannot do", "[split]") {
  CHECK(KFold{}.describe() == "KFold{.n_splits = 5, .seed = {}, .draws = Draws::even}");
  CHECK(KFold{.n_splits = 3, .seed = 7}.describe() == "KFold{.n_splits = 3, .seed = 7, .draws = Draws::even}");
  const std::vector<KFold> options{KFold{}, KFold{}, KFold{.seed = 0}};
  CHECK(options[0] == options[1]);
  CHECK(options[0] != options[2]);
  CHECK_THROWS_WITH(split(Rows(9), KFold{.n_splits = 1}), "KFold: n_splits is 1; it must be at least 2");
  CHECK_THROWS_WITH(split(Rows(4), KFold{}), "KFold: n_splits is 5; it must be at most 4, the number of rows");
  CHECK_THROWS_AS(split(Rows(9), KFold{.seed = 1ull << 32, .draws = Draws::imbalanced_learn}), InvalidOption);
  CHECK(split(Rows(9), KFold{.seed = 1ull << 32}).size() == 5);
}
