// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/all_knn.hpp>

#include <set>

#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using cleaned::kept;
using cleaned::line;
using cleaned::removed;
using cleaned::RowNumbers;
using sets::Kind;

//   row     0   1   2    3     4    5
//   class   b   a   a    a     b    b          rows of a may go
//   place   0   1   2.5  6     20   21
//
// One neighbor:   1: b       2: a       3: a          row 1 goes
// Two neighbors:  1: b a     2: a b     3: a a        ties keep
// Without row 1:  2: b a     3: a b
TEST_CASE("all votes are taken on the set as it was, or each on what the one before left", "[all_knn]") {
  const auto X = line({0, 1, 2.5, 6, 20, 21});
  const std::vector<std::string> y{"b", "a", "a", "a", "b", "b"};
  const AllKnn marked{.n_neighbors = 2, .vote = Vote::unanimous, .strategy = only({"a"}), .min_per_class = 0};
  AllKnn sequential = marked;
  sequential.sequential = true;
  const Plan plan = make_plan(X, y, marked);
  CHECK(kept(plan) == RowNumbers{0, 3, 4, 5});  // 3 has two neighbors of a, in the set as it was
  CHECK(plan.removed() == std::vector<Removal>{{{1, 1, 0}, Reason::outvoted, 1}, {{2, 2, 0}, Reason::outvoted, 2}});
  CHECK(removed(make_plan(X, y, sequential)) == RowNumbers{1, 2, 3});
}

//   row     0   1   2    3      4
//   class   a   b   a    a      b         3 is outvoted by one neighbor only: two tie, three are for it
TEST_CASE("a row goes if any number of neighbors outvotes it", "[all_knn]") {
  const auto X = line({0, 4, 2, 3.2, 30});
  const std::vector<std::string> y{"a", "b", "a", "a", "b"};
  // nearest of 3 (at 3.2): 1 (b, 0.8), 2 (a, 1.2), 0 (a, 3.2)
  CHECK(make_plan(X, y, EditedNearestNeighbors{.n_neighbors = 3, .strategy = only({"a"})}).removed().empty());
  CHECK(removed(make_plan(X, y, AllKnn{.n_neighbors = 3, .strategy = only({"a"})})) == RowNumbers{3});
}

TEST_CASE("it removes what editing with 1, 2, .. k neighbors would remove, each from the whole set", "[all_knn]") {
  for (const Kind kind : cleaned::kinds())
    for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode}) {
      const auto X = sets::features(kind, 150, 3);
      const auto y = sets::labels({90, 40, 20});
      CAPTURE(sets::name(kind), static_cast<int>(vote));
      std::map<Index, std::uint32_t> first;  // the fewest neighbors that send a row away
      for (Index k = 1; k <= 4; ++k)
        for (const Index row : removed(make_plan(
                 X, y, EditedNearestNeighbors{.n_neighbors = k, .vote = vote, .strategy = all(), .min_per_class = 0})))
          first.emplace(row, static_cast<std::uint32_t>(k));
      const Plan plan = make_plan(X, y, AllKnn{.n_neighbors = 4, .vote = vote, .strategy = all(), .min_per_class = 0});
      std::map<Index, std::uint32_t> found;
      for (const Removal& removal : plan.removed()) found.emplace(removal.origin.base, removal.pass);
      CHECK(found == first);
      cleaned::check_account(plan, 150);
    }
}

TEST_CASE("sequential: a chain of editing with 1, 2, 3 neighbors", "[all_knn]") {
  for (const Kind kind : cleaned::kinds())
    for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode})
      for (const Strategy& strategy : {balance(), all(), majority()}) {
        const auto X = sets::features(kind, 150, 3);
        const auto y = sets::labels({70, 50, 30});
        CAPTURE(sets::name(kind), static_cast<int>(vote), strategy.describe());
        const auto enn = [&](Index k) {
          return EditedNearestNeighbors{.n_neighbors = k, .vote = vote, .strategy = strategy, .min_per_class = 2};
        };
        const Plan plan =
            make_plan(X, y, AllKnn{.vote = vote, .sequential = true, .strategy = strategy, .min_per_class = 2});
        CHECK(kept(plan) == kept(make_plan(X, y, enn(1), enn(2), enn(3))));
        cleaned::check_account(plan, 150);
      }
}

//   row     0   1   2     3   4       5    6         rows of x may go
//   class   b   b   x     x   b       x    x         one neighbor: 2 and 3 go, x has two rows left, b three
//   place   0   1   2     6.5 7       20   21        two neighbors, all of x: 5 and 6 go as well (both have 4)
TEST_CASE("stop_below_minority ends the votes, and says so", "[all_knn]") {
  const auto X = line({0, 1, 2, 6.5, 7, 20, 21});
  const std::vector<std::string> y{"b", "b", "x", "x", "b", "x", "x"};
  AllKnn all_knn{.n_neighbors = 3,
                 .vote = Vote::unanimous,
                 .sequential = true,
                 .strategy = only({"x"}),
                 .stop_below_minority = true,
                 .min_per_class = 0};
  const Plan stopped = make_plan(X, y, all_knn);
  CHECK(removed(stopped) == RowNumbers{2, 3});
  CHECK(cleaned::note(stopped, "x") ==
        "stopped after pass 1, which left 2 rows, fewer than the 3 of the smallest class at first");

  all_knn.stop_below_minority = false;  // then only a class without rows ends it
  const Plan emptied = make_plan(X, y, all_knn);
  CHECK(removed(emptied) == RowNumbers{2, 3, 5, 6});
  CHECK(cleaned::note(emptied, "x") ==
        "stopped after pass 2, which left no row\nlost all 4 rows; min_per_class = 1 would keep one");

  all_knn.strategy = {};  // asked anew after the first vote: now x is the smallest, and b agrees with itself
  all_knn.n_neighbors = 2;
  CHECK(removed(make_plan(X, y, all_knn)) == RowNumbers{2, 3});
}

TEST_CASE("all_knn: neither threads, backends, the order of rows nor the names of classes matter", "[all_knn]") {
  const auto X = sets::features(Kind::continuous, 150, 3);
  const auto y = sets::labels({90, 40, 20});
  for (const bool sequential : {false, true}) {
    const AllKnn all_knn{.n_neighbors = 4, .sequential = sequential, .strategy = all(), .min_per_class = 6};
    const RowNumbers rows = kept(make_plan(X, y, all_knn));
    CHECK(rows.size() < 150);
    CHECK(cleaned::kept_when_shuffled(X, y, all_knn, 5) == rows);
    CHECK(kept(make_plan(X, cleaned::renamed(y, {7, 9, 3}), all_knn)) == rows);
    cleaned::check_execution(X, y, all_knn);
  }
}

TEST_CASE("the floor is never crossed", "[all_knn]") {
  const auto X = sets::features(Kind::lattice, 150, 2);
  const auto y = sets::labels({90, 40, 15, 5});
  for (const bool sequential : {false, true})
    for (const Index floor : {1, 10, 60}) {
      const auto out = resample(
          X, y, AllKnn{.vote = Vote::unanimous, .sequential = sequential, .strategy = all(), .min_per_class = floor});
      for (const auto& [label, before, after] : out.counts) CHECK(after >= std::min(floor, before));
      CHECK_FALSE(cleaned::note(out.plan, "3").empty());
    }
}

TEST_CASE("all_knn: separable classes lose nothing, and nothing is said", "[all_knn]") {
  const auto X = line({0, 1, 2, 3, 20, 21, 22, 23});
  for (const bool sequential : {false, true}) {
    const Plan plan =
        make_plan(X, std::vector<int>{0, 0, 0, 0, 1, 1, 1, 1}, AllKnn{.sequential = sequential, .strategy = all()});
    CHECK(plan.size() == 8);
    CHECK(plan.removed().empty());
    CHECK(plan.notes().empty());
  }
}

TEST_CASE("all_knn: options out of range are refused", "[all_knn]") {
  const auto X = line({0, 1, 5, 6.5});
  const std::vector<int> y{0, 1, 0, 0};
  CHECK_THROWS_AS(make_plan(X, y, AllKnn{.n_neighbors = 4}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, AllKnn{.n_neighbors = 0}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, AllKnn{.min_per_class = -1}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, AllKnn{.stop_below_minority = true}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, std::vector<int>{0, 0, 0, 0}, AllKnn{}), TooFewClasses);
}

TEST_CASE("AllKnn is a value that can be compared and written down", "[all_knn]") {
  CHECK(AllKnn{} == AllKnn{});
  CHECK_FALSE(AllKnn{.sequential = true} == AllKnn{});
  CHECK(AllKnn{}.describe() ==
        "AllKnn{.n_neighbors = 3, .vote = Vote::majority, .sequential = false, .strategy = balance(), "
        ".stop_below_minority = false, .min_per_class = 1, .space = {}}");
}
