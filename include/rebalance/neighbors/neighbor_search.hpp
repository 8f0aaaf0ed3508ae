// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/brute_force.hpp>
#include <rebalance/neighbors/kd_tree.hpp>
#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace v0 {

namespace detail {

/// The faster search for this many points and columns; the answer is the same from both.
/// A tree loses its advantage at a dimension that grows slowly with the number of points (benchmarks/neighbors).
inline Backend chosen_backend(const Execution& how, Index points, Index columns) {
  if (how.backend != Backend::automatic) return how.backend;
  const double most_columns = 0.7 * std::log2(static_cast<double>(points) + 1);
  return static_cast<double>(columns) <= most_columns ? Backend::kd_tree : Backend::brute_force;
}

/// The search itself, by any metric over rows laid out for it: points and queries are rows of `points.space`.
template <class Metric, class S>
NeighborTable nearest_by(const Metric& metric, const PointSet<S>& points, std::span<const Index> queries, Index k,
                         const Execution& how) {
  NeighborTable table(static_cast<Index>(queries.size()), k);
  if (chosen_backend(how, points.size(), metric.dimension()) == Backend::kd_tree) {
    const KdTree<Metric, S> tree(points, metric);
    parallel_for(how, "searching neighbors", table.queries(), 64, [&](Index first, Index last) {
      for (Index q = first; q < last; ++q) {
        const Index row = queries[static_cast<std::size_t>(q)];
        NearestSoFar best(table[q], row);
        tree.nearest(row, best);
      }
    });
  } else {
    const BruteForce<Metric, S> all(points, metric);
    parallel_for(how, "searching neighbors", table.queries(), all.query_block, [&](Index first, Index last) {
      all.nearest(queries.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first)), first,
                  table);
    });
  }
  return table;
}

/// The k nearest of each member for the others, where the metric reads rows laid out for it, one for each member.
/// The table speaks of the members' own row numbers, which are ascending and so keep the order of ties.
template <class Metric, class S>
NeighborTable nearest_within(const Metric& metric, const Matrix<S>& laid_out, std::span<const Index> members, Index k,
                             const Execution& how) {
  const auto all = all_rows(laid_out.rows());
  NeighborTable table = nearest_by(metric, PointSet<S>{view_of(laid_out), all}, all, k, how);
  for (Index q = 0; q < table.queries(); ++q)
    for (Neighbor& neighbor : table[q]) neighbor.row = members[static_cast<std::size_t>(neighbor.row)];
  return table;
}

}  // namespace detail

/// The k nearest of some rows of a matrix for other rows of it: the one door to all neighbor search.
///
/// In      space    n x d, finite, at most 1e150 in size (float: any finite value)
///         among    the rows to search, ascending
///         queries  the rows to search for; a query that stands in `among` is not its own neighbor
///         k        1 <= k <= the rows of `among` other than the query
/// Out     for each query its k nearest, ordered by (squared Euclidean distance, row number): the same table
///         from every backend, on any number of threads, for tied, duplicated and far-off-center rows too
/// Cost    k-d tree: O(n log n d) to build, then near O(log n) a query while d is small; brute force:
///         O(queries * n * d). Memory: 16 bytes a table entry, and the tree
/// Throws  InvalidOption (k out of range, with both numbers), Cancelled
template <class S>
NeighborTable nearest_neighbors(const MatrixView<S>& space, std::span<const Index> among,
                                std::span<const Index> queries, Index k, const Execution& how) {
  const auto in_set = [&](Index row) { return std::binary_search(among.begin(), among.end(), row); };
  const bool self_left_out = std::any_of(queries.begin(), queries.end(), in_set);
  const Index others = static_cast<Index>(among.size()) - (self_left_out ? 1 : 0);
  if (k < 1 || k > others)
    detail::throw_option("nearest_neighbors", "k", k,
                         detail::text({"from 1 to ", std::max(others, Index{0}), ", the number of other rows"}));
  return detail::nearest_by(Euclidean{space.cols()}, detail::PointSet<S>{space, among}, queries, k, how);
}

}  // namespace v0
}  // namespace rebalance
