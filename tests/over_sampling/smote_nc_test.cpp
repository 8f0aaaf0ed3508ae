// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/smote_nc.hpp>

#include <map>
#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

/// `numbers` columns of the kind, then `nominal` columns of codes 0 to 3.
Matrix<double> mixed(Kind kind, Index rows, Index numbers, Index nominal, unsigned seed = 1) {
  Matrix<double> X(rows, numbers + nominal);
  X << sets::features(kind, rows, numbers, seed), sets::features(Kind::lattice, rows, nominal, seed + 100);
  return X;
}

std::vector<Index> members(const std::vector<int>& y, int label) {
  std::vector<Index> out;
  for (std::size_t i = 0; i < y.size(); ++i)
    if (y[i] == label) out.push_back(static_cast<Index>(i));
  return out;
}

/// The median of the population deviations of the first columns, by the definition.
double med(const Matrix<double>& X, const std::vector<Index>& rows, Index numbers) {
  std::vector<double> deviations;
  for (Index j = 0; j < numbers; ++j) {
    double mean = 0, squares = 0;
    for (const Index row : rows) mean += X(row, j) / static_cast<double>(rows.size());
    for (const Index row : rows) squares += (X(row, j) - mean) * (X(row, j) - mean);
    deviations.push_back(std::sqrt(squares / static_cast<double>(rows.size())));
  }
  return detail::median(deviations);
}

std::string note_of(const Plan& plan) { return plan.notes().empty() ? "" : plan.notes()[0].text; }

}  // namespace

TEST_CASE("the neighbors of the base vote, and nobody else", "[smote_nc]") {
  // Class 1 on a line, x and color:  0 A,  1 B,  2 B,  3 B,  50 C.  Med^2 is 377, so colors matter more than 0 .. 3.
  // Of row 0 the nearest are rows 1, 2, 3 (all differ): B, though its own color is A: the base does not vote (WEKA's does),
  // and not the colors of the chosen neighbor's neighbors or of the whole class (themis, its issue 241).
  const Matrix<double> X{{0, 0}, {1, 1},  {2, 1},  {3, 1},  {50, 2}, {7, 3}, {8, 3},
                         {9, 3}, {10, 3}, {11, 3}, {12, 3}, {13, 3}, {14, 3}};
  const std::vector<int> y{1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
  const auto out = resample(X, y, SmoteNc{.nominal = {1}, .k_neighbors = 3, .strategy = counts({{1, 105}})});
  std::map<Index, std::set<Index>> partners, donors;
  for (Index row = 13; row < out.plan.size(); ++row) {
    CHECK(out.X(row, 1) == 1);
    partners[out.plan[row].base].insert(out.plan[row].neighbor);
    donors[out.plan[row].base].insert(out.plan.donors(row)[0].row);
  }
  CHECK(partners[0] == std::set<Index>{1, 2, 3});
  CHECK(partners[1] == std::set<Index>{0, 2, 3});  // 3 is nearer than 0, which differs in color
  CHECK(partners[4] == std::set<Index>{1, 2, 3});
  CHECK(donors[0] == std::set<Index>{1});  // the nearest with the color
  CHECK(donors[1] == std::set<Index>{2});
  CHECK(donors[4] == std::set<Index>{3});
}

TEST_CASE("numbers lie between the parents, categories come from the nearest neighbor that has the winner",
          "[smote_nc]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates);
  const auto X = mixed(kind, 220, 3, 3);
  const auto y = sets::labels({120, 60, 40});
  const auto out = resample(X, y, SmoteNc{.nominal = {3, 4, 5}, .k_neighbors = 4, .seed = 5});
  CHECK(out.counts[1].after == 120);
  CHECK(out.counts[2].after == 120);
  for (Index row = 220; row < out.plan.size(); ++row) {
    const auto& [base, neighbor, step] = out.plan[row];
    const auto rows = members(y, out.y[static_cast<std::size_t>(row)]);
    const double penalty = std::pow(med(X, rows, 3), 2);
    std::vector<Neighbor> all;
    for (const Index other : rows)
      if (other != base) {
        Index different = 0;
        for (Index j = 3; j < 6; ++j) different += X(base, j) != X(other, j);
        const Matrix<double> numbers = X.leftCols(3);
        all.push_back({sets::distance(numbers, base, other) + static_cast<double>(different) * penalty, other});
      }
    std::sort(all.begin(), all.end());
    std::vector<Index> voters;
    for (std::size_t i = 0; i < 4; ++i) voters.push_back(all[i].row);
    // lattices tie up to the rounding of Med: there the farthest may be another row, as far
    if (kind == Kind::continuous) REQUIRE(std::count(voters.begin(), voters.end(), neighbor) == 1);
    for (Index j = 0; j < 3; ++j) {
      REQUIRE(out.X(row, j) >= std::min(X(base, j), X(neighbor, j)));
      REQUIRE(out.X(row, j) <= std::max(X(base, j), X(neighbor, j)));
    }
    REQUIRE(out.plan.donors(row).size() == 3);
    for (const Donor& donor : out.plan.donors(row)) {
      REQUIRE(out.X(row, donor.column) == X(donor.row, donor.column));
      if (kind != Kind::continuous) continue;
      std::map<double, int> votes;
      for (const Index voter : voters) ++votes[X(voter, donor.column)];
      const int won = votes[out.X(row, donor.column)];
      for (const auto& [value, count] : votes) REQUIRE(won >= count);
      if (votes[X(base, donor.column)] == won) REQUIRE(out.X(row, donor.column) == X(base, donor.column));
      for (const Index voter : voters)  // the donor is the first of them
        if (X(voter, donor.column) == out.X(row, donor.column)) {
          REQUIRE(voter == donor.row);
          break;
        }
    }
  }
}

TEST_CASE("nominal columns may stand anywhere, in any order", "[smote_nc]") {
  const auto X = mixed(Kind::continuous, 100, 2, 2);
  const auto y = sets::labels({70, 30});
  Matrix<double> Y(100, 4);
  Y << X.col(2), X.col(0), X.col(3), X.col(1);
  const auto one = resample(X, y, SmoteNc{.nominal = {2, 3}, .strategy = counts({{1, 3030}})});
  const auto other = resample(Y, y, SmoteNc{.nominal = {2, 0}, .strategy = counts({{1, 3030}})});
  std::set<std::pair<Index, Index>> used,
      used_too;  // a hundred draws a base show all neighbors, whatever the draws are
  for (Index row = 100; row < one.plan.size(); ++row) {
    used.insert({one.plan[row].base, one.plan[row].neighbor});
    used_too.insert({other.plan[row].base, other.plan[row].neighbor});
  }
  CHECK(used.size() == 30 * 5);
  CHECK(used == used_too);
  for (Index row = 100; row < other.plan.size(); ++row)
    for (const Index column : {0, 2}) CHECK(other.X(row, column) == std::floor(other.X(row, column)));
}

TEST_CASE("a column of one category, or none: forwarded with a note", "[smote_nc]") {
  const auto numbers = sets::features(Kind::continuous, 60, 2);
  const auto codes = sets::features(Kind::lattice, 60, 2);
  const auto y = sets::labels({40, 20});
  const auto as_smote = resample(numbers, y, SmoteNc{.nominal = {}, .k_neighbors = 3, .seed = 2});
  CHECK(as_smote.X == resample(numbers, y, Smote{.k_neighbors = 3, .seed = 2}).X);
  CHECK(note_of(as_smote.plan) == "no column is nominal: done by Smote");
  CHECK(as_smote.plan.notes()[0].label.text.empty());
  const auto as_smote_n = resample(codes, y, SmoteNc{.nominal = {1, 0}, .k_neighbors = 3, .seed = 2});
  CHECK(as_smote_n.X == resample(codes, y, SmoteN{.k_neighbors = 3, .seed = 2}).X);
  CHECK(note_of(as_smote_n.plan) == "all columns are nominal: done by SmoteN");
}

TEST_CASE("Med = 0: the deviation of what varies, or the number of equal categories, and a note", "[smote_nc]") {
  auto X = mixed(Kind::continuous, 60, 3, 2);
  const auto y = sets::labels({40, 20});
  X.leftCols(2).setConstant(0.1);
  const auto some = resample(X, y, SmoteNc{.nominal = {3, 4}});
  CHECK(some.counts[1].after == 40);
  CHECK(note_of(some.plan).starts_with("the median deviation of the numbers is 0: took "));

  X.col(2).setConstant(-7);
  const auto none = resample(X, y, SmoteNc{.nominal = {3, 4}, .k_neighbors = 1});
  CHECK(note_of(none.plan) ==
        "no number deviates in the class: the nearest rows are those that agree in most categories");
  for (Index row = 60; row < none.plan.size(); ++row) {
    const auto agreeing = [&](Index a, Index b) { return (X(a, 3) == X(b, 3)) + (X(a, 4) == X(b, 4)); };
    const auto& [base, neighbor, step] = none.plan[row];
    for (const Index other : members(y, 1))
      if (other != base) CHECK(agreeing(base, neighbor) >= agreeing(base, other));
  }
}

TEST_CASE("a space takes the place of the numbers, in Med too", "[smote_nc]") {
  auto X = mixed(Kind::continuous, 120, 2, 1);
  const auto y = sets::labels({80, 40});
  const Matrix<double> Z = X.leftCols(2);
  const auto own = make_plan(X, y, SmoteNc{.nominal = {2}});
  CHECK(make_plan(Data(X, y).space(Z), SmoteNc{.nominal = {2}}) == own);  // the numbers themselves
  const Matrix<double> scaled = Z * 4;
  CHECK(make_plan(Data(X, y).space(scaled), SmoteNc{.nominal = {2}}) == own);  // Med grows with the distances
  Matrix<double> one = Z;
  one.col(0).setZero();
  CHECK_FALSE(make_plan(Data(X, y).space(one), SmoteNc{.nominal = {2}}) == own);
}

TEST_CASE("all categories equal, all rows equal, small classes: no crash, policies hold", "[smote_nc]") {
  auto X = mixed(Kind::continuous, 60, 2, 2);
  X.rightCols(2).setConstant(3);
  const auto y = sets::labels({40, 20});
  const auto out = resample(X, y, SmoteNc{.nominal = {2, 3}, .seed = 9});
  CHECK((out.X.rightCols(2).array() == 3).all());
  const Matrix<double> same = Matrix<double>::Constant(60, 3, 4);
  CHECK(resample(same, y, SmoteNc{.nominal = {1}}).X == Matrix<double>::Constant(80, 3, 4));

  const SmoteNc clamp{.nominal = {2, 3}, .too_few_neighbors = TooFewNeighbors::clamp};
  const SmoteNc copies{.nominal = {2, 3}, .too_few_neighbors = TooFewNeighbors::duplicate};
  CHECK_THROWS_AS(resample(X, sets::labels({55, 5}), SmoteNc{.nominal = {2, 3}}), TooFewRows);
  CHECK(resample(X, sets::labels({55, 5}), clamp).counts[1].after == 55);
  CHECK(resample(X, sets::labels({58, 2}), clamp).counts[1].after == 58);
  CHECK(resample(X, sets::labels({59, 1}), copies).counts[1].after == 59);
}

TEST_CASE("float rows make the plans of the same values in double", "[smote_nc]") {
  const Matrix<float> single = mixed(Kind::continuous, 100, 2, 2).cast<float>();
  const Matrix<double> wide = single.cast<double>();
  const auto y = sets::labels({70, 30});
  CHECK(make_plan(single, y, SmoteNc{.nominal = {2, 3}}) == make_plan(wide, y, SmoteNc{.nominal = {2, 3}}));
}

TEST_CASE("SmoteNc refuses what is no code and options out of range, and is a value", "[smote_nc]") {
  auto X = mixed(Kind::continuous, 60, 2, 2);
  const auto y = sets::labels({40, 20});
  CHECK_THROWS_AS(resample(X, y, SmoteNc{.nominal = {4}}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, SmoteNc{.nominal = {2, 2}}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, SmoteNc{.nominal = {1, 2}}), BadValue);  // column 1 holds numbers
  CHECK_THROWS_WITH(resample(X, y, SmoteNc{.nominal = {2}, .k_neighbors = 0}),
                    "SmoteNc: k_neighbors is 0; it must be at least 1");
  CHECK(SmoteNc{.nominal = {1}} == SmoteNc{.nominal = {1}});
  CHECK_FALSE(SmoteNc{.nominal = {1}} == SmoteNc{.nominal = {2}});
  CHECK(SmoteNc{.nominal = {1, 4}, .seed = 7}.describe() ==
        "SmoteNc{.nominal = {1, 4}, .k_neighbors = 5, .strategy = balance(), .seed = 7, .draws = Draws::even, "
        ".too_few_neighbors = TooFewNeighbors::error, .space = {}}");
}
