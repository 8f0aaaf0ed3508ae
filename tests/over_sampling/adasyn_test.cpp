// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/adasyn.hpp>

#include <map>

#include <rebalance/over_sampling/smote.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

// Class 1 is o, class 0 is x, on a line:   o  o  o  o  x  x  x o x  x
//                                position  0  1  2  3  4  5  6   7  8, row 9 is the o at 6.5
// x among the 3 nearest rows: row 0: 0, row 1: 0, row 2: 0 (1, 3, 0), row 3: 1 (2, 4, 1), row 9: 3.
const Matrix<double> line{{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {6.5}};
const std::vector<int> line_labels{1, 1, 1, 1, 0, 0, 0, 0, 0, 1};

std::map<Index, Index> bases(const Plan& plan) {
  std::map<Index, Index> out;
  for (const Origin& origin : plan)
    if (origin.synthetic()) ++out[origin.base];
  return out;
}

}  // namespace

TEST_CASE("a row serves in proportion to its foreign neighbors", "[adasyn]") {
  // Densities 0, 0, 0, 1/3, 1: of 40 rows 10 start from row 3 and 30 from row 9.
  // A row with exactly one foreign neighbor counts: an off-by-one in themis (its issue 239) left it out.
  const auto out = resample(line, line_labels, Adasyn{.n_neighbors = 3, .strategy = counts({{1, 45}})});
  CHECK(bases(out.plan) == std::map<Index, Index>{{3, 10}, {9, 30}});
  for (const Origin& origin : out.plan)
    if (origin.synthetic()) CHECK(line_labels[static_cast<std::size_t>(origin.neighbor)] == 1);
}

TEST_CASE("totals are exact, whatever the remainders", "[adasyn]") {
  const auto X = sets::features(Kind::continuous, 300, 2);
  const auto y = sets::labels({180, 80, 40});
  for (const Index wanted : {81, 90, 117, 1000}) {
    const auto out = resample(X, y, Adasyn{.n_neighbors = 7, .strategy = counts({{1, wanted}, {2, wanted}})});
    CHECK(out.counts[1].after == wanted);
    CHECK(out.counts[2].after == wanted);
  }
}

TEST_CASE("each share is within one row of its proportion", "[adasyn]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates);
  const auto X = sets::features(kind, 240, 3);
  const auto y = sets::labels({160, 80});
  const auto plan = make_plan(X, y, Adasyn{.n_neighbors = 6, .strategy = counts({{1, 580}})});
  auto used = bases(plan);
  double all = 0;
  std::map<Index, double> foreign;
  for (Index row = 0; row < 240; ++row) {
    if (y[static_cast<std::size_t>(row)] == 0) continue;
    for (const Neighbor& neighbor : sets::nearest(X, sets::numbers(240), row, 6))
      foreign[row] += y[static_cast<std::size_t>(neighbor.row)] == 0;
    all += foreign[row];
  }
  for (const auto& [row, count] : foreign) CHECK(std::abs(static_cast<double>(used[row]) - 500 * count / all) < 1);
}

TEST_CASE("other classes count as other, not just the largest", "[adasyn]") {
  //  a at 0, 1, 2; b at 3, 4, 5; c at 100 .. 109. For b, class a is foreign: with 2 neighbors row 3 (at 3) has a at 2.
  const Matrix<double> X{{0},   {1},   {2},   {3},   {4},   {5},   {100}, {101},
                         {102}, {103}, {104}, {105}, {106}, {107}, {108}, {109}};
  const std::vector<std::string> y{"a", "a", "a", "b", "b", "b", "c", "c", "c", "c", "c", "c", "c", "c", "c", "c"};
  const auto plan = make_plan(X, y, Adasyn{.n_neighbors = 2, .strategy = counts({{"b", 10}})});
  CHECK(bases(plan) == std::map<Index, Index>{{3, 7}});
}

TEST_CASE("separable classes: an error, all rows alike, or nothing, and never silence", "[adasyn]") {
  auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = sets::labels({40, 20});
  for (Index i = 0; i < 60; ++i)
    if (y[static_cast<std::size_t>(i)] == 1) X(i, 0) += 100;
  CHECK_THROWS_WITH(resample(X, y, Adasyn{}),
                    "Adasyn: class 1: no row has a neighbor of another class; choose .no_hard_row = NoHardRow::uniform "
                    "(start from every row, as Smote does) or ::unchanged (add nothing)");
  const auto uniform = resample(X, y, Adasyn{.strategy = counts({{1, 70}}), .no_hard_row = NoHardRow::uniform});
  CHECK(uniform.counts[1].after == 70);
  CHECK(uniform.plan.notes().size() == 1);
  for (const auto& [base, times] : bases(uniform.plan)) CHECK((times == 2 || times == 3));
  CHECK(bases(uniform.plan).size() == 20);
  const auto unchanged = resample(X, y, Adasyn{.no_hard_row = NoHardRow::unchanged});
  CHECK(unchanged.X == X);
  CHECK(unchanged.plan.notes().size() == 1);
}

TEST_CASE("adasyn: small classes and equal points have their outcome", "[adasyn]") {
  const auto X = sets::features(Kind::continuous, 40, 2);
  CHECK_THROWS_WITH(
      resample(X, sets::labels({36, 4}), Adasyn{}),
      "Adasyn: class 1 has 4 rows but n_neighbors = 5 needs at least 6; lower n_neighbors, or choose "
      ".too_few_neighbors = TooFewNeighbors::clamp (use the neighbors there are) or ::duplicate (copy rows)");
  CHECK(resample(X, sets::labels({36, 4}), Adasyn{.too_few_neighbors = TooFewNeighbors::clamp}).counts[1].after == 36);
  CHECK(resample(X, sets::labels({39, 1}), Adasyn{.too_few_neighbors = TooFewNeighbors::duplicate}).counts[1].after ==
        39);
  const Matrix<double> same = Matrix<double>::Constant(40, 2, 3);
  CHECK(resample(same, sets::labels({25, 15}), Adasyn{.no_hard_row = NoHardRow::uniform}).counts[1].after == 25);
}

TEST_CASE("imbalanced-learn rounds each share; a note tells", "[adasyn]") {
  const auto X = sets::features(Kind::continuous, 200, 2);
  const auto y = sets::labels({160, 40});
  const auto out = resample(X, y, Adasyn{.draws = Draws::imbalanced_learn});
  REQUIRE(out.counts[1].after != 160);  // else choose another set
  REQUIRE(out.plan.notes().size() == 1);
  CHECK(out.plan.notes()[0].text == "asked for 120 rows, made " + std::to_string(out.counts[1].after - 40) +
                                        ": imbalanced-learn rounds each share");
  CHECK_THROWS_AS(resample(X, y, Adasyn{.strategy = counts({{1, 41}}), .draws = Draws::imbalanced_learn}), TooFewRows);
}

TEST_CASE("Adasyn refuses options out of range, and is a value", "[adasyn]") {
  const auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = sets::labels({40, 20});
  CHECK_THROWS_WITH(resample(X, y, Adasyn{.n_neighbors = 0}), "Adasyn: n_neighbors is 0; it must be at least 1");
  CHECK_THROWS_AS(resample(X, y, Adasyn{.n_neighbors = 60}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, Adasyn{.seed = 1ull << 32, .draws = Draws::imbalanced_learn}), InvalidOption);
  CHECK_NOTHROW(resample(X, y, Adasyn{.seed = 1ull << 32}));
  CHECK(Adasyn{.seed = 7} == Adasyn{.seed = 7});
  CHECK(Adasyn{.n_neighbors = 3, .seed = 7}.describe() ==
        "Adasyn{.n_neighbors = 3, .strategy = balance(), .seed = 7, .draws = Draws::even, .no_hard_row = "
        "NoHardRow::error, "
        ".too_few_neighbors = TooFewNeighbors::error, .space = {}}");
}
