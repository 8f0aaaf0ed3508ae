// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/borderline_smote.hpp>

#include <map>
#include <set>

#include <rebalance/over_sampling/smote.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace borderline_smote_test {

using namespace rebalance;
using sets::Kind;

// Class 1 is o, class 0 is x; the row numbers stand below.
//
//   o  o  o  o  x  x  x o x  x
//   0  1  2  3  4  5  6   7  8      position; row 9 is the o at 6.5
//
// Of their 4 nearest rows, rows 0, 1 and 2 have 1 x (safe), row 3 has 2 (danger), row 9 has 4 (noise).
const Matrix<double> line{{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {6.5}};
const std::vector<int> line_labels{1, 1, 1, 1, 0, 0, 0, 0, 0, 1};

/// New rows per (base, neighbor).
std::map<std::pair<Index, Index>, Index> pairs(const Plan& plan) {
  std::map<std::pair<Index, Index>, Index> out;
  for (const Origin& origin : plan)
    if (origin.synthetic()) ++out[{origin.base, origin.neighbor}];
  return out;
}

/// The rows in danger by sorting all distances.
std::set<Index> oracle(const Matrix<double>& X, const std::vector<int>& y, int label, Index m) {
  std::set<Index> out;
  for (Index row = 0; row < X.rows(); ++row) {
    if (y[static_cast<std::size_t>(row)] != label) continue;
    Index foreign = 0;
    for (const Neighbor& neighbor : sets::nearest(X, sets::numbers(X.rows()), row, m))
      foreign += y[static_cast<std::size_t>(neighbor.row)] != label;
    if (static_cast<double>(foreign) >= static_cast<double>(m) / 2 && foreign < m) out.insert(row);
  }
  return out;
}

BorderlineSmote on_the_line(int kind) {
  return {.kind = kind, .m_neighbors = 4, .k_neighbors = 2, .strategy = counts({{1, 305}})};
}

TEST_CASE("kind 1: from rows in danger to any row of the class", "[borderline]") {
  // smotefamily and others look for partners among the rows in danger alone: row 3 would have none.
  const auto out = resample(line, line_labels, on_the_line(1));
  CHECK(out.counts[1].after == 305);
  const auto used = pairs(out.plan);
  REQUIRE(used.size() == 2);
  CHECK(used.at({3, 2}) > 100);  // the nearest row counts too: smote_variants skips it
  CHECK(used.at({3, 1}) > 100);
}

TEST_CASE("kind 2: also less than half the way to the nearest row of another class", "[borderline]") {
  // The bases are rows of the class: themis once started from the other class.
  const auto out = resample(line, line_labels, on_the_line(2));
  CHECK(out.counts[1].after == 305);
  const auto used = pairs(out.plan);
  REQUIRE(used.size() == 3);
  double longest = 0, mean = 0;
  for (const auto partner : {1, 2, 4}) CHECK(std::abs(used.at({3, partner}) - 100) < 45);
  for (const Origin& origin : out.plan)
    if (origin.synthetic() && origin.neighbor == 4) {
      longest = std::max(longest, origin.step);
      mean += origin.step / static_cast<double>(used.at({3, 4}));
    }
  CHECK(longest < 0.5);
  CHECK(longest > 0.45);
  CHECK(std::abs(mean - 0.25) < 0.06);  // uniform below a half; imbalanced-learn's has a mean of 0.125
}

TEST_CASE("the rows in danger are those of the oracle, in every class", "[borderline]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  const auto X = sets::features(kind, 260, 3);
  const auto y = sets::labels({150, 70, 40});
  for (const Index m : {1, 2, 5, 10, 259}) {
    const auto danger = oracle(X, y, 1, m), rare = oracle(X, y, 2, m);
    for (const int type : {1, 2}) {
      const auto plan = make_plan(X, y,
                                  BorderlineSmote{.kind = type,
                                                  .m_neighbors = m,
                                                  .strategy = counts({{1, 400}, {2, 400}}),
                                                  .no_hard_row = NoHardRow::unchanged});
      std::set<Index> bases[3];
      for (const Origin& origin : plan)
        if (origin.synthetic())
          bases[static_cast<std::size_t>(y[static_cast<std::size_t>(origin.base)])].insert(origin.base);
      CHECK(bases[1] == danger);
      CHECK(bases[2] == rare);
    }
  }
}

TEST_CASE("all rows in danger: kind 1 is Smote", "[borderline]") {
  // o x o x .. on a line: of the 4 nearest rows 2 or 3 are of the other class. Far away 20 more x.
  Matrix<double> X(60, 1);
  std::vector<int> y(60, 0);
  for (Index i = 0; i < 60; ++i) X(i, 0) = static_cast<double>(i < 40 ? i : 1000 + i);
  for (std::size_t i = 0; i < 40; i += 2) y[i] = 1;
  CHECK(oracle(X, y, 1, 4).size() == 20);
  CHECK(make_plan(X, y, BorderlineSmote{.m_neighbors = 4, .seed = 3}) == make_plan(X, y, Smote{.seed = 3}));
  const Draws numpy = Draws::imbalanced_learn;
  CHECK(make_plan(X, y, BorderlineSmote{.m_neighbors = 4, .seed = 3, .draws = numpy}) ==
        make_plan(X, y, Smote{.seed = 3, .draws = numpy}));
}

TEST_CASE("no row in danger: an error, Smote, or nothing, and never silence", "[borderline]") {
  auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = sets::labels({40, 20});
  for (Index i = 0; i < 60; ++i)
    if (y[static_cast<std::size_t>(i)] == 1) X(i, 0) += 100;
  CHECK_THROWS_WITH(
      resample(X, y, BorderlineSmote{}),
      "BorderlineSmote: class 1: no row is in danger (20 safe, 0 noise by 10 neighbors); choose .no_hard_row = "
      "NoHardRow::uniform (start from every row, as Smote does) or ::unchanged (add nothing)");
  for (const int kind : {1, 2}) {
    const auto unchanged = resample(X, y, BorderlineSmote{.kind = kind, .no_hard_row = NoHardRow::unchanged});
    CHECK(unchanged.X == X);
    REQUIRE(unchanged.plan.notes().size() == 1);
    CHECK(unchanged.plan.notes()[0].text == "no row is in danger (20 safe, 0 noise by 10 neighbors): no row was added");
    const auto uniform = resample(X, y, BorderlineSmote{.kind = kind, .no_hard_row = NoHardRow::uniform});
    CHECK(uniform.counts[1].after == 40);
    CHECK(uniform.plan.notes().size() == 1);
  }
  CHECK(make_plan(X, y, BorderlineSmote{.seed = 5, .no_hard_row = NoHardRow::uniform}) ==
        make_plan(X, y, Smote{.seed = 5}));
}

TEST_CASE("borderline_smote: small classes and equal points have their outcome", "[borderline]") {
  const auto X = sets::features(Kind::continuous, 40, 2);
  const auto unchanged = NoHardRow::unchanged;
  CHECK_THROWS_AS(resample(X, sets::labels({39, 1}), BorderlineSmote{}), TooFewRows);  // noise
  CHECK(resample(X, sets::labels({39, 1}), BorderlineSmote{.no_hard_row = unchanged}).plan.size() == 40);
  const auto copies =
      BorderlineSmote{.no_hard_row = NoHardRow::uniform, .too_few_neighbors = TooFewNeighbors::duplicate};
  CHECK(resample(X, sets::labels({39, 1}), copies).counts[1].after == 39);

  const Matrix<double> same = Matrix<double>::Constant(40, 2, 3);
  const auto out = resample(same, sets::labels({25, 15}), BorderlineSmote{.no_hard_row = NoHardRow::uniform});
  CHECK(out.counts[1].after == 25);
  CHECK(out.X == Matrix<double>::Constant(50, 2, 3));
}

TEST_CASE("BorderlineSmote refuses options out of range", "[borderline]") {
  const auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = sets::labels({40, 20});
  CHECK_THROWS_WITH(resample(X, y, BorderlineSmote{.kind = 3}), "BorderlineSmote: kind is 3; it must be 1 or 2");
  CHECK_THROWS_WITH(resample(X, y, BorderlineSmote{.m_neighbors = 0}),
                    "BorderlineSmote: m_neighbors is 0; it must be at least 1");
  CHECK_THROWS_WITH(resample(X, y, BorderlineSmote{.m_neighbors = 60}),
                    "BorderlineSmote: m_neighbors is 60; it must be from 1 to 59, the number of other rows in the set");
  CHECK_THROWS_AS(resample(X, y, BorderlineSmote{.k_neighbors = 0}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, BorderlineSmote{.k_neighbors = 20}), TooFewRows);
  CHECK_THROWS_AS(resample(X, y, BorderlineSmote{.kind = 2, .k_neighbors = 60, .draws = Draws::imbalanced_learn}),
                  InvalidOption);
}

TEST_CASE("BorderlineSmote is a value that can be compared and written down", "[borderline]") {
  CHECK(BorderlineSmote{.kind = 2} == BorderlineSmote{.kind = 2});
  CHECK_FALSE(BorderlineSmote{.kind = 2} == BorderlineSmote{});
  CHECK(BorderlineSmote{.kind = 2, .seed = 7}.describe() ==
        "BorderlineSmote{.kind = 2, .m_neighbors = 10, .k_neighbors = 5, .strategy = balance(), .seed = 7, .draws = "
        "Draws::even, "
        ".no_hard_row = NoHardRow::error, .too_few_neighbors = TooFewNeighbors::error, .space = {}}");
}

}  // namespace borderline_smote_test
