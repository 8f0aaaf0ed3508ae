// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/neighbor_vote.hpp>

#include <random>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using detail::Ballot;

namespace {

/// The three rules as their definitions say, from the votes of all neighbors.
bool lost(const std::vector<std::uint32_t>& votes, std::uint32_t own, std::uint32_t classes, Vote rule) {
  std::vector<Index> of_class(classes);
  for (const std::uint32_t c : votes) ++of_class[c];
  const auto most = std::max_element(of_class.begin(), of_class.end());  // the first, so the smallest label
  if (rule == Vote::unanimous) return of_class[own] != static_cast<Index>(votes.size());
  if (rule == Vote::mode) return static_cast<std::uint32_t>(most - of_class.begin()) != own;
  return of_class[own] < *most;
}

}  // namespace

TEST_CASE("a ballot knows the outcome after each vote", "[vote]") {
  std::mt19937 engine(1);
  for (const std::uint32_t classes : {2u, 3u, 7u}) {
    std::uniform_int_distribution<std::uint32_t> any(0, classes - 1);
    Ballot ballot(classes);
    for (int trial = 0; trial < 500; ++trial) {
      const std::uint32_t own = any(engine);
      std::vector<std::uint32_t> votes;
      ballot.open(own);
      for (int cast = 0; cast < 8; ++cast) {
        votes.push_back(any(engine));
        ballot.cast(votes.back());
        for (const Vote rule : {Vote::majority, Vote::unanimous, Vote::mode})
          REQUIRE(ballot.lost(rule) == lost(votes, own, classes, rule));
        REQUIRE(ballot.friends() == std::count(votes.begin(), votes.end(), own));
      }
    }
  }
}

//   row      0   1   2   3   4
//   class    a   a   b   b   b
//   place    0   2   3   5   5.5
TEST_CASE("outvoted rows carry what speaks for them, and the fewest neighbors that outvote them", "[vote]") {
  const auto X = cleaned::line({0, 2, 3, 5, 5.5});
  const std::vector<int> y{0, 0, 1, 1, 1};
  const Data data(X, y);
  const auto all = sets::numbers(5);
  // row 1: nearest are 2 (b), 0 (a), 3 (b): outvoted by one, not by two (a tie), again by three
  const auto once = detail::outvoted(data.view(), all, all, {3, 3}, Vote::majority, {});
  REQUIRE(once.size() == 2);
  CHECK(once[0].row == 0);  // 1 (a), 2 (b), 3 (b)
  CHECK(once[0].pass == 1);
  CHECK(once[0].friends == 1);
  CHECK(once[0].distance == 9);  // squared, to row 2
  CHECK(once[1].row == 1);

  const auto rounds = detail::outvoted(data.view(), all, all, {1, 3}, Vote::majority, {});
  REQUIRE(rounds.size() == 3);
  CHECK(rounds[0].row == 0);
  CHECK(rounds[0].pass == 3);
  CHECK(rounds[1].row == 1);
  CHECK(rounds[1].pass == 1);
  CHECK(rounds[2].row == 2);  // its nearest is 1 (a)
  CHECK(rounds[2].pass == 1);
  CHECK(rounds[2].friends == 2);  // of all three: 1 (a), 3 and 4 (b)
}

TEST_CASE("only the rows judged can be outvoted, by the rows given", "[vote]") {
  const auto X = cleaned::line({0, 2, 3, 5, 5.5});
  const std::vector<int> y{0, 0, 1, 1, 1};
  const Data data(X, y);
  const std::vector<Index> rows{0, 1, 3}, judged{1};
  CHECK(detail::outvoted(data.view(), rows, judged, {1, 1}, Vote::majority, {}).empty());  // row 2 is not there
  CHECK(detail::outvoted(data.view(), rows, std::vector<Index>{}, {1, 1}, Vote::majority, {}).empty());
}
