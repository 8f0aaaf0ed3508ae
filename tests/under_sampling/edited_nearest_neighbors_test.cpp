// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using cleaned::kept;
using cleaned::line;
using cleaned::removed;
using cleaned::RowNumbers;
using sets::Kind;

namespace {

/// RowNumbers that go: their k nearest, found by sorting all rows, are counted by label.
RowNumbers edited(const Matrix<double>& X, const std::vector<int>& y, Index k, Vote vote,
                  const std::vector<int>& cleaned) {
  RowNumbers out;
  const auto all = sets::numbers(X.rows());
  for (const Index row : all) {
    const int own = y[static_cast<std::size_t>(row)];
    if (std::find(cleaned.begin(), cleaned.end(), own) == cleaned.end()) continue;
    std::map<int, Index> votes;
    for (const Neighbor& neighbor : sets::nearest(X, all, row, k)) ++votes[y[static_cast<std::size_t>(neighbor.row)]];
    const auto most =
        std::max_element(votes.begin(), votes.end(), [](auto& a, auto& b) { return a.second < b.second; });
    const bool stays = vote == Vote::majority    ? votes[own] == most->second
                       : vote == Vote::unanimous ? votes[own] == k
                                                 : most->first == own;
    if (!stays) out.push_back(row);
  }
  return out;
}

}  // namespace

//   row     0  1  2        3     4  5       6
//   class   a  a  a        b     a  b       b
//   place   0  1  2        6     7  7.5     9
//
// Three nearest:  0: 1 2 3 = a a b    1: 0 2 3 = a a b    2: 1 0 3 = a a b    3: 4 5 6 = a b b
//                 4: 5 3 6 = b b b    5: 4 3 6 = a b b    6: 5 4 3 = b a b
TEST_CASE("the vote of three, and which rows it sends away", "[enn]") {
  const auto X = line({0, 1, 2, 6, 7, 7.5, 9});
  const std::vector<std::string> y{"a", "a", "a", "b", "a", "b", "b"};
  CHECK(removed(make_plan(X, y, EditedNearestNeighbors{})) == RowNumbers{4});
  CHECK(removed(make_plan(X, y, EditedNearestNeighbors{.strategy = all()})) == RowNumbers{4});
  CHECK(removed(make_plan(X, y, EditedNearestNeighbors{.strategy = only({"b"})})).empty());
  // all at once: were 4 gone before 5 and 6 are judged, they would stay
  CHECK(removed(make_plan(
            X, y, EditedNearestNeighbors{.vote = Vote::unanimous, .strategy = only({"b"}), .min_per_class = 0})) ==
        RowNumbers{3, 5, 6});
  CHECK(removed(make_plan(X, y, EditedNearestNeighbors{.n_neighbors = 1, .strategy = all()})) == RowNumbers{3, 4, 5});

  const Plan plan = make_plan(X, y, EditedNearestNeighbors{});
  CHECK(kept(plan) == RowNumbers{0, 1, 2, 3, 5, 6});
  CHECK(plan.removed()[0] == Removal{{4, 4, 0}, Reason::outvoted, 1});
  CHECK(plan.notes().empty());
}

//   row     0   1   2   3 4 5 ...
//   class   a   b   c   the rest far away      one vote each for row 0: 1 (b), 2 (c), 3 (a)
TEST_CASE("a tie keeps the row, whatever the labels are called; by mode the smallest label wins", "[enn]") {
  const auto X = line({0, 1, 2, 3, 50, 51, 52, 60, 61, 62, 70, 71, 72});
  const std::vector<int> y{0, 1, 2, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
  const auto goes = [&](const std::vector<int>& names, Vote vote) {
    const RowNumbers gone =
        removed(make_plan(X, cleaned::renamed(y, names), EditedNearestNeighbors{.vote = vote, .strategy = all()}));
    return std::find(gone.begin(), gone.end(), 0) != gone.end();
  };
  CHECK_FALSE(goes({0, 1, 2}, Vote::majority));
  CHECK_FALSE(goes({2, 1, 0}, Vote::majority));
  CHECK_FALSE(goes({0, 1, 2}, Vote::mode));
  CHECK(goes({2, 1, 0}, Vote::mode));
}

TEST_CASE("the vote is that of the k nearest, found by sorting all", "[enn]") {
  for (const Kind kind : cleaned::kinds())
    for (const Index k : {1, 3, 4, 8})
      for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode}) {
        const auto X = sets::features(kind, 150, 3);
        const auto y = sets::labels({90, 40, 20});
        CAPTURE(sets::name(kind), k, static_cast<int>(vote));
        EditedNearestNeighbors enn{.n_neighbors = k, .vote = vote, .min_per_class = 0};
        CHECK(removed(make_plan(X, y, enn)) == edited(X, y, k, vote, {0, 1}));
        enn.strategy = all();
        CHECK(removed(make_plan(X, y, enn)) == edited(X, y, k, vote, {0, 1, 2}));
        enn.strategy = only({2});
        CHECK(removed(make_plan(X, y, enn)) == edited(X, y, k, vote, {2}));
      }
}

//   rows 0, 1, 2 are copies at 5: a, b, b; row 3 is a, near; the rest far
TEST_CASE("a row among its copies does not vote for itself", "[enn]") {
  const auto X = line({5, 5, 5, 6, 90, 91, 92, 95});
  const std::vector<int> y{0, 1, 1, 0, 0, 0, 0, 1};
  // row 2 is last among its copies: its neighbors are 0 (a) and 1 (b), not 0 (a) and itself
  const EditedNearestNeighbors nearest{.n_neighbors = 1, .strategy = only({1}), .min_per_class = 0};
  CHECK(removed(make_plan(X, y, nearest)) == RowNumbers{1, 2, 7});
  CHECK(removed(make_plan(X, y,
                          EditedNearestNeighbors{.n_neighbors = 2, .vote = Vote::unanimous, .strategy = only({0})})) ==
        RowNumbers{0, 3});
}

TEST_CASE(
    "edited_nearest_neighbors: kept and removed rows are the input rows, on any number of threads, from both backends",
    "[enn]") {
  for (const Kind kind : cleaned::kinds())
    for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode}) {
      const auto X = sets::features(kind, 150, 3);
      const auto y = sets::labels({90, 40, 20});
      const EditedNearestNeighbors enn{.vote = vote, .strategy = all()};
      cleaned::check_account(make_plan(X, y, enn), 150);
      cleaned::check_execution(X, y, enn);
    }
}

TEST_CASE("neither the order of rows nor the names of classes matter", "[enn]") {
  const auto X = sets::features(Kind::continuous, 150, 3);  // no ties
  const auto y = sets::labels({90, 40, 20});
  for (const Index k : {3, 4}) {
    EditedNearestNeighbors enn{.n_neighbors = k, .min_per_class = 5};
    const RowNumbers rows = kept(make_plan(X, y, enn));
    CHECK(rows.size() < 150);
    CHECK(cleaned::kept_when_shuffled(X, y, enn, 5) == rows);
    CHECK(kept(make_plan(X, cleaned::renamed(y, {7, 9, 3}), enn)) == rows);
    enn.vote = Vote::unanimous;
    CHECK(kept(make_plan(X, cleaned::renamed(y, {7, 9, 3}), enn)) == kept(make_plan(X, y, enn)));
    enn.vote = Vote::mode;
    CHECK(cleaned::kept_when_shuffled(X, y, enn, 5) == kept(make_plan(X, y, enn)));
  }
}

TEST_CASE("neighbors are sought in the space that was given", "[enn]") {
  const auto X = line({0, 1, 2, 3});
  const auto Z = line({0, 5, 1, 5.5});
  const std::vector<int> y{0, 0, 1, 1};
  CHECK(removed(make_plan(Data(X, y).space(Z),
                          EditedNearestNeighbors{.n_neighbors = 1, .strategy = only({0}), .min_per_class = 0})) ==
        RowNumbers{0, 1});
}

TEST_CASE("edited_nearest_neighbors: separable classes lose nothing, and nothing is said", "[enn]") {
  const auto X = line({0, 1, 2, 3, 20, 21, 22, 23});
  for (const Vote vote : {Vote::majority, Vote::unanimous, Vote::mode}) {
    const Plan plan =
        make_plan(X, std::vector<int>{0, 0, 0, 0, 1, 1, 1, 1}, EditedNearestNeighbors{.vote = vote, .strategy = all()});
    CHECK(plan.size() == 8);
    CHECK(plan.removed().empty());
    CHECK(plan.notes().empty());
  }
}

//   row     0  1  2  3   4    5  6  7     8        class b stands between the rows of a, which go all:
//   class   a  a  a  b   b    b  a  a     b        the floor keeps those with most friends, then with the farther foe
//   place   0  10 20 1   11   21 30 32.5  31
TEST_CASE("the floor keeps the rows with most neighbors of their own", "[enn]") {
  const auto X = line({0, 10, 20, 1, 11, 21, 30, 32.5, 31});
  const std::vector<std::string> y{"a", "a", "a", "b", "b", "b", "a", "a", "b"};
  // with one neighbor, which is b for all of a: no friends; the nearest b is 1, 1, 1, 1 away, and 1.5 from row 7
  const EditedNearestNeighbors one{.n_neighbors = 1, .strategy = only({"a"})};
  CHECK(removed(make_plan(X, y, one)) == RowNumbers{0, 1, 2, 6});
  CHECK(cleaned::note(make_plan(X, y, one), "a") ==
        "would have lost all 5 rows; kept 1, the best supported (min_per_class = 1)");
  // two neighbors, unanimous: 0: b a, 1: b b (9 and 10 away tie not), 2: b b, 6: b a, 7: b a
  const EditedNearestNeighbors two{
      .n_neighbors = 2, .vote = Vote::unanimous, .strategy = only({"a"}), .min_per_class = 3};
  CHECK(removed(make_plan(X, y, two)) == RowNumbers{1, 2});
  EditedNearestNeighbors none = one;
  none.min_per_class = 0;
  CHECK(cleaned::note(make_plan(X, y, none), "a") == "lost all 5 rows; min_per_class = 1 would keep one");
}

TEST_CASE("the floor is never crossed, and told where it mattered", "[enn]") {
  const auto X = sets::features(Kind::lattice, 150, 2);
  const auto y = sets::labels({90, 40, 15, 5});
  const auto result = [&](Index floor) {
    return resample(X, y, EditedNearestNeighbors{.vote = Vote::unanimous, .strategy = all(), .min_per_class = floor});
  };
  const auto free = result(0);
  CHECK(free.counts[3].after == 0);
  for (const Index floor : {1, 3, 10, 60, 1000}) {
    const auto out = result(floor);
    for (std::size_t c = 0; c < 4; ++c) {
      const auto& [label, before, after] = out.counts[c];
      CHECK(after == std::max(free.counts[c].after, std::min(floor, before)));
      CHECK((after > free.counts[c].after) == !cleaned::note(out.plan, std::to_string(label)).empty());
    }
  }
}

TEST_CASE("all points equal: the nearest by number vote, and the floor holds", "[enn]") {
  const Matrix<double> X = Matrix<double>::Constant(60, 2, 4.0);
  std::vector<int> y(60, 0);
  y[0] = y[1] = y[2] = 1;  // they are everybody's nearest
  const Plan plan = make_plan(X, y, EditedNearestNeighbors{});
  CHECK(kept(plan) == RowNumbers{0, 1, 2, 3});
  CHECK(plan.notes().size() == 1);
}

TEST_CASE("a class of one row is always outvoted, and stays by the floor", "[enn]") {
  const auto X = line({0, 1, 2, 3, 4});
  const std::vector<int> y{0, 0, 1, 0, 0};
  const Plan plan = make_plan(X, y, EditedNearestNeighbors{.strategy = all()});
  CHECK(plan.size() == 5);
  CHECK(cleaned::note(plan, "1") == "would have lost its only row; kept 1, the best supported (min_per_class = 1)");
  CHECK(removed(make_plan(X, y, EditedNearestNeighbors{.strategy = all(), .min_per_class = 0})) == RowNumbers{2});
}

TEST_CASE("edited_nearest_neighbors: options out of range are refused", "[enn]") {
  const auto X = line({0, 1, 5, 6.5});
  const std::vector<int> y{0, 1, 0, 0};
  CHECK_NOTHROW(make_plan(X, y, EditedNearestNeighbors{.n_neighbors = 3}));
  CHECK_THROWS_WITH(
      make_plan(X, y, EditedNearestNeighbors{.n_neighbors = 4}),
      "EditedNearestNeighbors: n_neighbors is 4; it must be from 1 to 3, the number of other rows in the set");
  CHECK_THROWS_AS(make_plan(X, y, EditedNearestNeighbors{.n_neighbors = 0}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, EditedNearestNeighbors{.min_per_class = -1}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, EditedNearestNeighbors{.strategy = counts({{0, 2}})}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, std::vector<int>{0, 0, 0, 0}, EditedNearestNeighbors{}), TooFewClasses);
}

TEST_CASE("EditedNearestNeighbors is a value that can be compared and written down", "[enn]") {
  CHECK(EditedNearestNeighbors{} == EditedNearestNeighbors{});
  CHECK_FALSE(EditedNearestNeighbors{.vote = Vote::mode} == EditedNearestNeighbors{});
  CHECK(EditedNearestNeighbors{.vote = Vote::unanimous}.describe() ==
        "EditedNearestNeighbors{.n_neighbors = 3, .vote = Vote::unanimous, .strategy = balance(), .min_per_class = 1, "
        ".space = {}}");
}
