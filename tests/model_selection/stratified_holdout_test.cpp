// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/stratified_holdout.hpp>

#include "../support/catch.hpp"
#include "../support/splits.hpp"

using namespace rebalance;

static_assert(Splitter<StratifiedHoldout>);

namespace {

Index count(const std::vector<Index>& rows, const std::vector<int>& y, int label) {
  return std::count_if(rows.begin(), rows.end(), [&](Index row) { return y[static_cast<std::size_t>(row)] == label; });
}

}  // namespace

TEST_CASE("the test side has its share of every class", "[split]") {
  // 30 % of 10, 6 and 4 rows are 3, 1.8 and 1.2: 3, 2 and 1.
  std::vector<int> y(20, 0);
  std::fill(y.begin() + 3, y.begin() + 9, 1);
  std::fill(y.begin() + 9, y.begin() + 13, 2);
  for (const Draws draws : {Draws::even, Draws::imbalanced_learn})
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const auto sides = split(Rows(y), StratifiedHoldout{.test_size = 0.3, .seed = seed, .draws = draws});
      REQUIRE(sides.size() == 1);
      CHECK(count(sides[0].test, y, 0) == 3);
      CHECK(count(sides[0].test, y, 1) == 2);
      CHECK(count(sides[0].test, y, 2) == 1);
    }
}

TEST_CASE("shares are kept within a row, and every split is another", "[split]") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const Index n = 40 + 11 * seed;
    const int classes = 2 + static_cast<int>(seed % 4);
    auto y = splits::drawn(n, classes, seed, 2);
    for (int label = 0; label < classes; ++label)
      y[2 * static_cast<std::size_t>(label)] = y[2 * static_cast<std::size_t>(label) + 1] = label;
    const StratifiedHoldout splitter{.test_size = 0.2 + 0.01 * seed, .n_splits = 3, .seed = seed};
    const auto sides = split(Rows(y), splitter);
    CAPTURE(n, splitter.describe());
    REQUIRE(sides.size() == 3);
    CHECK(splits::well_formed(sides, n));
    CHECK(splits::complete(sides, n));
    for (const Split& side : sides) {
      const auto tested = static_cast<Index>(side.test.size());
      CHECK(tested == static_cast<Index>(std::ceil(splitter.test_size * static_cast<double>(n))));
      for (int label = 0; label < classes; ++label) {
        const Index all = std::count(y.begin(), y.end(), label);
        CHECK(std::abs(count(side.test, y, label) * n - all * tested) < n);
      }
    }
    CHECK((sides[0] != sides[1]));
    CHECK((sides[1] != sides[2]));
    CHECK((sides == split(Rows(splits::renamed(y)), splitter)));
  }
}

TEST_CASE("of classes with equal remainders each has its chance", "[split]") {
  // A quarter of 6, 6 and 8 rows: 1.5, 1.5 and 2. One of the first two classes gets the row that is left.
  std::vector<int> y(20, 2);
  std::fill(y.begin(), y.begin() + 6, 0);
  std::fill(y.begin() + 6, y.begin() + 12, 1);
  int first = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto sides = split(Rows(y), StratifiedHoldout{.seed = seed});
    CHECK(count(sides[0].test, y, 0) + count(sides[0].test, y, 1) == 3);
    CHECK(count(sides[0].test, y, 2) == 2);
    first += count(sides[0].test, y, 0) == 2;
  }
  CHECK(std::abs(first - 200) < 50);  // standard deviation 10
}

TEST_CASE("which class wins a draw says nothing of its first row", "[split]") {
  const std::vector<int> y{0, 0, 0, 1, 1, 1};  // of one class two rows are tested, of the other one
  int first_row_tested = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const auto test = split(Rows(y), StratifiedHoldout{.test_size = 0.5, .seed = seed})[0].test;
    const Index first = count(test, y, 0) == 2 ? 0 : 3;
    first_row_tested += std::count(test.begin(), test.end(), first) == 1;
  }
  CHECK(std::abs(first_row_tested / 2000.0 - 2.0 / 3) < 0.04);  // three deviations of it are 0.032
}

TEST_CASE("StratifiedHoldout says what it is and what it cannot do", "[split]") {
  CHECK(StratifiedHoldout{}.describe() ==
        "StratifiedHoldout{.test_size = 0.25, .n_splits = 1, .seed = 0, .draws = Draws::even}");
  const Rows rows(std::vector<int>{0, 0, 0, 0, 0, 0, 1, 1, 2, 2});
  for (const double size : {0.0, 1.0, -0.5, 2.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK_THROWS_AS(split(rows, StratifiedHoldout{.test_size = size}), InvalidOption);
  CHECK_THROWS_WITH(split(rows, StratifiedHoldout{.test_size = 1}),
                    "StratifiedHoldout: test_size is 1; it must be above 0 and below 1: a share of the rows");
  CHECK_THROWS_WITH(split(rows, StratifiedHoldout{.test_size = 0.1}),
                    "StratifiedHoldout: test_size is 0.1; it must be such that both sides have a row for each of 3 "
                    "classes: of 10 rows it tests 1 and trains on 9");
  CHECK_THROWS_AS(split(rows, StratifiedHoldout{.test_size = 0.9}), InvalidOption);
  CHECK_THROWS_WITH(split(rows, StratifiedHoldout{.n_splits = 0}),
                    "StratifiedHoldout: n_splits is 0; it must be at least 1");
  CHECK_THROWS_WITH(
      split(Rows(std::vector<int>{0, 0, 0, 7}), StratifiedHoldout{}),
      "StratifiedHoldout: class 7 has 1 row, which cannot stand on both sides; leave the class out or merge it");
  CHECK_THROWS_AS(split(rows, StratifiedHoldout{.seed = 1ull << 32, .draws = Draws::imbalanced_learn}), InvalidOption);
}
