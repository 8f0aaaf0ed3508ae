// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <rebalance/over_sampling/smote.hpp>

#include <limits>
#include <map>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace smote_test {

using namespace rebalance;
using sets::Kind;

std::vector<Index> members(const std::vector<int>& y, int label) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < y.size(); ++i)
    if (y[i] == label) rows.push_back(static_cast<Index>(i));
  return rows;
}

TEST_CASE("figure: four minority rows on a line, one neighbor each", "[smote]") {
  // x = 0, 1, 3, 7: the nearest are 1, 0, 1, 3
  Matrix<double> X(10, 1);
  X << 0, 1, 3, 7, 100, 101, 102, 103, 104, 105;
  const std::vector<int> y{1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
  const auto out = resample(X, y, Smote{.k_neighbors = 1, .seed = 5});
  REQUIRE(out.X.rows() == 12);
  const std::map<Index, Index> nearest{{0, 1}, {1, 0}, {2, 1}, {3, 2}};
  for (Index row = 10; row < 12; ++row) {
    CHECK(out.plan[row].neighbor == nearest.at(out.plan[row].base));
    CHECK(out.y[static_cast<std::size_t>(row)] == 1);
  }
  CHECK(out.plan[10].base != out.plan[11].base);
}

TEMPLATE_TEST_CASE("every synthetic row lies between a row and one of its k nearest of the same class", "[smote]",
                   float, double) {
  using S = TestType;
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::far_off, Kind::constant_columns);
  const bool per_feature = GENERATE(false, true);
  const auto draws = GENERATE(Draws::even, Draws::imbalanced_learn);
  if (per_feature && draws == Draws::imbalanced_learn) return;
  const auto X = sets::features<S>(kind, 330, 4);
  const auto y = sets::labels({200, 100, 30});
  const Smote smote{.k_neighbors = 4, .seed = 11, .draws = draws, .per_feature = per_feature};
  const auto out = resample(X, y, smote);
  REQUIRE(out.X.rows() == 600);
  CHECK(out.X.topRows(330) == X);
  for (Index row = 330; row < 600; ++row) {
    const Origin& origin = out.plan[row];
    const int label = out.y[static_cast<std::size_t>(row)];
    CHECK(y[static_cast<std::size_t>(origin.base)] == label);
    CHECK(y[static_cast<std::size_t>(origin.neighbor)] == label);
    CHECK(origin.step >= 0);
    CHECK(origin.step < 1);
    const auto near = sets::nearest(X, members(y, label), origin.base, 4);
    CHECK(std::any_of(near.begin(), near.end(), [&](const Neighbor& n) { return n.row == origin.neighbor; }));
    for (Index j = 0; j < 4; ++j) {
      CHECK(out.X(row, j) >= std::min(X(origin.base, j), X(origin.neighbor, j)));
      CHECK(out.X(row, j) <= std::max(X(origin.base, j), X(origin.neighbor, j)));
      if (X(origin.base, j) == X(origin.neighbor, j)) CHECK(out.X(row, j) == X(origin.base, j));
    }
  }
}

TEST_CASE("a double row is exactly base + step * (neighbor - base)", "[smote]") {
  const auto X = sets::features(Kind::continuous, 100, 3);
  const auto out = resample(X, sets::labels({70, 30}), Smote{.seed = 2});
  for (Index row = 100; row < out.plan.size(); ++row)
    for (Index j = 0; j < 3; ++j) {
      const auto& [base, neighbor, step] = out.plan[row];
      const volatile double product = step * (X(neighbor, j) - X(base, j));
      CHECK(out.X(row, j) == X(base, j) + product);
    }
}

TEST_CASE("every base is used floor or ceil times, and counts are exact", "[smote]") {
  const auto X = sets::features(Kind::duplicates, 330, 2);
  const auto y = sets::labels({200, 100, 30});
  const auto out = resample(X, y, Smote{.strategy = counts({{1, 250}, {2, 107}}), .seed = 1});
  CHECK(out.counts == std::vector<ClassChange<int>>{{0, 200, 200}, {1, 100, 250}, {2, 30, 107}});
  std::map<Index, Index> used;
  for (Index row = 330; row < out.plan.size(); ++row) ++used[out.plan[row].base];
  for (const Index base : members(y, 1)) CHECK((used[base] == 1 || used[base] == 2));
  for (const Index base : members(y, 2)) CHECK((used[base] == 2 || used[base] == 3));
}

TEST_CASE("two classes that are shifted copies do not get the same cloud", "[smote]") {
  // In imbalanced-learn they do: it restarts its stream for every class.
  const auto half = sets::features(Kind::continuous, 20, 2);
  Matrix<double> X(100, 2);
  X << half, half.array() + 100, sets::features(Kind::continuous, 60, 2, 9);
  std::vector<int> y(20, 1);
  y.insert(y.end(), 20, 2);
  y.insert(y.end(), 60, 0);
  const auto out = resample(X, y, Smote{.seed = 4});
  int same = 0;
  for (Index row = 100; row < 140; ++row) same += out.plan[row].step == out.plan[row + 40].step;
  CHECK(same == 0);
}

TEST_CASE("a class with no more rows than k follows the policy", "[smote]") {
  const auto X = sets::features(Kind::continuous, 33, 2);
  const auto y = sets::labels({30, 3});
  CHECK_THROWS_WITH(resample(X, y, Smote{}),
                    "Smote: class 1 has 3 rows but k_neighbors = 5 needs at least 6; lower k_neighbors, or choose "
                    ".too_few_neighbors = "
                    "TooFewNeighbors::clamp (use the neighbors there are) or ::duplicate (copy rows)");
  const auto clamped = resample(X, y, Smote{.too_few_neighbors = TooFewNeighbors::clamp});
  CHECK(clamped.counts[1].after == 30);
  REQUIRE(clamped.plan.notes().size() == 1);
  const auto copied = resample(X, y, Smote{.too_few_neighbors = TooFewNeighbors::duplicate});
  for (Index row = 33; row < copied.plan.size(); ++row) {
    CHECK(copied.plan[row].neighbor == copied.plan[row].base);
    CHECK(copied.plan[row].synthetic());
    CHECK(copied.X.row(row) == X.row(copied.plan[row].base));
  }
  const auto one = sets::labels({32, 1});
  CHECK_THROWS_AS(resample(X, one, Smote{.too_few_neighbors = TooFewNeighbors::clamp}), TooFewRows);
  CHECK(resample(X, one, Smote{.too_few_neighbors = TooFewNeighbors::duplicate}).counts[1].after == 32);
  CHECK(resample(X, y, Smote{.draws = Draws::imbalanced_learn, .too_few_neighbors = TooFewNeighbors::clamp})
            .counts[1]
            .after == 30);
}

TEST_CASE("a class that needs no rows is not searched, so its size does not matter", "[smote]") {
  const auto X = sets::features(Kind::continuous, 53, 2);
  const auto y = sets::labels({30, 20, 3});
  CHECK_NOTHROW(resample(X, y, Smote{.strategy = counts({{1, 25}})}));
}

TEST_CASE("options out of range are refused", "[smote]") {
  const auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = sets::labels({40, 20});
  CHECK_THROWS_WITH(resample(X, y, Smote{.k_neighbors = 0}), "Smote: k_neighbors is 0; it must be at least 1");
  CHECK_THROWS_AS(resample(X, y, Smote{.k_neighbors = -3}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, Smote{.draws = Draws::imbalanced_learn, .per_feature = true}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, Smote{.seed = 1ull << 32, .draws = Draws::imbalanced_learn}), InvalidOption);
}

TEST_CASE("numbers beyond any memory are refused, not overflowed", "[smote]") {
  const auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = sets::labels({40, 20});
  constexpr Index huge = std::numeric_limits<Index>::max();
  CHECK_THROWS_AS(resample(X, y, Smote{.strategy = counts({{1, huge}})}), InvalidOption);
  CHECK_THROWS_AS(resample(X, y, RandomOverSampler{.strategy = counts({{0, huge / 1024}, {1, huge / 1024}})}),
                  InvalidOption);
  CHECK_THROWS_AS(resample(X, y, Smote{.k_neighbors = huge}), TooFewRows);
  CHECK(resample(X, y, Smote{.k_neighbors = huge, .too_few_neighbors = TooFewNeighbors::clamp}).counts[1].after == 40);
}

TEST_CASE("Smote is a value that can be compared and written down", "[smote]") {
  CHECK(Smote{.seed = 1} == Smote{.seed = 1});
  CHECK_FALSE(Smote{.seed = 1} == Smote{.seed = 2});
  CHECK(Smote{.k_neighbors = 3, .strategy = ratio(0.5), .seed = 7}.describe() ==
        "Smote{.k_neighbors = 3, .strategy = ratio(0.5), .seed = 7, .draws = Draws::even, .per_feature = false, "
        ".too_few_neighbors = TooFewNeighbors::error, .space = {}}");
}

}  // namespace smote_test
