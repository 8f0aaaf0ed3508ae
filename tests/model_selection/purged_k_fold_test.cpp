// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/purged_k_fold.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<PurgedKFold>);

TEST_CASE("rows that know of the tested block train on nothing", "[split]") {
  //  time     0  1  2  3  4  5  6  7  8  9
  //  row 0    ####
  //  row 1       #######              its label is known when row 3 is observed
  //  row 2          #
  //  row 3          [  #######]       tested
  //  row 4          [     #   ]       tested
  //  row 5                   #        observed when the label of row 3 is known
  //  row 6                      #
  //  row 7                            ####
  const std::vector<int> begins{0, 1, 2, 3, 4, 5, 6, 8}, ends{1, 3, 2, 5, 4, 5, 6, 9};
  const Rows rows = Rows(8).times(begins, ends);
  // Blocks of two rows: 0 1, 2 3, 4 5, 6 7.
  const auto folds = split(rows, PurgedKFold{.n_splits = 4});
  CHECK((folds ==
         std::vector<Split>{
             {{4, 5, 6, 7}, {0, 1}}, {{0, 6, 7}, {2, 3}}, {{0, 1, 2, 6, 7}, {4, 5}}, {{0, 1, 2, 3, 4, 5}, {6, 7}}}));

  // The last label of block 1 is known at 5: an embargo of 1 covers row 6, too; one of 3 covers row 7.
  CHECK(split(rows, PurgedKFold{.n_splits = 4, .embargo = 1})[1].train == std::vector<Index>{0, 7});
  CHECK(split(rows, PurgedKFold{.n_splits = 4, .embargo = 3})[1].train == std::vector<Index>{0});
  CHECK(split(rows, PurgedKFold{.n_splits = 4, .embargo_rows = 1})[1].train == std::vector<Index>{0, 7});
  CHECK(split(rows, PurgedKFold{.n_splits = 4, .embargo = 1, .embargo_rows = 2})[1].train == std::vector<Index>{0});
}

TEST_CASE("without times rows stand in order and none is purged", "[split]") {
  const auto folds = split(Rows(10), PurgedKFold{.n_splits = 3, .embargo_rows = 2});
  CHECK((folds == std::vector<Split>{
                      {{6, 7, 8, 9}, {0, 1, 2, 3}}, {{0, 1, 2, 3, 9}, {4, 5, 6}}, {{0, 1, 2, 3, 4, 5, 6}, {7, 8, 9}}}));
  CHECK(splits::k_folds(split(Rows(10), PurgedKFold{}), 5, 10));
}

TEST_CASE("what is purged is what the definition says", "[split]") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Index n = 60 + seed;
    const auto begins = splits::drawn(n, 200, seed);
    auto ends = begins;
    const auto lengths = splits::drawn(n, 12, seed + 500, 3);
    for (std::size_t i = 0; i < ends.size(); ++i) ends[i] += seed % 4 == 0 ? 0 : lengths[i];
    const PurgedKFold splitter{.n_splits = 2 + seed % 5, .embargo = 3.0 * (seed % 3), .embargo_rows = seed % 7};
    const auto folds = split(Rows(n).times(begins, ends), splitter);
    CAPTURE(seed, splitter.describe());
    REQUIRE(static_cast<Index>(folds.size()) == splitter.n_splits);
    CHECK(splits::well_formed(folds, n));
    CHECK(splits::tested_once(folds, n));
    CHECK(splits::size_range(folds) <= 1);

    const auto at = [](const std::vector<int>& values, Index row) { return values[static_cast<std::size_t>(row)]; };
    for (const Split& fold : folds) {
      int last_end = -1;
      for (const Index row : fold.test) last_end = std::max(last_end, at(ends, row));
      std::vector<std::pair<int, Index>> later;  // in the order of time
      for (Index row = 0; row < n; ++row)
        if (at(begins, row) > last_end) later.emplace_back(at(begins, row), row);
      std::sort(later.begin(), later.end());
      later.resize(std::min(later.size(), static_cast<std::size_t>(splitter.embargo_rows)));

      std::vector<Index> train;
      for (Index row = 0; row < n; ++row) {
        bool out = std::binary_search(fold.test.begin(), fold.test.end(), row);
        for (const Index tested : fold.test)
          out = out || (at(begins, row) <= at(ends, tested) && at(begins, tested) <= at(ends, row));
        out = out || (at(begins, row) > last_end && at(begins, row) <= last_end + splitter.embargo);
        out = out || std::find(later.begin(), later.end(), std::pair(at(begins, row), row)) != later.end();
        if (!out) train.push_back(row);
      }
      CHECK(fold.train == train);
    }
  }
}

TEST_CASE("PurgedKFold says what it is and what it cannot do", "[split]") {
  CHECK(PurgedKFold{.embargo = 2.5}.describe() == "PurgedKFold{.n_splits = 5, .embargo = 2.5, .embargo_rows = 0}");
  const Rows rows(10);
  CHECK_THROWS_WITH(split(rows, PurgedKFold{.n_splits = 1}), "PurgedKFold: n_splits is 1; it must be at least 2");
  CHECK_THROWS_WITH(split(rows, PurgedKFold{.n_splits = 11}),
                    "PurgedKFold: n_splits is 11; it must be at most 10, the number of rows");
  CHECK_THROWS_WITH(split(rows, PurgedKFold{.embargo = 1}),
                    "PurgedKFold: embargo is a duration, and the rows have no times; set embargo_rows, or give times: "
                    "Data(X, y).times(t)");
  for (const double embargo : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    CHECK_THROWS_AS(split(rows, PurgedKFold{.embargo = embargo}), InvalidOption);
  CHECK_THROWS_WITH(split(rows, PurgedKFold{.embargo_rows = -1}),
                    "PurgedKFold: embargo_rows is -1; it must be 0 or more");
  CHECK_THROWS_WITH(
      split(rows, PurgedKFold{.embargo_rows = std::numeric_limits<Index>::max()}),
      "PurgedKFold: fold 0 has nothing to train on: every row outside it meets a tested row in time or is "
      "under embargo; take more folds, shorter intervals or a shorter embargo");
  const std::vector<int> begins{0, 1, 2, 3}, ends{9, 9, 9, 9};
  CHECK_THROWS_AS(split(Rows(4).times(begins, ends), PurgedKFold{2}), InvalidOption);
}
