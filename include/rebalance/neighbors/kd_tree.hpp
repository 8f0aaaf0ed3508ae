// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nanoflann.hpp>
#include <optional>
#include <span>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/frame.hpp>
#include <rebalance/neighbors/kernels.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>
#include <rebalance/neighbors/projection.hpp>

namespace rebalance {
inline namespace v0 {
namespace detail {

/// Rows as nanoflann reads them.
struct PlacedRows {
  const Matrix<float>& rows;
  std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(rows.rows()); }
  float kdtree_get_pt(std::uint32_t i, std::size_t j) const {
    return rows(static_cast<Index>(i), static_cast<Index>(j));
  }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};
using NanoflannTree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, PlacedRows>, PlacedRows,
                                                          -1, std::uint32_t>;

// Its parts are public in every version, under two spellings.
template <class Tree>
auto root_of(const Tree& tree) {
  if constexpr (requires { tree.root_node_; }) return tree.root_node_;
  else return tree.root_node;
}
template <class Tree>
const auto& order_of(const Tree& tree) {
  if constexpr (requires { tree.vAcc_; }) return tree.vAcc_;
  else return tree.vAcc;
}

/// A k-d tree over a point set, exact under our order. nanoflann (1.4.2 or newer) decides where to split; the search is
/// ours: the rows of a leaf lie side by side, so that it is scanned in vectors, leaves have boxes that fit, queries come
/// leaf by leaf, and a bound that shrinks cuts off what no longer matters. Boxes, splits and scans screen in float; the
/// metric decides. The only file that includes nanoflann.
///
/// Build O(n log n * d); a query visits few points while d (or the dimension the data really fill) is small. Memory: the
/// points in float once more, some half filled vectors and two rows a leaf.
template <class Metric, class S>
class KdTree {
 public:
  /// With a sample of the points, the tree splits what Projection makes of rows.
  KdTree(const PointSet<S>& points, const Metric& metric, const Execution& how, std::span<const Index> sample = {})
      : points_(points),
        metric_(metric),
        frame_(points, metric.columns, metric.excess(), how),
        kernels_(kernels_for<float>(vector_bytes())) {
    if (!sample.empty()) projection_.emplace(PointSet<S>{points.space, sample}, frame_);
    columns_ = projection_ ? projection_->size() + 1 : metric.columns;
    box_columns_ = chunks_of(columns_, 4) * 4;
    sum_error_ = frame_.sum_error(columns_ + 256);  // `outside_` changes once at each level
    Matrix<float> placed(points.size(), columns_);
    std::vector<double> length(points.rows.size());
    parallel_for(how, "preparing neighbors", points.size(), rows_per_chunk, [&](Index first, Index last) {
      std::vector<double> room(at(metric.columns));
      for (Index i = first; i < last; ++i)
        length[at(i)] = place(points.row(i), placed.data() + i * columns_, room);
    });
    const PlacedRows rows{placed};
    const std::size_t leaf_size = columns_ < 5 ? 16 : 128;
    const NanoflannTree tree(static_cast<int>(columns_), rows, {leaf_size});
    order_.assign(order_of(tree).begin(), order_of(tree).end());
    add_node(*root_of(tree), length);
    pack(placed, how);
  }

  /// Tells every query what it asks for: answers[q] is that of the row queries[q].
  void ask(std::span<const Index> queries, std::span<NearestSoFar> answers, const Execution& how) const {
    const std::vector<std::uint32_t> order = by_leaf(queries, how);
    parallel_for(how, "searching neighbors", static_cast<Index>(queries.size()), 128, [&](Index first, Index last) {
      Walk walk(*this);
      for (Index i = first; i < last; ++i) {
        const std::size_t q = order[at(i)];
        walk.answer(queries[q], answers[q]);
      }
    });
  }

  /// What queries cost on average: shares of the points that they look at, and that they measure.
  struct Trial {
    double visited = 0;
    double measured = 0;
  };
  /// Asks for the k nearest of these rows. Cost as to ask them.
  Trial trial(std::span<const Index> queries, Index k) const {
    std::vector<Neighbor> nearest(at(k));
    Walk walk(*this);
    for (const Index query : queries) {
      NearestSoFar answer(nearest, query);
      walk.answer(query, answer);
    }
    const auto all = static_cast<double>(queries.size() * points_.rows.size());
    return {static_cast<double>(walk.rows_seen()) / all, static_cast<double>(walk.rows_measured()) / all};
  }

 private:
  /// An inner node splits a column; its left child is the next node. A leaf has no column.
  struct Node {
    float low = 0, high = 0;      ///< the largest value on the left, the smallest on the right
    float error = 0;              ///< by how much any row below may be misplaced
    std::int32_t column = -1;
    std::uint32_t next = 0;       ///< the right child, or the number of the leaf
    std::uint32_t least_row = 0;  ///< the smallest number of a row below, as one of the points
  };
  struct Leaf {
    std::uint32_t first, last;  ///< in the order of the tree
    std::uint32_t tile, tiles;
  };

  static std::size_t at(Index i) noexcept { return static_cast<std::size_t>(i); }

  /// Writes a row as the tree sees it; returns its length.
  double place(Index row, float* to, std::vector<double>& room) const {
    if (!projection_) return frame_.place(points_.coordinates(row), to, 1);
    frame_.place_exactly(points_.coordinates(row), room.data());
    projection_->apply(room, to);
    return Eigen::Map<const Eigen::VectorXf>(to, columns_).stableNorm();
  }

  template <class From>
  std::uint32_t add_node(const From& from, const std::vector<double>& length) {
    const auto number = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    Node node;
    if (from.child1 == nullptr) {
      node.next = static_cast<std::uint32_t>(leaves_.size());
      node.least_row = std::numeric_limits<std::uint32_t>::max();
      const auto first = static_cast<std::uint32_t>(from.node_type.lr.left);
      const auto last = static_cast<std::uint32_t>(from.node_type.lr.right);
      leaves_.push_back({first, last, 0, 0});
      for (std::uint32_t i = first; i < last; ++i) {
        node.least_row = std::min(node.least_row, order_[i]);
        node.error = std::max(node.error, static_cast<float>(frame_.error(length[order_[i]]) * (1 + 0x1p-20)));
      }
    } else {
      node.column = from.node_type.sub.divfeat;
      node.low = static_cast<float>(from.node_type.sub.divlow);
      node.high = static_cast<float>(from.node_type.sub.divhigh);
      add_node(*from.child1, length);
      node.next = add_node(*from.child2, length);
      const Node &left = nodes_[number + 1], &right = nodes_[node.next];
      node.least_row = std::min(left.least_row, right.least_row);
      node.error = std::max(left.error, right.error);
    }
    nodes_[number] = node;
    return number;
  }

  /// Lays the rows of each leaf side by side in tiles of its own, and a box around them.
  void pack(const Matrix<float>& placed, const Execution& how) {
    const auto tile = static_cast<std::uint32_t>(kernels_.tile_rows);
    const Index columns = columns_;
    std::uint32_t tiles = 0;
    for (Leaf& leaf : leaves_) {
      leaf.tile = tiles;
      leaf.tiles = (leaf.last - leaf.first + tile - 1) / tile;
      tiles += leaf.tiles;
    }
    values_.resize(std::size_t{tiles} * tile * at(columns));
    boxes_.resize(2 * leaves_.size() * at(box_columns_));
    parallel_for(how, "preparing neighbors", static_cast<Index>(leaves_.size()), 64, [&](Index first, Index last) {
      for (Index l = first; l < last; ++l) {
        const Leaf& leaf = leaves_[at(l)];
        float* const to = values_.data() + std::size_t{leaf.tile} * tile * at(columns);
        std::fill_n(to, std::size_t{leaf.tiles} * tile * at(columns), std::numeric_limits<float>::infinity());
        for (Index j = 0; j < columns; ++j) {
          float low = std::numeric_limits<float>::max(), high = std::numeric_limits<float>::lowest();
          for (std::uint32_t i = 0; i < leaf.last - leaf.first; ++i) {
            const float value = placed(order_[leaf.first + i], j);
            to[(i / tile * at(columns) + at(j)) * tile + i % tile] = value;
            low = std::min(low, value);
            high = std::max(high, value);
          }
          box(l)[j] = low;
          box(l)[box_columns_ + j] = high;
        }
      }
    });
  }

  float* box(Index leaf) { return boxes_.data() + 2 * leaf * box_columns_; }
  const float* box(Index leaf) const { return boxes_.data() + 2 * leaf * box_columns_; }

  /// The numbers of the queries, those that end in the same leaf one after the other.
  std::vector<std::uint32_t> by_leaf(std::span<const Index> queries, const Execution& how) const {
    if (queries.data() == points_.rows.data() && queries.size() == points_.rows.size()) return order_;
    std::vector<std::uint32_t> leaf(queries.size());
    parallel_for(how, "preparing neighbors", static_cast<Index>(queries.size()), rows_per_chunk,
                 [&](Index first, Index last) {
                   std::vector<float> query(at(columns_));
                   std::vector<double> room(at(metric_.columns));
                   for (Index q = first; q < last; ++q) {
                     place(queries[at(q)], query.data(), room);
                     leaf[at(q)] = leaf_of(query.data());
                   }
                 });
    std::vector<std::uint32_t> first(leaves_.size() + 1, 0), order(queries.size());
    for (const std::uint32_t l : leaf) ++first[l + 1];
    for (std::size_t l = 1; l < first.size(); ++l) first[l] += first[l - 1];
    for (std::uint32_t q = 0; q < leaf.size(); ++q) order[first[leaf[q]]++] = q;
    return order;
  }

  static bool goes_left(const Node& node, float value) noexcept {
    return (value - node.low) + (value - node.high) < 0;
  }
  std::uint32_t leaf_of(const float* query) const {
    std::uint32_t n = 0;
    while (nodes_[n].column >= 0) n = goes_left(nodes_[n], query[nodes_[n].column]) ? n + 1 : nodes_[n].next;
    return nodes_[n].next;
  }

  /// One query at a time on its way through the tree.
  class Walk {
   public:
    explicit Walk(const KdTree& tree)
        : tree_(tree), room_(at(tree.metric_.columns)), query_(at(tree.box_columns_)), outside_(at(tree.columns_)) {}

    void answer(Index row, NearestSoFar& answer) {
      row_ = row;
      answer_ = &answer;
      const double length = tree_.place(row, query_.data(), room_);
      error_ = tree_.frame_.error(length);
      if (!tree_.frame_.has_room_for(length)) return ask_all_points();
      std::fill(outside_.begin(), outside_.end(), 0.0f);
      shrink();
      visit(0, 0);
    }

    std::uint64_t rows_seen() const { return rows_seen_; }
    std::uint64_t rows_measured() const { return rows_measured_; }

   private:
    /// `apart` bounds the squared distance to what lies below the node from below: the sum of `outside_`.
    void visit(std::uint32_t number, float apart) {
      const Node& node = tree_.nodes_[number];
      if (node.column < 0) return scan(node);
      const auto column = static_cast<std::size_t>(node.column);
      const float value = query_[column];
      const bool left = goes_left(node, value);
      visit(left ? number + 1 : node.next, apart);

      const float beyond = left ? node.high - value : value - node.low;
      const float before = outside_[column], now = beyond > 0 ? std::max(before, beyond * beyond) : before;
      const float farther = apart - before + now;
      if (farther > limit_) return;
      outside_[column] = now;
      visit(left ? node.next : number + 1, farther);
      outside_[column] = before;
    }

    void scan(const Node& node) {
      if (answer_->rules_out_from(tree_.points_.row(node.least_row))) return;
      const Leaf& leaf = tree_.leaves_[node.next];
      const float most = limit(node.error);
      if (squared_to_box(query_.data(), tree_.box(static_cast<Index>(node.next)), tree_.box_columns_) > most) return;
      const Index columns = tree_.columns_, tile = tree_.kernels_.tile_rows;
      const float* values = tree_.values_.data() + static_cast<Index>(leaf.tile) * tile * columns;
      rows_seen_ += leaf.last - leaf.first;
      RowBits hits = 0;
      for (Index t = 0;; ++t) {
        t = tree_.kernels_.next_within(query_.data(), values, columns, limit(node.error), t, leaf.tiles, hits);
        if (t >= leaf.tiles) return;
        for (; hits != 0; hits &= hits - 1) {
          const Index i = leaf.first + t * tile + std::countr_zero(hits);
          if (i < leaf.last) offer(tree_.points_.row(tree_.order_[at(i)]));
        }
      }
    }

    void offer(Index row) {
      if (answer_->rules_out_from(row)) return;
      ++rows_measured_;
      const auto& points = tree_.points_;
      if (answer_->offer({tree_.metric_.between(points.coordinates(row_), points.coordinates(row)), row})) shrink();
    }
    void shrink() {
      radius_ = answer_->worst() < 0 ? -1 : tree_.frame_.radius(answer_->worst()) + error_;
      limit_ = limit(tree_.nodes_.front().error);
    }

    /// The largest squared distance in floats that may matter to the query, of rows misplaced by `error` at most.
    float limit(float error) const {
      if (radius_ < 0) return -1;
      const double within = radius_ + static_cast<double>(error);
      return static_cast<float>(within * within * tree_.sum_error_);
    }

    /// For a query so far from all points that floats are of no use.
    void ask_all_points() {
      for (const Index row : tree_.points_.rows) offer(row);
    }

    const KdTree& tree_;
    std::vector<double> room_;
    std::vector<float> query_;
    std::vector<float> outside_;  // squared, by column: how far what is left lies from the query at least
    Index row_ = 0;
    NearestSoFar* answer_ = nullptr;
    double error_ = 0;
    double radius_ = 0;
    float limit_ = 0;
    std::uint64_t rows_seen_ = 0;
    std::uint64_t rows_measured_ = 0;
  };

  PointSet<S> points_;
  Metric metric_;
  Frame<float> frame_;
  Kernels<float> kernels_;
  std::optional<Projection> projection_;
  Index columns_ = 0;      // of rows as the tree sees them
  Index box_columns_ = 0;  // filled up to whole vectors
  double sum_error_ = 1;
  std::vector<std::uint32_t> order_;  // of the points, as numbers among them: leaf by leaf
  std::vector<Node> nodes_;
  std::vector<Leaf> leaves_;
  std::vector<float> values_;  // tiles of the leaves
  std::vector<float> boxes_;   // of each leaf, the least values of the columns and the greatest
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
