// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace v0 {
namespace detail {

/// Every query against every point, a tile of each at a time: a product in Eigen's packets screens, the
/// metric decides. The screen is |q - p|^2 = |q|^2 + |p|^2 - 2 q.p, which bounds any metric of ours from below.
///
/// The screen may only err by letting too many through. Its error is bounded in `allowance`; that bound is
/// small because the points are centered first, so columns far from zero do not cancel.
/// Cost O(queries * points * d); memory O(block * d) for each thread, never queries x points.
template <class Metric, class S>
class BruteForce {
 public:
  BruteForce(const PointSet<S>& points, const Metric& metric)
      : points_(points), metric_(metric), center_(static_cast<std::size_t>(metric.columns), 0.0) {
    for (const Index row : points.rows) {
      const S* from = points.coordinates(row);
      for (double& sum : center_) sum += static_cast<double>(*from++);
    }
    for (double& sum : center_) sum /= static_cast<double>(points.size());
  }

  /// The k nearest points of the rows `queries`, into the table's lines from `first_query` on.
  void nearest(std::span<const Index> queries, Index first_query, NeighborTable& table) const {
    std::vector<NearestSoFar> best;
    for (std::size_t q = 0; q < queries.size(); ++q)
      best.emplace_back(table[first_query + static_cast<Index>(q)], queries[q]);

    Block from, to;
    pack(queries, query_tile, from);
    for (std::size_t first = 0; first < points_.rows.size(); first += point_block) {
      pack(points_.rows.subspan(first, std::min(point_block, points_.rows.size() - first)), point_tile, to);
      for (std::size_t p = 0; p < to.rows.size(); p += point_tile)
        for (std::size_t q = 0; q < queries.size(); q += query_tile) screen(from, q, to, p, best.data() + q);
    }
  }

  static constexpr Index query_block = 64;

 private:
  // A tile of products fills half of the vector registers of any machine.
  static constexpr std::size_t query_tile = 4;
  static constexpr std::size_t point_tile = 2 * Eigen::internal::packet_traits<double>::size;
  static constexpr std::size_t point_block = 512;

  /// Centered rows, a tile side by side for each column; the last tile is filled up with zeros.
  struct Block {
    std::span<const Index> rows;
    std::vector<double> packed;
    std::vector<double> squared;  // |row|^2
    double longest = 0;           // largest |row|
  };

  void pack(std::span<const Index> rows, std::size_t tile, Block& out) const {
    const std::size_t columns = center_.size();
    const std::size_t tiles = (rows.size() + tile - 1) / tile;
    out.rows = rows;
    out.packed.assign(tiles * tile * columns, 0.0);
    out.squared.assign(tiles * tile, 0.0);
    double longest = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const S* from = points_.coordinates(rows[i]);
      double* to = out.packed.data() + i / tile * tile * columns + i % tile;
      double squared = 0;
      for (std::size_t j = 0; j < columns; ++j) {
        const double centered = static_cast<double>(from[j]) - center_[j];
        to[j * tile] = centered;
        squared += centered * centered;
      }
      out.squared[i] = squared;
      longest = std::max(longest, squared);
    }
    out.longest = std::sqrt(longest);
  }

  /// q.p for a tile of queries and a tile of points, in Eigen's packets: eight of them stay in registers.
  void multiply(const double* queries, const double* points, double* products) const {
    using Eigen::internal::ploadu, Eigen::internal::pmadd, Eigen::internal::pset1, Eigen::internal::pstoreu;
    using Packet = Eigen::internal::packet_traits<double>::type;
    constexpr std::size_t width = Eigen::internal::packet_traits<double>::size;
    struct Row {
      Packet left = pset1<Packet>(0.0);
      Packet right = pset1<Packet>(0.0);
    } a, b, c, d;
    for (std::size_t j = 0; j < center_.size(); ++j) {
      const Packet left = ploadu<Packet>(points + j * point_tile);
      const Packet right = ploadu<Packet>(points + j * point_tile + width);
      const auto add = [&](Row& row, double query) {
        row.left = pmadd(pset1<Packet>(query), left, row.left);
        row.right = pmadd(pset1<Packet>(query), right, row.right);
      };
      add(a, queries[j * query_tile]);
      add(b, queries[j * query_tile + 1]);
      add(c, queries[j * query_tile + 2]);
      add(d, queries[j * query_tile + 3]);
    }
    for (const Row& row : {a, b, c, d}) {
      pstoreu(products, row.left);
      pstoreu(products + width, row.right);
      products += point_tile;
    }
  }

  /// Bounds |screened - canonical| where R = |q| + |p|, u = 2^-53, by what each step errs at most, in units of
  /// u R^2: both squared lengths and the product d together; centering 2; the sums of the screen 6; the canonical
  /// distance d + 2. That is 2d + 10; twice as much costs a few more exact distances.
  double allowance(double reach) const {
    return (4.0 * static_cast<double>(center_.size()) + 32.0) * 0x1p-53 * reach * reach +
           std::numeric_limits<double>::min();  // the products of tiny features may underflow
  }

  /// Offers to each query of a tile every point of a tile that may be among its nearest.
  void screen(const Block& from, std::size_t first_query, const Block& to, std::size_t first_point,
              NearestSoFar* best) const {
    std::array<double, query_tile * point_tile> products;
    multiply(from.packed.data() + first_query * center_.size(), to.packed.data() + first_point * center_.size(),
             products.data());
    const std::size_t queries = std::min(query_tile, from.rows.size() - first_query);
    const std::size_t points = std::min(point_tile, to.rows.size() - first_point);
    for (std::size_t q = 0; q < queries; ++q) {
      const double q_q = from.squared[first_query + q];
      const double slack = allowance(std::sqrt(q_q) + to.longest);
      // |q|^2 is the same for all points and stands on this side of the comparison
      const auto bound = [&] { return best[q].full() ? best[q].worst() + slack - q_q : best[q].worst(); };
      std::array<double, point_tile> screened;
      double least = std::numeric_limits<double>::max();
      for (std::size_t p = 0; p < point_tile; ++p) {
        screened[p] = to.squared[first_point + p] - 2.0 * products[q * point_tile + p];
        least = std::min(least, screened[p]);
      }
      if (least > bound()) continue;
      const Index query = from.rows[first_query + q];
      for (std::size_t p = 0; p < points; ++p) {
        if (screened[p] > bound()) continue;
        const Index row = to.rows[first_point + p];
        best[q].offer({metric_.between(points_.coordinates(query), points_.coordinates(row)), row});
      }
    }
  }

  PointSet<S> points_;
  Metric metric_;
  std::vector<double> center_;
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
