// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/repeated_edited_nearest_neighbors.hpp>

#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using cleaned::kept;
using cleaned::line;
using cleaned::removed;
using cleaned::RowNumbers;
using sets::Kind;
using Repeated = RepeatedEditedNearestNeighbors;

namespace {

std::vector<std::uint32_t> passes(const Plan& plan) {
  std::vector<std::uint32_t> out;
  for (const Removal& removal : plan.removed()) out.push_back(removal.pass);
  return out;
}

/// Edits once and again, each time on a set that holds only the rows left.
RowNumbers edited_until_stable(const Matrix<double>& X, const std::vector<int>& y, const EditedNearestNeighbors& enn,
                               int passes) {
  RowNumbers left = sets::numbers(X.rows());
  for (int pass = 0; pass < passes; ++pass) {
    Matrix<double> rows(static_cast<Index>(left.size()), X.cols());
    std::vector<int> labels;
    for (std::size_t i = 0; i < left.size(); ++i) {
      rows.row(static_cast<Index>(i)) = X.row(left[i]);
      labels.push_back(y[static_cast<std::size_t>(left[i])]);
    }
    RowNumbers next;
    for (const Index row : kept(make_plan(rows, labels, enn))) next.push_back(left[static_cast<std::size_t>(row)]);
    if (next.size() == left.size()) break;
    left = std::move(next);
  }
  return left;
}

}  // namespace

//   row     0  1  2    3  4    5    6     7  8   9
//   class   b  b  b    a  b    a    b     a  a   a        one neighbor votes, rows of a may go
//   place   0  1  2    3.5 5   7    9     20 21  22
//
// Nearest of 3 is 2 or 4 (both b): gone in pass 1. Nearest of 5 is 4 or 6, b as well. 7 8 9 stay.
TEST_CASE("one pass where one is enough", "[renn]") {
  const auto X = line({0, 1, 2, 3.5, 5, 7, 9, 20, 21, 22});
  const std::vector<std::string> y{"b", "b", "b", "a", "b", "a", "b", "a", "a", "a"};
  const Plan plan = make_plan(X, y, Repeated{.n_neighbors = 1, .strategy = only({"a"})});
  CHECK(removed(plan) == RowNumbers{3, 5});
  CHECK(passes(plan) == std::vector<std::uint32_t>{1, 1});
  CHECK(plan.notes().empty());
}

//   row     0  1  2    3  4   5   6   7    8
//   class   b  a  a    a  a   a   a   a    a       each row's nearest is the one on its left, whatever has fallen
//   place   0  1  2.5  6  14  30  62  130  270     before: dominoes, one a pass
TEST_CASE("rows go pass by pass, and the floor ends the dominoes", "[renn]") {
  const auto X = line({0, 1, 2.5, 6, 14, 30, 62, 130, 270});
  const std::vector<std::string> y{"b", "a", "a", "a", "a", "a", "a", "a", "a"};
  Repeated repeated{.n_neighbors = 1, .strategy = only({"a"}), .min_per_class = 3};
  const Plan plan = make_plan(X, y, repeated);
  CHECK(removed(plan) == RowNumbers{1, 2, 3, 4, 5});
  CHECK(passes(plan) == std::vector<std::uint32_t>{1, 2, 3, 4, 5});
  CHECK(cleaned::note(plan, "a") == "would have lost 6 of 8 rows; kept 3, the best supported (min_per_class = 3)");

  repeated.max_passes = 2;
  const Plan two = make_plan(X, y, repeated);
  CHECK(removed(two) == RowNumbers{1, 2});
  CHECK(cleaned::note(two, "") == "stopped after max_passes = 2, the last of which left rows out");

  repeated = {.n_neighbors = 1, .strategy = only({"a"}), .min_per_class = 0};
  const Plan all_gone = make_plan(X, y, repeated);
  CHECK(kept(all_gone) == RowNumbers{0});
  CHECK(cleaned::note(all_gone, "a") == "lost all 8 rows; min_per_class = 1 would keep one");
  CHECK(cleaned::note(all_gone, "") == "stopped before pass 9: 1 row is left, too few for 1 neighbor");
}

//   the dominoes again, with two rows of b: x may not fall below them
TEST_CASE("stop_below_minority ends after the pass that leaves too few, and says so", "[renn]") {
  const auto X = line({-1, 0, 1, 2.5, 6, 14, 30});
  const std::vector<std::string> y{"b", "b", "x", "x", "x", "x", "x"};
  const Plan plan = make_plan(X, y, Repeated{.n_neighbors = 1, .stop_below_minority = true});
  CHECK(removed(plan) == RowNumbers{2, 3, 4, 5});  // after three passes two rows were left, as many as b has
  CHECK(cleaned::note(plan, "x") ==
        "stopped after pass 4, which left 1 row, fewer than the 2 of the smallest class at first");
  const Plan on = make_plan(X, y, Repeated{.n_neighbors = 1, .min_per_class = 0});
  CHECK(kept(on) == RowNumbers{0, 1});

  // The strategy is asked anew: of two rows each, a is the smallest class to not_minority(), by its label, and loses no more.
  const std::vector<std::string> renamed{"b", "b", "a", "a", "a", "a", "a"};
  CHECK(removed(make_plan(X, renamed, Repeated{.n_neighbors = 1, .stop_below_minority = true})) ==
        RowNumbers{2, 3, 4, 5});
  CHECK(removed(make_plan(X, renamed,
                          Repeated{.n_neighbors = 1, .strategy = not_minority(), .stop_below_minority = true})) ==
        RowNumbers{2, 3, 4});
}

TEST_CASE("too few rows left for the vote: it stops and says so", "[renn]") {
  const auto X = line({0, 1, 2, 3, 50});
  const std::vector<std::string> y{"a", "b", "a", "b", "a"};
  const Plan plan = make_plan(X, y, Repeated{.n_neighbors = 4, .strategy = all(), .min_per_class = 0});
  CHECK(removed(plan) == RowNumbers{1, 3});  // b is outvoted by three of a; a ties at two of four
  CHECK(cleaned::note(plan, "") == "stopped before pass 2: 3 rows are left, too few for 4 neighbors");
}

TEST_CASE("it is editing until nothing changes, on rows rebuilt each time", "[renn]") {
  for (const Kind kind : cleaned::kinds())
    for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode})
      for (const int most : {1, 2, 100}) {
        const auto X = sets::features(kind, 150, 3);
        const auto y = sets::labels({90, 40, 20});
        CAPTURE(sets::name(kind), static_cast<int>(vote), most);
        const EditedNearestNeighbors enn{.vote = vote, .strategy = all(), .min_per_class = 4};
        const Plan plan =
            make_plan(X, y, Repeated{.vote = vote, .max_passes = most, .strategy = all(), .min_per_class = 4});
        CHECK(kept(plan) == edited_until_stable(X, y, enn, most));
        cleaned::check_account(plan, 150);
      }
}

TEST_CASE("the strategy names classes of the input, however small they become", "[renn]") {
  const auto X = sets::features(Kind::continuous, 150, 2);
  const auto y = sets::labels({80, 70});
  const auto out = resample(X, y, Repeated{.vote = Vote::unanimous, .min_per_class = 0});
  CHECK(out.counts[0].after < 70);  // the larger class became the smaller
  CHECK(out.counts[1].after == 70);
}

TEST_CASE(
    "repeated_edited_nearest_neighbors: neither threads, backends, the order of rows nor the names of classes matter",
    "[renn]") {
  const auto X = sets::features(Kind::continuous, 150, 3);
  const auto y = sets::labels({90, 40, 20});
  for (const bool stop : {false, true}) {
    const Repeated repeated{
        .vote = Vote::unanimous, .strategy = all(), .stop_below_minority = stop, .min_per_class = 2};
    const RowNumbers rows = kept(make_plan(X, y, repeated));
    CHECK(rows.size() < 150);
    CHECK(cleaned::kept_when_shuffled(X, y, repeated, 5) == rows);
    CHECK(kept(make_plan(X, cleaned::renamed(y, {7, 9, 3}), repeated)) == rows);
    cleaned::check_execution(X, y, repeated);
  }
}

TEST_CASE("repeated_edited_nearest_neighbors: separable classes lose nothing, and nothing is said", "[renn]") {
  const auto X = line({0, 1, 2, 3, 20, 21, 22, 23});
  const Plan plan =
      make_plan(X, std::vector<int>{0, 0, 0, 0, 1, 1, 1, 1}, Repeated{.max_passes = 1, .strategy = all()});
  CHECK(plan.size() == 8);
  CHECK(plan.removed().empty());
  CHECK(plan.notes().empty());
}

TEST_CASE("repeated_edited_nearest_neighbors: options out of range are refused", "[renn]") {
  const auto X = line({0, 1, 5, 6.5});
  const std::vector<int> y{0, 1, 0, 0};
  CHECK_THROWS_AS(make_plan(X, y, Repeated{.n_neighbors = 4}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, Repeated{.n_neighbors = 0}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, Repeated{.max_passes = 0}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, Repeated{.min_per_class = -1}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, std::vector<int>{0, 0, 0, 0}, Repeated{}), TooFewClasses);
}

TEST_CASE("RepeatedEditedNearestNeighbors is a value that can be compared and written down", "[renn]") {
  CHECK(Repeated{} == Repeated{});
  CHECK_FALSE(Repeated{.max_passes = 3} == Repeated{});
  CHECK(Repeated{}.describe() ==
        "RepeatedEditedNearestNeighbors{.n_neighbors = 3, .vote = Vote::majority, .max_passes = 100, .strategy = "
        "balance(), "
        ".stop_below_minority = false, .min_per_class = 1, .space = {}}");
}
