// SPDX-License-Identifier: MIT
#include <rebalance/audit/profile.hpp>

#include <cmath>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace profile_test {

using namespace rebalance;
using sets::Kind;

bool advised(const Profile& profile, const std::string& words) {
  for (const std::string& sentence : profile.advice)
    if (sentence.find(words) != std::string::npos) return true;
  return false;
}

TEST_CASE("the four types of row, by hand", "[profile]") {
  // On a line, o is class 1; with 5 neighbors:
  //
  //   o o o o o o      x x o x x      x x x x x x x x
  //   0 1 2 3 4 5      100 .. 104     200 .. 207
  Matrix<double> X(19, 1);
  std::vector<int> y;
  for (Index i = 0; i < 6; ++i) X(i, 0) = static_cast<double>(i), y.push_back(1);
  for (Index i = 0; i < 5; ++i) X(6 + i, 0) = 100.0 + static_cast<double>(i), y.push_back(i == 2 ? 1 : 0);
  for (Index i = 0; i < 8; ++i) X(11 + i, 0) = 200.0 + static_cast<double>(i), y.push_back(0);
  const Profile out = profile(Data(X, y));
  REQUIRE(out.classes.size() == 2);
  const ClassProfile& o = out.classes[1];
  CHECK(o.label == Label(1));
  CHECK(o.rows == 7);
  CHECK(o.safe == 6);
  CHECK(o.rare == 1);  // its fifth neighbor is the o at 5
  CHECK(o.outlier == 0);
  CHECK(std::abs(o.overlap - 4.0 / 35) < 1e-15);
  CHECK(o.feasible_k == 6);
  REQUIRE(o.reach.size() == 5);
  CHECK(o.reach[0] == 3);    // from 2 or 3 to the fifth nearest, 5 or 0
  CHECK(o.reach[4] == 101);  // from 102 to 1
  CHECK(o.most_named == 6);
  CHECK(o.never_named == 1);
  CHECK(out.classes[0].safe == 10);  // all but 100 and 101: of 103 and 104 four are x
}

TEST_CASE("types and overlap are those of whole lists, on any number of threads", "[profile]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates);
  const auto X = sets::features(kind, 120, 2);
  const auto y = sets::labels({80, 35, 5});
  for (const Index k : {1, 5, 10}) {
    const Profile out = profile(Data(X, y), {.k_neighbors = k});
    for (int c = 0; c < 3; ++c) {
      Index safe = 0, borderline = 0, rare = 0, outlier = 0, foreign = 0, rows = 0;
      for (Index row = 0; row < 120; ++row) {
        if (y[static_cast<std::size_t>(row)] != c) continue;
        ++rows;
        Index own = 0;
        for (const Neighbor& neighbor : sets::nearest(X, sets::numbers(120), row, k))
          own += y[static_cast<std::size_t>(neighbor.row)] == c;
        foreign += k - own;
        const double share = static_cast<double>(own) / static_cast<double>(k);
        if (share >= 0.7) ++safe;
        else if (share >= 0.3) ++borderline;
        else if (share > 0) ++rare;
        else ++outlier;
      }
      const ClassProfile& found = out.classes[static_cast<std::size_t>(c)];
      CHECK(std::vector<Index>{found.safe, found.borderline, found.rare, found.outlier} ==
            std::vector<Index>{safe, borderline, rare, outlier});
      CHECK(std::abs(found.overlap - static_cast<double>(foreign) / static_cast<double>(k * rows)) < 1e-15);
      CHECK(found.safe + found.borderline + found.rare + found.outlier == found.rows);
    }
    CHECK(profile(Execution{.threads = 3}, Data(X, y), {.k_neighbors = k}) == out);
  }
}

TEST_CASE("separable classes are safe, labels of noise mostly are not", "[profile]") {
  auto X = sets::features(Kind::continuous, 400, 2);
  const auto y = sets::labels({360, 40});
  const Profile noise = profile(Data(X, y));
  CHECK(noise.classes[1].rare + noise.classes[1].outlier > 30);
  for (Index i = 0; i < 400; ++i)
    if (y[static_cast<std::size_t>(i)] == 1) X(i, 0) += 100;
  const Profile apart = profile(Data(X, y));
  CHECK(apart.classes[0].safe == 360);
  CHECK(apart.classes[1].safe == 40);
  CHECK(apart.classes[1].overlap == 0);
}

TEST_CASE("each piece of advice is given where it applies, and only there", "[profile]") {
  auto X = sets::features(Kind::continuous, 300, 2);
  for (Index i = 0; i < 300; ++i) X(i, 0) += i % 3 == 0 ? 50 : 0;
  std::vector<int> y(300);
  for (std::size_t i = 0; i < 300; ++i) y[i] = i % 3 == 0;
  const Data good(X, y);
  CHECK(profile(good).advice.empty());
  CHECK(advised(profile(good, {.k_neighbors = 9}), "outside 3 to 7"));
  CHECK(advised(profile(good, {.few_rows = 101}), "class 1 has 100 rows: new rows will be variations"));
  CHECK(advised(profile(good, {.mostly_synthetic = 0.2}), "balance() would make 25 % of the set synthetic"));
  CHECK_FALSE(advised(profile(good, {.few_rows = 101}), "class 0"));

  const auto y_few = sets::labels({296, 4});
  const Profile few = profile(Data(X, y_few));
  CHECK(advised(few, "too few for k_neighbors = 5: at most 3"));
  CHECK(advised(few, "clean the labels first"));
  const auto wide = sets::features(Kind::continuous, 300, 6);
  CHECK(advised(profile(Data(wide, y_few)), "fewer rows (4) than there are columns (6)"));
  CHECK_FALSE(advised(profile(Data(wide, y_few), {.space = {.columns = {0, 1}}}), "than there are columns"));
}

TEST_CASE("the only row of a class is nobody's neighbor", "[profile]") {
  const auto X = sets::features(Kind::continuous, 12, 2);
  std::vector<int> y(12, 0);
  y[3] = 1;
  const Profile out = profile(Data(X, y));
  CHECK(out.classes[1].never_named == 1);
  CHECK(out.classes[1].most_named == 0);
  CHECK(out.classes[1].feasible_k == 0);
}

TEST_CASE("a profile reads like this", "[profile]") {
  const Matrix<double> X{{0}, {1}, {2}, {3}, {4}, {5}, {6}, {40}, {41}, {42}};
  const std::vector<int> y{0, 0, 0, 0, 0, 0, 0, 1, 1, 1};
  CHECK(profile(Data(X, y), {.k_neighbors = 3, .few_rows = 0}).text() ==
        "10 rows, 1 columns, 3 neighbors\n"
        "class 0: 7 rows, 100 % safe, 0 % borderline, 0 % rare, 0 % outliers; 0 % of their neighbors are of other "
        "classes; 0 % "
        "are nobody's neighbor, one is that of 6\n"
        "class 1: 3 rows, 0 % safe, 100 % borderline, 0 % rare, 0 % outliers; 33 % of their neighbors are of other "
        "classes; 0 % "
        "are nobody's neighbor, one is that of 2\n"
        "- class 1 has 3 rows, too few for k_neighbors = 3: at most 2\n");
}

TEST_CASE("what cannot be profiled is refused", "[profile]") {
  const auto X = sets::features(Kind::continuous, 10, 2);
  const auto y = sets::labels({6, 4});
  CHECK_THROWS_WITH(profile(Data(X, y), {.k_neighbors = 10}),
                    "profile: k_neighbors is 10; it must be from 1 to 9, the number of other rows");
  CHECK_THROWS_AS(profile(Data(X, y), {.k_neighbors = 0}), InvalidOption);
  CHECK_THROWS_AS(profile(Data(X, std::vector<int>(10, 1))), TooFewClasses);
}

TEST_CASE("a profile names the matrix whose value is not finite", "[profile]") {
  const auto X = sets::features(Kind::continuous, 40, 2);
  Matrix<double> Z = X;
  Z(7, 1) = std::nan("");
  const Data data = Data(X, sets::labels({30, 10})).space(Z);
  CHECK_THROWS_WITH(profile(data), Catch::Matchers::StartsWith("Z(7, 1)"));
}

}  // namespace profile_test
