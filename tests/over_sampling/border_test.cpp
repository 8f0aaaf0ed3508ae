// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/border.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

/// Each row of class c against `neighbors` others of its class, as a sampler has them.
detail::Border border(const Matrix<double>& X, const std::vector<int>& y, std::uint32_t c, Index m,
                      const Execution& how = {}) {
  const Data data(X, y);
  const auto members = data.classes().members(c);
  const Index others = data.classes().count(c) - 1;
  const NeighborTable own =
      others == 0 ? NeighborTable(1, 0)
                  : nearest_neighbors(data.view().space, members, members, std::min(m / 2 + 1, others), how);
  return detail::border_of(data.view(), c, own, m, how);
}

}  // namespace

TEST_CASE("danger is half or more of the neighbors foreign, but not all", "[border]") {
  // themis had the test the other way round (its issue 235). The row at 0 is of class 1; so are as many of its nearest as
  // are not foreign, the farthest of them.
  for (const Index m : {1, 4, 5})
    for (Index foreign = 0; foreign <= m; ++foreign) {
      Matrix<double> X(12, 1);
      std::vector<int> y(12, 0);
      for (Index i = 0; i < 12; ++i) X(i, 0) = i <= m ? static_cast<double>(i) : 1000.0 + 100 * static_cast<double>(i);
      y[0] = 1;
      for (Index i = foreign + 1; i <= m; ++i) y[static_cast<std::size_t>(i)] = 1;
      y[10] = y[11] = 1;  // so that the class never ends
      const auto places = border(X, y, 1, m).in_danger;
      const bool in_danger = std::find(places.begin(), places.end(), 0) != places.end();
      CAPTURE(m, foreign);
      CHECK(in_danger == (2 * foreign >= m && foreign < m));
    }
}

TEST_CASE("danger and noise are those of whole lists, on any number of threads, by either search", "[border]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  const auto X = sets::features(kind, 260, 3);
  const auto y = sets::labels({150, 70, 39, 1});
  for (std::uint32_t c = 0; c < 4; ++c)
    for (const Index m : {1, 2, 5, 10, 100, 259}) {
      std::vector<Index> in_danger;
      Index noise = 0, place = 0;
      for (Index row = 0; row < 260; ++row) {
        if (y[static_cast<std::size_t>(row)] != static_cast<int>(c)) continue;
        Index foreign = 0;
        for (const Neighbor& neighbor : sets::nearest(X, sets::numbers(260), row, m))
          foreign += y[static_cast<std::size_t>(neighbor.row)] != static_cast<int>(c);
        noise += foreign == m;
        if (2 * foreign >= m && foreign < m) in_danger.push_back(place);
        ++place;
      }
      for (const int threads : {1, 3})
        for (const Backend backend : {Backend::kd_tree, Backend::brute_force}) {
          const auto found = border(X, y, c, m, {.threads = threads, .backend = backend});
          CAPTURE(c, m, threads);
          CHECK(found.in_danger == in_danger);
          CHECK(static_cast<Index>(found.noise.size()) == noise);
        }
    }
}

TEST_CASE("a class alone has no border", "[border]") {
  const auto found = border(sets::features(Kind::continuous, 20, 2), std::vector<int>(20, 7), 0, 5);
  CHECK(found.in_danger.empty());
  CHECK(found.noise.empty());
}
