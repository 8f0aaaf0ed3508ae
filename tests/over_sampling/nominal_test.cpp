// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/nominal.hpp>
#include <rebalance/over_sampling/nominal_votes.hpp>

#include <map>

#include "../support/catch.hpp"

namespace nominal_test {

using namespace rebalance;
using detail::NominalVote;

const Matrix<double> X{{1}, {2}, {2}, {1}, {3}, {0}};
const auto view = detail::view_of(X);

std::vector<Donor> winners(std::vector<Index> voters) {
  NominalVote vote;
  const auto won = vote.winners(view, 0, voters);
  return {won.begin(), won.end()};
}
Donor chosen_by(const std::vector<Index>& voters, Index base, const detail::RandomPair& numbers) {
  const std::vector<Index> columns{0}, bases{base};
  const auto collect = [&](Index, std::vector<Index>& out) { out = voters; };
  const detail::NominalVotes votes(view, columns, bases, static_cast<Index>(voters.size()), collect, {});
  Donor out;
  votes.choose(0, numbers, &out);
  return out;
}

TEST_CASE("the most frequent value wins; its donor is the nearest voter that has it", "[nominal]") {
  CHECK(winners({0, 1, 2}) == std::vector<Donor>{{0, 1}});
  CHECK(winners({0, 2, 1}) == std::vector<Donor>{{0, 2}});
  CHECK(winners({4}) == std::vector<Donor>{{0, 4}});
}

TEST_CASE("all tied values win, by ascending value", "[nominal]") {
  CHECK(winners({1, 0, 2, 3}) == std::vector<Donor>{{0, 0}, {0, 1}});
  CHECK(winners({4, 1, 5}) == std::vector<Donor>{{0, 5}, {0, 1}, {0, 4}});
}

TEST_CASE("a tie goes to the base's own value, else to chance", "[nominal]") {
  const std::vector<Index> ones_and_twos{1, 0, 2, 3};
  std::map<Index, int> chosen;
  for (std::uint64_t n = 0; n < 1000; ++n) {
    const detail::RandomPair numbers{n, n * 77};
    CHECK(chosen_by(ones_and_twos, 3, numbers) == Donor{0, 0});  // the base is row 3, a 1; the donor the nearest 1
    ++chosen[chosen_by(ones_and_twos, 4, numbers).row];          // the base is a 3, which is not tied
    CHECK(chosen_by({0, 1, 2}, 3, numbers) == Donor{0, 1});      // no tie: own value or not
  }
  CHECK(chosen.size() == 2);
  CHECK(std::abs(chosen[0] - 500) < 100);
}

TEST_CASE("what is no code is named by its place", "[nominal]") {
  for (const double bad : {0.5, -1.0}) {
    Matrix<double> codes{{1, 2, 3}, {1.5, 0, 3}};
    codes(1, 2) = bad;
    CHECK_NOTHROW(detail::require_codes("S", detail::view_of(codes), {1}, {}));
    try {
      detail::require_codes("S", detail::view_of(codes), {1, 2}, {});
      FAIL("not refused");
    } catch (const BadValue& error) {
      CHECK(error.row == 1);
      CHECK(error.column == 2);
      CHECK(std::string(error.what()) ==
            "S: X(1, 2) is " + std::string(bad < 0 ? "-1" : "0.5") +
                "; column 2 is nominal and must hold category codes, whole numbers from 0: number the categories");
    }
  }
}

TEST_CASE("nominal columns are columns of X, each named once", "[nominal]") {
  CHECK_NOTHROW(detail::require_columns("S", {2, 0}, 3));
  CHECK_THROWS_WITH(detail::require_columns("S", {3}, 3),
                    "S: nominal names column 3; X has columns 0 to 2: name those that hold categories");
  CHECK_THROWS_WITH(detail::require_columns("S", {-1}, 3),
                    "S: nominal names column -1; X has columns 0 to 2: name those that hold categories");
  CHECK_THROWS_WITH(detail::require_columns("S", {1, 0, 1}, 3), "S: nominal names column 1 twice; name it once");
}

}  // namespace nominal_test
