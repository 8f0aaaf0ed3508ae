// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/smote_n.hpp>

#include <map>
#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

constexpr int A = 0, B = 1, C = 2, D = 3, E = 4, F = 5, G = 6, H = 7, N = 13;

/// The value difference by its definition: counts over all rows for each pair asked.
double value_difference(const Matrix<double>& X, const std::vector<int>& y, int classes, Index a, Index b) {
  double sum = 0;
  for (Index j = 0; j < X.cols(); ++j) {
    double delta = 0;
    for (int c = 0; c < classes; ++c) {
      double share[2];
      for (const int side : {0, 1}) {
        const double value = X(side == 0 ? a : b, j);
        double rows = 0, of_class = 0;
        for (Index i = 0; i < X.rows(); ++i)
          if (X(i, j) == value) {
            ++rows;
            of_class += y[static_cast<std::size_t>(i)] == c;
          }
        share[side] = of_class / rows;
      }
      delta += std::abs(share[0] - share[1]);
    }
    const volatile double square = delta * delta;
    sum += square;
  }
  return sum;
}

}  // namespace

TEST_CASE("the example of the paper", "[smote_n]") {
  // Section 6.2: F1 = A B C D E with its two nearest neighbors F2 = A F C G N and F3 = H B C D N gives A B C D N.
  const Matrix<double> X{{A, B, C, D, E}, {A, F, C, G, N}, {H, B, C, D, N}, {E, E, E, E, E},
                         {E, E, E, E, A}, {E, E, E, A, A}, {E, E, A, A, A}};
  const std::vector<std::string> y{"rare", "rare", "rare", "other", "other", "other", "other"};
  const auto out = resample(X, y, SmoteN{.k_neighbors = 2});
  REQUIRE(out.plan.size() == 8);
  CHECK(out.y[7] == "rare");
  CHECK(out.X.row(7) == Matrix<double>{{A, B, C, D, N}}.row(0));  // the base votes too, whichever of the three it is
  CHECK(out.plan.donors(7).size() == 5);
  for (const Donor& donor : out.plan.donors(7)) CHECK(X(donor.row, donor.column) == out.X(7, donor.column));
}

TEST_CASE("every cell wins the vote of the base and its k nearest by the oracle's distances", "[smote_n]") {
  const int categories = GENERATE(2, 4, 9);
  std::mt19937 engine(static_cast<unsigned>(categories));
  Matrix<double> X(150, 5);
  for (double& code : X.reshaped())
    code = static_cast<double>(engine() % static_cast<unsigned>(categories)) * 3;  // gaps in the codes
  const auto y = sets::labels({90, 40, 20});
  const auto out = resample(X, y, SmoteN{.k_neighbors = 4, .seed = 3});
  CHECK(out.counts[1].after == 90);
  CHECK(out.counts[2].after == 90);
  for (Index row = 150; row < out.plan.size(); ++row) {
    const Index base = out.plan[row].base;
    std::vector<Neighbor> all;
    for (Index other = 0; other < 150; ++other)
      if (other != base && y[static_cast<std::size_t>(other)] == y[static_cast<std::size_t>(base)])
        all.push_back({value_difference(X, y, 3, base, other), other});
    std::sort(all.begin(), all.end());
    std::set<Index> voters{base};
    for (std::size_t i = 0; i < 4; ++i) voters.insert(all[i].row);
    REQUIRE(out.plan.donors(row).size() == 5);
    for (const Donor& donor : out.plan.donors(row)) {
      REQUIRE(voters.count(donor.row) == 1);
      std::map<double, int> votes;
      for (const Index voter : voters) ++votes[X(voter, donor.column)];
      for (const auto& [value, count] : votes) REQUIRE(votes[out.X(row, donor.column)] >= count);
      if (votes[X(base, donor.column)] == votes[out.X(row, donor.column)])
        REQUIRE(out.X(row, donor.column) == X(base, donor.column));
    }
  }
}

TEST_CASE("imbalanced-learn's smallest code wins a tie, ours the base's", "[smote_n]") {
  const Matrix<double> X{{2, 1}, {1, 2}, {0, 0}, {0, 3}, {3, 0}};
  const std::vector<int> y{1, 1, 0, 0, 0};
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto ours = resample(X, y, SmoteN{.k_neighbors = 1, .seed = seed});
    CHECK(ours.X.row(5) == X.row(ours.plan[5].base));
    const auto theirs = resample(X, y, SmoteN{.k_neighbors = 1, .seed = seed, .draws = Draws::imbalanced_learn});
    CHECK(theirs.X.row(5) == Matrix<double>{{1, 1}}.row(0));
  }
}

TEST_CASE("all values equal, small classes: copies, policies, no crash", "[smote_n]") {
  const Matrix<double> same = Matrix<double>::Constant(40, 3, 2);
  const auto out = resample(same, sets::labels({25, 15}), SmoteN{});
  CHECK(out.X == Matrix<double>::Constant(50, 3, 2));
  const auto X = sets::features(Kind::lattice, 40, 3);
  CHECK_THROWS_AS(resample(X, sets::labels({35, 5}), SmoteN{}), TooFewRows);
  CHECK(resample(X, sets::labels({35, 5}), SmoteN{.too_few_neighbors = TooFewNeighbors::clamp}).counts[1].after == 35);
  CHECK(resample(X, sets::labels({39, 1}), SmoteN{.too_few_neighbors = TooFewNeighbors::duplicate}).counts[1].after ==
        39);
}

TEST_CASE("a neighbor space replaces the value differences", "[smote_n]") {
  const auto X = sets::features(Kind::lattice, 60, 3);
  const auto y = sets::labels({40, 20});
  const auto Z = sets::features(Kind::continuous, 60, 2, 7);
  const auto out = resample(Data(X, y).space(Z), SmoteN{.k_neighbors = 2});
  std::vector<Index> members;
  for (Index i = 0; i < 60; ++i)
    if (y[static_cast<std::size_t>(i)] == 1) members.push_back(i);
  for (Index row = 60; row < out.plan.size(); ++row) {
    const auto near = sets::nearest(Z, members, out.plan[row].base, 2);
    for (const Donor& donor : out.plan.donors(row))
      CHECK((donor.row == out.plan[row].base || donor.row == near[0].row || donor.row == near[1].row));
  }
}

TEST_CASE("SmoteN refuses what is no code and options out of range, and is a value", "[smote_n]") {
  const auto y = sets::labels({40, 20});
  CHECK_THROWS_AS(resample(sets::features(Kind::continuous, 60, 2), y, SmoteN{}), BadValue);
  const auto X = sets::features(Kind::lattice, 60, 2);
  CHECK_THROWS_WITH(resample(X, y, SmoteN{.k_neighbors = 0}), "SmoteN: k_neighbors is 0; it must be at least 1");
  CHECK(SmoteN{.seed = 1} == SmoteN{.seed = 1});
  CHECK(SmoteN{.seed = 7}.describe() ==
        "SmoteN{.k_neighbors = 5, .strategy = balance(), .seed = 7, .draws = Draws::even, "
        ".too_few_neighbors = TooFewNeighbors::error}");
}
