// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// How the rows of a class stand among the others: safe, in danger, or noise.
struct Border {
  std::vector<Index> in_danger;  ///< by their place in the class, ascending
  std::vector<Index> noise;      ///< likewise
};

/// Tells the rows of class c apart by their m nearest rows of the whole set: at least half of them of other classes is
/// danger, all of them is noise. Half is one of real numbers: of 5 neighbors, 3.
///
/// Nobody needs to know which rows these are. Fewer than half are of other classes if and only if the (m/2 + 1)-th row of
/// its own comes before enough of the others, and all are if and only if m of the others come before the first of its
/// own: two questions about numbers, where each search stops as soon as it can tell.
///
/// In    own  of each row of the class the nearest others of it; m/2 + 1 of them or, in a smaller class, all
/// Cost  two bounded searches for each row in the other classes; memory O(rows of the set) and, for what
///       a search counts, O(rows of the class * m)
template <class S>
Border border_of(const DataView<S>& data, std::uint32_t c, const NeighborTable& own, Index m, const Execution& how) {
  const auto members = data.classes.members(c);
  const std::vector<Index> others = data.classes.others(c);
  if (others.empty()) return {};
  const NeighborSearch search(Euclidean{data.space.cols()}, PointSet<S>{data.space, others},
                              static_cast<Index>(members.size()), m - m / 2, how);

  /// The places of those before whose nearest own row of this rank so many of the others come.
  const auto outnumbered = [&](const std::vector<Index>& places, Index rank, Index count) {
    if (own.k() < rank) return places;
    std::vector<Index> rows;
    std::vector<Neighbor> limits;
    for (const Index place : places) {
      rows.push_back(members[static_cast<std::size_t>(place)]);
      limits.push_back(own[place][static_cast<std::size_t>(rank - 1)]);
    }
    const std::vector<Index> before = search.count_within(rows, limits, count);
    std::vector<Index> out;
    for (std::size_t i = 0; i < places.size(); ++i)
      if (before[i] == count) out.push_back(places[i]);
    return out;
  };

  const auto unsafe = outnumbered(all_rows(static_cast<Index>(members.size())), m / 2 + 1, m - m / 2);
  Border out{{}, outnumbered(unsafe, 1, m)};
  std::set_difference(unsafe.begin(), unsafe.end(), out.noise.begin(), out.noise.end(),
                      std::back_inserter(out.in_danger));
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
