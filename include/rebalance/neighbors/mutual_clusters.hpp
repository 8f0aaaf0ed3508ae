// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What mutual_clusters links.
struct MutualClusters {
  Index k_neighbors = 5;     ///< how far rows look, at least 1
  NeighborSpace space = {};  ///< where they look
  friend bool operator==(const MutualClusters&, const MutualClusters&) = default;
};

namespace detail {

/// Sets that are joined; each is known by its smallest member. Tarjan 1975, with path halving.
class DisjointSets {
 public:
  explicit DisjointSets(Index count) : parent_(static_cast<std::size_t>(count)) {
    std::iota(parent_.begin(), parent_.end(), Index{0});
  }
  Index of(Index i) {
    while (parent_[at(i)] != i) i = parent_[at(i)] = parent_[at(parent_[at(i)])];
    return i;
  }
  void join(Index a, Index b) {
    a = of(a);
    b = of(b);
    parent_[at(std::max(a, b))] = std::min(a, b);
  }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  std::vector<Index> parent_;
};

}  // namespace detail

/// A cluster for each row, to be used as strata: new rows then never bridge two of them.
///
///     const Data data(X, y);
///     resample(Data(X, y).strata(mutual_clusters(data)), Smote{});
///
/// Two rows of a class are linked if each is among the k nearest of its class to the other; clusters are what links
/// connect. Far blobs are apart for any k below their size, while in one cloud of rows k = 5 leaves few rows alone; raise k
/// where it does, and choose SmallStratum::whole_class for the rest. Make them of training rows: clusters of all rows have
/// seen the test side.
///
/// Out     a number for each of the n rows, counted up from 0 in the order of the clusters' first rows
/// Cost    that of the k nearest neighbors within each class; memory O(n k)
/// Throws  InvalidOption (k below 1), BadValue (not finite)
/// Source  Brito, Chavez, Quiroz, Yukich, "Connectivity of the mutual k-nearest-neighbor graph in clustering and outlier
///         detection", Statistics & Probability Letters 35 (1), 1997
template <class S, class L>
std::vector<std::uint32_t> mutual_clusters(const Execution& how, const Data<S, L>& data,
                                           const MutualClusters& options = {}) {
  if (options.k_neighbors < 1)
    detail::throw_option("mutual_clusters", "k_neighbors", options.k_neighbors, "at least 1");
  const DataView<S> given = data.view();
  detail::require_finite(detail::same_view(given.space, given.X) ? "X" : "Z", given.space, how);
  const detail::SpacedData<S> spaced("mutual_clusters", options.space, given, how);

  detail::DisjointSets clusters(data.rows());
  for (std::uint32_t c = 0; c < data.classes().size(); ++c) {
    const auto members = data.classes().members(c);
    const Index k = std::min(options.k_neighbors, data.classes().count(c) - 1);
    if (k < 1) continue;
    const NeighborTable table = nearest_neighbors(spaced.view().space, members, members, k, how);
    const auto lists = [&](Index row, Index other) {
      const auto place = std::lower_bound(members.begin(), members.end(), row) - members.begin();
      const auto nearest = table[place];
      return std::any_of(nearest.begin(), nearest.end(), [&](const Neighbor& n) { return n.row == other; });
    };
    for (Index q = 0; q < table.queries(); ++q)
      for (const Neighbor& neighbor : table[q]) {
        const Index row = members[static_cast<std::size_t>(q)];
        if (row < neighbor.row && lists(neighbor.row, row)) clusters.join(row, neighbor.row);
      }
  }

  std::vector<std::uint32_t> number(static_cast<std::size_t>(data.rows())), out;
  std::uint32_t next = 0;
  for (Index row = 0; row < data.rows(); ++row) {
    const Index first = clusters.of(row);
    if (first == row) number[static_cast<std::size_t>(row)] = next++;
    out.push_back(number[static_cast<std::size_t>(first)]);
  }
  return out;
}
/// The same on one thread.
template <class S, class L>
std::vector<std::uint32_t> mutual_clusters(const Data<S, L>& data, const MutualClusters& options = {}) {
  return mutual_clusters(Execution{}, data, options);
}

}  // inline namespace
}  // namespace rebalance
