// SPDX-License-Identifier: MIT
#pragma once

// Borderline-SMOTE of kind 2 in the reference's order of rounding.
//
// There a new row is base + step * (weight * way), where only the way to another class has a weight. A plan holds one
// number, step * weight, so such a row may differ in its last bits. Here both numbers are drawn once more; the rows made
// of them must be the recorded ones to the last bit, and the library's own within two units in the last place.

#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "result.hpp"

namespace parity {

/// The rows of class c, of whose m nearest at least half, but not all, are of other classes.
inline std::vector<Index> rows_in_danger(const golden::View& view, int c, Index m) {
  std::vector<Index> all(view.y.size()), members, out;
  std::iota(all.begin(), all.end(), Index{0});
  for (const Index row : all)
    if (view.y[static_cast<std::size_t>(row)] == c) members.push_back(row);
  const auto table = nearest_neighbors(detail::view_of(view.X), all, members, m, {});
  for (Index q = 0; q < table.queries(); ++q) {
    Index foreign = 0;
    for (const Neighbor& neighbor : table[q]) foreign += view.y[static_cast<std::size_t>(neighbor.row)] != c;
    if (2 * foreign >= m && foreign < m) out.push_back(members[static_cast<std::size_t>(q)]);
  }
  return out;
}

/// The gap between numbers of this size.
inline double last_place(double value) {
  const double size = std::abs(value);
  return std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
}

/// volatile keeps the compiler from fusing operations: each is rounded by itself.
inline double shortened(double base, double neighbor, double step, double weight) {
  const volatile double way = neighbor - base;
  const volatile double weighted = weight * way;
  const volatile double moved = step * weighted;
  return base + moved;
}

/// Rows and steps of `ours`, made by BorderlineSmote, as the reference has them. Checks bases and steps on the way.
inline Result rounded_in_turn(const BorderlineSmote& sampler, const golden::View& view, const Result& ours) {
  Result out = ours;
  auto row = static_cast<std::size_t>(view.X.rows());
  while (row < out.y.size()) {  // class by class
    const int c = out.y[row];
    const auto danger = rows_in_danger(view, c, sampler.m_neighbors);
    const auto count = static_cast<Index>(std::count(out.y.begin() + static_cast<std::ptrdiff_t>(row), out.y.end(), c));
    detail::NumpyRandom random("BorderlineSmote", sampler.seed), weights("BorderlineSmote", sampler.seed);
    bool same = true, near = true;
    for (const Index pick : random.integers(static_cast<Index>(danger.size()) * sampler.k_neighbors, count)) {
      Origin& origin = out.origins[row];
      const double planned = origin.step;
      same = same && origin.base == danger[static_cast<std::size_t>(pick / sampler.k_neighbors)];
      origin.step = random.random();
      const bool foreign = view.y[static_cast<std::size_t>(origin.neighbor)] != c;
      const double weight = foreign ? 0.5 * weights.random() : 1;
      same = same && planned == origin.step * weight;
      for (Index j = 0; foreign && j < view.X.cols(); ++j) {
        const double base = view.X(origin.base, j), neighbor = view.X(origin.neighbor, j);
        double& value = out.X(static_cast<Index>(row), j);
        const double reference = shortened(base, neighbor, origin.step, weight);
        near = near && std::abs(value - reference) <= 2 * last_place(std::max(std::abs(base), std::abs(neighbor)));
        value = reference;
      }
      ++row;
    }
    CAPTURE(c);
    CHECK(same);
    CHECK(near);
  }
  return out;
}

}  // namespace parity
