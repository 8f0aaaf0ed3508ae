// SPDX-License-Identifier: MIT
#include <limits>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("rows without features know classes, groups and times", "[rows]") {
  const std::vector<std::string> y{"ill", "fine", "ill"};
  const Rows rows =
      Rows(y).groups(std::vector<int>{7, 3, 7}).times(std::vector<int>{5, 6, 7}, std::vector<float>{5, 9, 8});
  const RowFacts facts = rows.facts();
  CHECK(facts.rows() == 3);
  CHECK(facts.classes.label(0).text == "fine");
  CHECK(facts.classes.code(0) == 1);
  CHECK(std::vector<std::uint32_t>(facts.groups.begin(), facts.groups.end()) == std::vector<std::uint32_t>{1, 0, 1});
  CHECK(std::vector<double>(facts.times.begin(), facts.times.end()) == std::vector<double>{5, 6, 7});
  CHECK(std::vector<double>(facts.ends.begin(), facts.ends.end()) == std::vector<double>{5, 9, 8});

  const Rows bare(4);
  CHECK(bare.facts().rows() == 4);
  CHECK(bare.facts().groups.empty());
  CHECK(bare.facts().times.empty());
}

TEST_CASE("Data says of its rows what Rows does", "[rows]") {
  const Matrix<double> X = Matrix<double>::Random(3, 2);
  const std::vector<int> y{1, 0, 1};
  const Data data =
      Data(X, y).groups(std::vector<int>{7, 3, 7}).times(std::vector<int>{5, 6, 7}, std::vector<int>{5, 9, 8});
  const RowFacts facts = data.facts();
  CHECK(facts.rows() == 3);
  CHECK(facts.groups[1] == 0);
  CHECK(facts.times[2] == 7);
  CHECK(facts.ends[1] == 9);
  CHECK(data.view().ends[1] == 9);
}

TEST_CASE("rows that do not fit together are refused", "[rows]") {
  const std::vector<int> y{1, 0, 1};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(Rows(0), ShapeMismatch);
  CHECK_THROWS_AS(Rows(std::vector<int>{}), ShapeMismatch);
  CHECK_THROWS_WITH(Rows(y).groups(std::vector<int>{1}),
                    "groups has 1 entries but y has 3 rows; give one entry for each row");
  CHECK_THROWS_AS(Rows(y).times(std::vector<int>{1}), ShapeMismatch);
  CHECK_THROWS_WITH(Rows(y).times(std::vector<double>{1, nan, 2}),
                    "times[1] is nan; a time must be a finite number: find it, or leave the row out");
  CHECK_THROWS_WITH(Rows(y).times(std::vector<double>{1, 2, 3}, std::vector<double>{1, 1, 3}),
                    "the interval of row 1 begins at 2 and ends at 1; it must not end before it begins");
  const std::vector<std::int64_t> nanoseconds{1'700'000'000'000'000'000, 1'700'000'000'000'000'001, 5};
  CHECK_THROWS_WITH(Rows(y).times(nanoseconds),
                    "times[0] is 1700000000000000000; times are kept as doubles, which tell integers apart up to 2^53: "
                    "subtract the first time from all");
  const Matrix<double> X = Matrix<double>::Random(3, 2);
  CHECK_THROWS_AS(Data(X, y).times(std::vector<double>{1, nan, 2}), BadValue);
}
