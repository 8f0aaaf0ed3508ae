// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/frame.hpp>
#include <rebalance/neighbors/kd_tree.hpp>
#include <rebalance/neighbors/kernels.hpp>
#include <rebalance/neighbors/measured_rows.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/projection.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Searches a point set by a k-d tree, exactly under our order. nanoflann decides where to split; the search is ours: the rows of
/// a leaf lie side by side, so that it is scanned in vectors, leaves have boxes that fit, queries come leaf by leaf, and
/// a bound that shrinks cuts off what no longer matters. Boxes, splits and scans screen in float; the metric decides.
///
/// Build O(n log n * d); a query visits few points while d (or the dimension the data really fill) is small. Memory: the
/// points in float once more, some half filled vectors and two rows a leaf.
class TreeSearch {
 public:
  /// With a sample of the points, the tree splits what Projection makes of rows.
  TreeSearch(const MeasuredRows& rows, std::span<const Index> points, const Execution& how,
             std::span<const Index> sample = {})
      : rows_(rows), points_(points), frame_(rows, points, how), kernels_(kernels_for(vector_bytes())) {
    if (!sample.empty()) projection_.emplace(sample, frame_);
    columns_ = projection_ ? projection_->size() + 1 : rows.columns();
    box_columns_ = chunks_of(columns_, 4) * 4;
    sum_error_ = frame_.sum_error(columns_ + 256);  // `outside_` changes once at each level
    const auto n = static_cast<Index>(points.size());
    Matrix<float> placed(n, columns_);
    std::vector<float> error(points.size());
    parallel_for(how, "preparing neighbors", n, rows_per_chunk(rows.columns()), [&](Index first, Index last) {
      std::vector<double> room = frame_.room();
      for (Index i = first; i < last; ++i) {
        const double length = place(points[at(i)], placed.data() + i * columns_, room);
        error[at(i)] = static_cast<float>(frame_.error(length) * (1 + 0x1p-20));
      }
    });
    const std::size_t leaf_size = columns_ < 5 ? 16 : 128;
    tree_ = KdTreeBuilder(placed, error, leaf_size).build(how);
    pack(placed, how);
  }

  /// Tells every query what it asks for: answers[q] is that of the row queries[q]. `roughly`: of the rows in the leaf it
  /// belongs to alone.
  void ask(std::span<const Index> queries, std::span<NearestSoFar> answers, const Execution& how,
           bool roughly = false) const {
    const std::vector<std::uint32_t> order = by_leaf(queries, how);
    parallel_for(how, "searching neighbors", static_cast<Index>(queries.size()), 128, [&](Index first, Index last) {
      Walk walk(*this);
      for (Index i = first; i < last; ++i) {
        const std::size_t q = order[at(i)];
        walk.answer(queries[q], answers[q], roughly);
      }
    });
  }

  /// What queries cost on average: shares of the points that they look at, and that they measure.
  struct Trial {
    double visited = 0;
    double measured = 0;
  };
  /// Asks for the k nearest of these rows. The eighth of them that looks at most does not count: a row far from all others
  /// looks at everything, and is rare. Cost as to ask them.
  Trial trial(std::span<const Index> queries, Index k) const {
    std::vector<Neighbor> nearest(at(k));
    std::vector<std::pair<std::uint64_t, std::uint64_t>> seen_and_measured;
    for (const Index query : queries) {
      Walk walk(*this);
      NearestSoFar answer(nearest, query);
      walk.answer(query, answer);
      seen_and_measured.emplace_back(walk.rows_seen(), walk.rows_measured());
    }
    std::sort(seen_and_measured.begin(), seen_and_measured.end());
    if (seen_and_measured.size() > 1)
      seen_and_measured.resize(seen_and_measured.size() - (seen_and_measured.size() + 7) / 8);
    Trial out;
    const auto all = static_cast<double>(seen_and_measured.size() * points_.size());
    for (const auto& [seen, measured] : seen_and_measured) {
      out.visited += static_cast<double>(seen) / all;
      out.measured += static_cast<double>(measured) / all;
    }
    return out;
  }

 private:
  static std::size_t at(Index i) noexcept { return static_cast<std::size_t>(i); }

  /// Writes a row as the tree sees it; returns its length.
  double place(Index row, float* to, std::vector<double>& room) const {
    if (!projection_) return frame_.place(row, to, 1, room);
    frame_.place_exactly(row, room);
    const double length = Projection::length_of(room);
    projection_->apply(room, to);
    return length;
  }

  /// Lays the rows of each leaf side by side in tiles of its own, and a box around them.
  void pack(const Matrix<float>& placed, const Execution& how) {
    const auto tile = static_cast<std::uint32_t>(kernels_.tile_rows);
    const Index columns = columns_;
    first_tile_.assign(1, 0);
    for (const TreeLeaf& leaf : tree_.leaves)
      first_tile_.push_back(first_tile_.back() + (leaf.last - leaf.first + tile - 1) / tile);
    values_.resize(std::size_t{first_tile_.back()} * tile * at(columns));
    boxes_.resize(2 * tree_.leaves.size() * at(box_columns_));
    parallel_for(how, "preparing neighbors", static_cast<Index>(tree_.leaves.size()), 64, [&](Index first, Index last) {
      for (Index l = first; l < last; ++l) {
        const TreeLeaf& leaf = tree_.leaves[at(l)];
        float* const to = values_.data() + std::size_t{first_tile_[at(l)]} * tile * at(columns);
        std::fill_n(to, std::size_t{first_tile_[at(l) + 1] - first_tile_[at(l)]} * tile * at(columns),
                    std::numeric_limits<float>::infinity());
        for (Index j = 0; j < columns; ++j) {
          float low = std::numeric_limits<float>::max(), high = std::numeric_limits<float>::lowest();
          for (std::uint32_t i = 0; i < leaf.last - leaf.first; ++i) {
            const float value = placed(tree_.order[leaf.first + i], j);
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
    if (std::equal(queries.begin(), queries.end(), points_.begin(), points_.end())) return tree_.order;
    std::vector<std::uint32_t> leaf(queries.size());
    parallel_for(how, "preparing neighbors", static_cast<Index>(queries.size()), rows_per_chunk(rows_.columns()),
                 [&](Index first, Index last) {
                   std::vector<float> query(at(columns_));
                   std::vector<double> room = frame_.room();
                   for (Index q = first; q < last; ++q) {
                     place(queries[at(q)], query.data(), room);
                     leaf[at(q)] = leaf_of(query.data()).next;
                   }
                 });
    std::vector<std::uint32_t> first(tree_.leaves.size() + 1, 0), order(queries.size());
    for (const std::uint32_t l : leaf) ++first[l + 1];
    for (std::size_t l = 1; l < first.size(); ++l) first[l] += first[l - 1];
    for (std::uint32_t q = 0; q < leaf.size(); ++q) order[first[leaf[q]]++] = q;
    return order;
  }

  /// The nearer side first; where both are equally near, as among duplicates, the one with the smallest row number.
  bool goes_left(std::uint32_t number, float value) const {
    const TreeNode& node = tree_.nodes[number];
    const float side = (value - node.low) + (value - node.high);
    if (side != 0) return side < 0;
    return tree_.nodes[number + 1].least_row < tree_.nodes[node.next].least_row;
  }
  const TreeNode& leaf_of(const float* query) const {
    std::uint32_t n = 0;
    for (;;) {
      const TreeNode& node = tree_.nodes[n];
      if (node.column < 0) return node;
      n = goes_left(n, query[node.column]) ? n + 1 : node.next;
    }
  }

  /// One query at a time on its way through the tree.
  class Walk {
   public:
    explicit Walk(const TreeSearch& search)
        : search_(search),
          room_(search.frame_.room()),
          query_(at(search.box_columns_)),
          outside_(at(search.columns_)) {}

    void answer(Index row, NearestSoFar& answer, bool roughly = false) {
      row_ = row;
      answer_ = &answer;
      const double length = search_.place(row, query_.data(), room_);
      error_ = search_.frame_.error(length);
      if (!search_.frame_.has_room_for(length)) return ask_all_points();
      if (roughly) {
        shrink();
        return scan(search_.leaf_of(query_.data()));
      }
      std::fill(outside_.begin(), outside_.end(), 0.0f);
      shrink();
      visit(0, 0);
    }

    std::uint64_t rows_seen() const { return rows_seen_; }
    std::uint64_t rows_measured() const { return rows_measured_; }

   private:
    /// `apart` bounds the squared distance to what lies below the node from below: the sum of `outside_`.
    void visit(std::uint32_t number, float apart) {
      const TreeNode& node = search_.tree_.nodes[number];
      if (answer_->rules_out_from(search_.points_[node.least_row])) return;
      if (node.column < 0) return scan(node);
      const auto column = static_cast<std::size_t>(node.column);
      const float value = query_[column];
      const bool left = search_.goes_left(number, value);
      visit(left ? number + 1 : node.next, apart);

      const float beyond = left ? node.high - value : value - node.low;
      const float before = outside_[column], now = beyond > 0 ? std::max(before, beyond * beyond) : before;
      const float farther = apart - before + now;
      const std::uint32_t other = left ? node.next : number + 1;
      // The limit of the whole tree is at hand and most often enough; but one far row must not blur all others.
      if (farther > limit_ || farther > limit(search_.tree_.nodes[other].error)) return;
      outside_[column] = now;
      visit(other, farther);
      outside_[column] = before;
    }

    void scan(const TreeNode& node) {
      const TreeLeaf& leaf = search_.tree_.leaves[node.next];
      const float most = limit(node.error);
      if (squared_to_box(query_.data(), search_.box(static_cast<Index>(node.next)), search_.box_columns_) > most)
        return;
      const Index columns = search_.columns_, tile = search_.kernels_.tile_rows;
      const Index first_tile = search_.first_tile_[node.next], tiles = search_.first_tile_[node.next + 1] - first_tile;
      const float* values = search_.values_.data() + first_tile * tile * columns;
      rows_seen_ += leaf.last - leaf.first;
      RowBits hits = 0;
      for (Index t = 0;; ++t) {
        t = search_.kernels_.next_within(query_.data(), values, columns, limit(node.error), t, tiles, hits);
        if (t >= tiles) return;
        for (; hits != 0; hits &= hits - 1) {
          const Index i = leaf.first + t * tile + std::countr_zero(hits);
          if (i < leaf.last) offer(search_.points_[search_.tree_.order[at(i)]]);
        }
      }
    }

    void offer(Index row) {
      if (answer_->rules_out_from(row)) return;
      ++rows_measured_;
      if (answer_->offer({search_.rows_.between(row_, row), row})) shrink();
    }
    void shrink() {
      radius_ = answer_->worst() < 0 ? -1 : search_.frame_.radius(answer_->worst()) + error_;
      limit_ = limit(search_.tree_.nodes.front().error);
    }

    /// The largest squared distance in floats that may matter to the query, of rows misplaced by `error` at most.
    float limit(float error) const {
      if (radius_ < 0) return -1;
      const double within = radius_ + static_cast<double>(error);
      return static_cast<float>(within * within * search_.sum_error_);
    }

    /// For a query so far from all points that floats are of no use.
    void ask_all_points() {
      for (const Index row : search_.points_) offer(row);
    }

    const TreeSearch& search_;
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

  const MeasuredRows& rows_;
  std::span<const Index> points_;
  Frame frame_;
  Kernels kernels_;
  std::optional<Projection> projection_;
  Index columns_ = 0;      // of rows as the tree sees them
  Index box_columns_ = 0;  // filled up to whole vectors
  double sum_error_ = 1;
  KdTree tree_;                            // of the points, by their numbers among them
  std::vector<std::uint32_t> first_tile_;  // of each leaf, and the end
  std::vector<float> values_;              // tiles of the leaves
  std::vector<float> boxes_;               // of each leaf, the least values of the columns and the greatest
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
