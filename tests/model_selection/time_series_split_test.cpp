// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/time_series_split.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<TimeSeriesSplit>);

TEST_CASE("blocks are tested in turn, what lies before them trains", "[split]") {
  // TimeSeriesSplit(3, test_size=2, gap=1, max_train_size=2): 0 1 | 2 | 3 4, then 2 3 | 4 | 5 6, then 4 5 | 6 | 7 8
  CHECK((split(Rows(9), TimeSeriesSplit{3, 2, 1, 2}) ==
         std::vector<Split>{{{0, 1}, {3, 4}}, {{2, 3}, {5, 6}}, {{4, 5}, {7, 8}}}));
  CHECK((split(Rows(7), TimeSeriesSplit{.n_splits = 2}) ==
         std::vector<Split>{{{0, 1, 2}, {3, 4}}, {{0, 1, 2, 3, 4}, {5, 6}}}));
}

TEST_CASE("rows are ordered by time, and equal times are torn by no boundary", "[split]") {
  //  time   1  2  3  3  3  5  6  8
  //  row    4  2  0  1  5  3  7  6
  //  fold 0            [5  3]         trains on rows 4 and 2: rows 0 and 1 are of the very moment of row 5
  //  fold 1                  [7  6]   trains on all before
  const std::vector<int> times{3, 3, 2, 5, 1, 3, 8, 6};
  const auto folds = split(Rows(8).times(times), TimeSeriesSplit{.n_splits = 2, .test_size = 2});
  CHECK((folds == std::vector<Split>{{{2, 4}, {3, 5}}, {{0, 1, 2, 3, 4, 5}, {6, 7}}}));
}

TEST_CASE("a row whose label was not known in time does not train", "[split]") {
  const std::vector<int> begins{0, 1, 2, 3, 4, 5}, ends{0, 4, 2, 4, 4, 5};
  const auto folds = split(Rows(6).times(begins, ends), TimeSeriesSplit{.n_splits = 2, .test_size = 1});
  CHECK((folds == std::vector<Split>{{{0, 2}, {4}}, {{0, 1, 2, 3, 4}, {5}}}));
}

TEST_CASE("splits in time are what their definition says", "[split]") {
  for (unsigned seed = 0; seed < 80; ++seed) {
    const Index n = 40 + seed;
    const auto begins = splits::drawn(n, 60, seed);
    auto ends = begins;
    const auto lengths = splits::drawn(n, 9, seed + 500, 2);
    for (std::size_t i = 0; i < ends.size(); ++i) ends[i] += seed % 2 == 0 ? 0 : lengths[i];
    const TimeSeriesSplit splitter{.n_splits = 3, .test_size = 5 + seed % 4, .gap = seed % 3};
    const auto folds = split(Rows(n).times(begins, ends), splitter);
    auto order = detail::all_rows(n);
    const auto at = [](const std::vector<int>& values, Index row) { return values[static_cast<std::size_t>(row)]; };
    std::sort(order.begin(), order.end(),
              [&](Index a, Index b) { return std::pair(at(begins, a), a) < std::pair(at(begins, b), b); });

    CAPTURE(seed);
    CHECK(splits::well_formed(folds, n));
    for (std::size_t fold = 0; fold < folds.size(); ++fold) {
      const Index first = n - (3 - static_cast<Index>(fold)) * splitter.test_size;
      std::vector<Index> train, test;
      for (Index place = 0; place < n; ++place) {
        const Index row = order[static_cast<std::size_t>(place)];
        if (place >= first && place < first + splitter.test_size) test.push_back(row);
        if (place < first - splitter.gap && at(ends, row) < at(begins, order[static_cast<std::size_t>(first)]))
          train.push_back(row);
      }
      std::sort(train.begin(), train.end());
      std::sort(test.begin(), test.end());
      CHECK(folds[fold].train == train);
      CHECK(folds[fold].test == test);

      // A shorter memory keeps the last of them in time.
      TimeSeriesSplit short_memory = splitter;
      short_memory.max_train_size = 4;
      const auto kept = split(Rows(n).times(begins, ends), short_memory)[fold].train;
      CHECK(kept.size() == std::min<std::size_t>(4, train.size()));
      CHECK(std::includes(train.begin(), train.end(), kept.begin(), kept.end()));
      int last_dropped = -1, first_kept = 1000;
      for (const Index row : train)
        if (std::binary_search(kept.begin(), kept.end(), row)) first_kept = std::min(first_kept, at(begins, row));
        else last_dropped = std::max(last_dropped, at(begins, row));
      CHECK(last_dropped <= first_kept);
    }
  }
}

TEST_CASE("TimeSeriesSplit says what it is and what it cannot do", "[split]") {
  CHECK(TimeSeriesSplit{}.describe() ==
        "TimeSeriesSplit{.n_splits = 5, .test_size = 0, .gap = 0, .max_train_size = 0}");
  const Rows rows(10);
  CHECK_THROWS_WITH(split(rows, TimeSeriesSplit{.n_splits = 1}),
                    "TimeSeriesSplit: n_splits is 1; it must be at least 2");
  CHECK_THROWS_WITH(split(rows, TimeSeriesSplit{.n_splits = 10}),
                    "TimeSeriesSplit: n_splits is 10; it must be at most 9, the number of rows less one");
  CHECK(split(rows, TimeSeriesSplit{.n_splits = 9}).size() == 9);
  CHECK_THROWS_WITH(split(rows, TimeSeriesSplit{.n_splits = 3, .test_size = 4}),
                    "TimeSeriesSplit: test_size is 4; it must be at most 3 for 3 blocks of 10 rows");
  CHECK_THROWS_WITH(split(rows, TimeSeriesSplit{.n_splits = 3, .test_size = 2, .gap = 4}),
                    "TimeSeriesSplit: gap is 4; it must be below 4, the number of rows before the first block");
  CHECK_THROWS_WITH(split(rows, TimeSeriesSplit{.gap = -1}), "TimeSeriesSplit: gap is -1; it must be 0 or more");
  CHECK_THROWS_AS(split(rows, TimeSeriesSplit{.test_size = -1}), InvalidOption);
  CHECK_THROWS_AS(split(rows, TimeSeriesSplit{.max_train_size = -1}), InvalidOption);
  CHECK_THROWS_AS(split(rows, TimeSeriesSplit{.test_size = std::numeric_limits<Index>::max()}), InvalidOption);
  CHECK_THROWS_WITH(split(Rows(4).times(std::vector<int>{1, 1, 1, 2}), TimeSeriesSplit{.n_splits = 2}),
                    "TimeSeriesSplit: fold 0 has nothing to train on: no row and label before time 1; take fewer or "
                    "smaller blocks, or a smaller gap");
}
