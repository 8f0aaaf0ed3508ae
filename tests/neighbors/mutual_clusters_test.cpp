// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/mutual_clusters.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

using Clusters = std::vector<std::uint32_t>;

/// The same by comparing all lists and joining until nothing changes.
Clusters oracle(const Matrix<double>& X, const std::vector<int>& y, Index k) {
  std::vector<std::set<Index>> nearest;
  for (Index row = 0; row < X.rows(); ++row) {
    std::vector<Index> own;
    for (Index other = 0; other < X.rows(); ++other)
      if (y[static_cast<std::size_t>(other)] == y[static_cast<std::size_t>(row)]) own.push_back(other);
    std::set<Index> list;
    for (const Neighbor& n : sets::nearest(X, own, row, std::min(k, static_cast<Index>(own.size()) - 1)))
      list.insert(n.row);
    nearest.push_back(list);
  }
  Clusters first(static_cast<std::size_t>(X.rows()));
  for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<std::uint32_t>(i);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t a = 0; a < first.size(); ++a)
      for (const Index b : nearest[a]) {
        if (!nearest[static_cast<std::size_t>(b)].contains(static_cast<Index>(a))) continue;
        const std::uint32_t least = std::min(first[a], first[static_cast<std::size_t>(b)]);
        changed = changed || first[a] != least || first[static_cast<std::size_t>(b)] != least;
        first[a] = first[static_cast<std::size_t>(b)] = least;
      }
  }
  Clusters seen;
  for (std::uint32_t& cluster : first) {
    if (std::find(seen.begin(), seen.end(), cluster) == seen.end()) seen.push_back(cluster);
    cluster = static_cast<std::uint32_t>(std::find(seen.begin(), seen.end(), cluster) - seen.begin());
  }
  return first;
}

}  // namespace

TEST_CASE("blobs on a line are clusters, a lone row is one of its own", "[mutual_clusters]") {
  const Matrix<double> X{{0}, {1}, {2}, {10}, {11}, {12}, {40}, {1.5}};
  const std::vector<int> y{0, 0, 0, 0, 0, 0, 0, 1};
  const Data data(X, y);
  CHECK(mutual_clusters(data, {.k_neighbors = 2}) == Clusters{0, 0, 0, 1, 1, 1, 2, 3});
  CHECK(mutual_clusters(data, {.k_neighbors = 6}) == Clusters{0, 0, 0, 0, 0, 0, 0, 1});  // all rows know each other
}

TEST_CASE("clusters are those of all lists compared, on any number of threads", "[mutual_clusters]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  const auto X = sets::features(kind, 150, 2);
  const auto y = sets::labels({100, 49, 1});
  const Data data(X, y);
  for (const Index k : {1, 2, 3, 5}) {
    const Clusters expected = oracle(X, y, k);
    CHECK(mutual_clusters(data, {.k_neighbors = k}) == expected);
    CHECK(mutual_clusters(Execution{.threads = 3}, data, {.k_neighbors = k}) == expected);
  }
}

TEST_CASE("clusters are looked for in the space they are told", "[mutual_clusters]") {
  const Matrix<double> X{{0, 0}, {0, 50}, {1, 0}, {1, 50}, {0, 1}, {0, 51}, {9, 9}};
  const std::vector<int> y{0, 0, 0, 0, 0, 0, 1};
  const Data data(X, y);
  CHECK(mutual_clusters(data, {.k_neighbors = 2}) == Clusters{0, 1, 0, 1, 0, 1, 2});
  CHECK(mutual_clusters(data, {.k_neighbors = 2, .space = {.columns = {0}}}) !=
        mutual_clusters(data, {.k_neighbors = 2}));
  CHECK_THROWS_AS(mutual_clusters(data, {.k_neighbors = 0}), InvalidOption);
}

TEST_CASE("a value of no use is called by the matrix it stands in", "[mutual_clusters]") {
  Matrix<double> X{{0}, {1}, {2}}, Z = X;
  const std::vector<int> y{0, 0, 1};
  Z(1, 0) = NAN;
  CHECK_THROWS_WITH(mutual_clusters(Data(X, y).space(Z)), Catch::Matchers::StartsWith("Z(1, 0)"));
  X(2, 0) = NAN;
  CHECK_THROWS_WITH(mutual_clusters(Data(X, y)), Catch::Matchers::StartsWith("X(2, 0)"));
}
