// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/stratified_k_fold.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<StratifiedKFold> && Splitter<RepeatedStratifiedKFold>);

TEST_CASE("rows are dealt to the folds class by class", "[split]") {
  // Sorted by the first row of their class the rows are b b b b b a a, dealt 0 1 0 1 0 1 0: three b and one a for fold
  // 0, two b and one a for fold 1, handed out in the order of rows.
  const std::vector<std::string> y{"b", "b", "a", "b", "a", "b", "b"};
  const auto folds = split(Rows(y), StratifiedKFold{.n_splits = 2});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{0, 1, 2, 3}, {4, 5, 6}});

  // [list(b) for a, b in StratifiedKFold(2, shuffle=True, random_state=7).split(y, y)]
  const auto shuffled = split(Rows(y), StratifiedKFold{.n_splits = 2, .seed = 7, .draws = Draws::imbalanced_learn});
  CHECK(splits::tests(shuffled) == std::vector<std::vector<Index>>{{0, 2, 3, 5}, {1, 4, 6}});
}

TEST_CASE("the class of the first row is dealt first, whatever it is called", "[split]") {
  // The first three of class 1 are dealt 0 1 0, so those of class 0 are dealt 1 0 1; a fold's rows of a class ascend.
  const auto folds = split(Rows(std::vector<int>{1, 1, 1, 0, 0, 0}), StratifiedKFold{.n_splits = 2});
  CHECK(splits::tests(folds) == std::vector<std::vector<Index>>{{0, 1, 3}, {2, 4, 5}});
}

TEST_CASE("folds have the same share of every class", "[split]") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    const Index n = 20 + 13 * seed;
    const int classes = 2 + static_cast<int>(seed % 5);
    const auto y = splits::drawn(n, classes, seed, 3);
    for (const Index k : {2, 3, 7})
      for (const StratifiedKFold& splitter :
           {StratifiedKFold{k}, StratifiedKFold{k, seed}, StratifiedKFold{k, seed, Draws::imbalanced_learn}}) {
        const auto folds = split(Rows(y), splitter);
        CAPTURE(n, classes, splitter.describe());
        CHECK(splits::k_folds(folds, k, n));
        CHECK(splits::size_range(folds) <= 1);
        for (int label = 0; label < classes; ++label) CHECK(splits::size_range(folds, y, label) <= 1);
      }
  }
}

TEST_CASE("stratified folds do not know what the classes are called", "[split]") {
  const auto y = splits::drawn(200, 4, 5, 2);
  const auto other = splits::renamed(y);
  for (const StratifiedKFold& splitter :
       {StratifiedKFold{}, StratifiedKFold{.seed = 3}, StratifiedKFold{.seed = 3, .draws = Draws::imbalanced_learn}})
    CHECK((split(Rows(y), splitter) == split(Rows(other), splitter)));
  const RepeatedStratifiedKFold repeated{.n_repeats = 2};
  CHECK((split(Rows(y), repeated) == split(Rows(other), repeated)));
}

TEST_CASE("a class with fewer rows than folds is missing from some test sides", "[split]") {
  const std::vector<int> y{0, 0, 0, 0, 0, 1, 1};
  const auto folds = split(Rows(y), StratifiedKFold{.seed = 1});
  CHECK(splits::k_folds(folds, 5, 7));
  CHECK(splits::size_range(folds, y, 1) == 1);
}

TEST_CASE("classes without rows are none", "[split]") {
  // As a fold within a fold knows them: the codes of all labels, of which some do not occur.
  const Classes with_empty({2, 2, 0, 2, 0, 2, 2}, {Label("a"), Label("none"), Label("b"), Label("nor")});
  const std::vector<std::string> y{"b", "b", "a", "b", "a", "b", "b"};
  const StratifiedKFold splitter{.n_splits = 2, .seed = 4};
  CHECK((splitter.split({with_empty}) == split(Rows(y), splitter)));
}

TEST_CASE("repetitions are shuffled anew, the first as StratifiedKFold shuffles", "[split]") {
  const auto y = splits::drawn(60, 3, 2, 2);
  for (const Draws draws : {Draws::even, Draws::imbalanced_learn}) {
    const auto folds =
        split(Rows(y), RepeatedStratifiedKFold{.n_splits = 4, .n_repeats = 3, .seed = 9, .draws = draws});
    REQUIRE(folds.size() == 12);
    std::vector<std::vector<Split>> repetitions;
    for (auto first = folds.begin(); first != folds.end(); first += 4) repetitions.emplace_back(first, first + 4);
    for (const auto& repetition : repetitions) CHECK(splits::k_folds(repetition, 4, 60));
    CHECK((repetitions[0] == split(Rows(y), StratifiedKFold{.n_splits = 4, .seed = 9, .draws = draws})));
    CHECK((repetitions[0] != repetitions[1]));
    CHECK((repetitions[1] != repetitions[2]));
    CHECK((repetitions[0] != repetitions[2]));
  }
}

TEST_CASE("a million rows are split", "[split]") {
  const auto y = splits::drawn(1'000'000, 2, 1, 5);
  const auto folds = split(Rows(y), StratifiedKFold{.seed = 1});
  CHECK(splits::k_folds(folds, 5, 1'000'000));
  CHECK(splits::size_range(folds, y, 1) <= 1);
}

TEST_CASE("the stratified splitters say what they are and what they cannot do", "[split]") {
  CHECK(StratifiedKFold{.seed = 7}.describe() == "StratifiedKFold{.n_splits = 5, .seed = 7, .draws = Draws::even}");
  CHECK(RepeatedStratifiedKFold{}.describe() ==
        "RepeatedStratifiedKFold{.n_splits = 5, .n_repeats = 10, .seed = 0, .draws = Draws::even}");
  const Rows rows(std::vector<int>{0, 0, 0, 1, 1});
  CHECK_THROWS_WITH(split(rows, StratifiedKFold{.n_splits = 1}),
                    "StratifiedKFold: n_splits is 1; it must be at least 2");
  CHECK_THROWS_WITH(split(rows, StratifiedKFold{.n_splits = 6}),
                    "StratifiedKFold: n_splits is 6; it must be at most 5, the number of rows");
  CHECK_THROWS_WITH(split(rows, StratifiedKFold{.n_splits = 4}),
                    "StratifiedKFold: n_splits is 4; it must be at most 3, the rows of the largest class");
  CHECK_THROWS_WITH(split(rows, RepeatedStratifiedKFold{.n_splits = 4}),
                    "RepeatedStratifiedKFold: n_splits is 4; it must be at most 3, the rows of the largest class");
  CHECK_THROWS_WITH(split(rows, RepeatedStratifiedKFold{.n_splits = 2, .n_repeats = 0}),
                    "RepeatedStratifiedKFold: n_repeats is 0; it must be at least 1");
  CHECK(split(rows, RepeatedStratifiedKFold{.n_splits = 2, .n_repeats = 1}).size() == 2);
}
