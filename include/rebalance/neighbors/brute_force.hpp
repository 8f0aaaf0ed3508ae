// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/frame.hpp>
#include <rebalance/neighbors/kernels.hpp>
#include <rebalance/neighbors/measured_rows.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The numbers 0 .. count-1, from one of them outwards.
class Outward {
 public:
  Outward(Index count, Index from) : count_(count), down_(std::min(from, count - 1)), up_(down_ + 1) {}

  bool left() const { return down_ >= 0 || up_ < count_; }
  Index next() {
    const bool go_down = down_ >= 0 && (up_ >= count_ || go_down_);
    go_down_ = !go_down_;
    return go_down ? down_-- : up_++;
  }

 private:
  Index count_;
  Index down_, up_;  // the next on either side
  bool go_down_ = true;
};

/// Every query against every point, a strip of queries and a tile of points at a time: products screen, the metric
/// decides. The screen is |q - p|^2 = |q|^2 + |p|^2 - 2 q.p, which bounds any metric of ours from below; Frame bounds
/// its error.
///
/// Points lie in the order of their length. So those of one tile share a small bound of the error, however long a few
/// others are, and tiles too long or too short for a query are left out unseen.
/// Cost O(queries * points * d), half of it where points ask for each other. Memory: the points in floats, and O(d + k) a
/// query in work (where points ask for each other: all of them), never queries x points.
class BruteForce {
 public:
  BruteForce(const MeasuredRows& rows, std::span<const Index> points, const Execution& how)
      : rows_(rows),
        points_(points),
        frame_(rows, points, how),
        kernels_(kernels_for(vector_bytes())),
        order_(by_length(points, how)) {
    const Index n = size(), tile = kernels_.tile_rows, columns = rows.columns();
    const Index filled = chunks_of(n, tile) * tile;
    values_.resize(at(filled * columns));
    half_.assign(at(filled), std::numeric_limits<float>::infinity());
    parallel_for(how, "preparing neighbors", filled, 64 * tile, [&](Index first, Index last) {
      std::vector<double> room = frame_.room();
      for (Index i = first; i < std::min(last, n); ++i) {
        float* to = values_.data() + i / tile * tile * columns + i % tile;
        const double length = frame_.place(row_at(i), to, tile, room);
        half_[at(i)] = static_cast<float>(length * length / 2);
      }
    });
  }

  /// Whether the errors of the products are small against the distances that matter, tried with some pairs. They are not
  /// where tight clusters lie far apart: the screen would let whole clusters through.
  bool tells_apart() const {
    const Index n = size(), queries = std::min<Index>(n, 8), others = std::min<Index>(n, 128);
    Index blurred = 0;
    for (Index q = 0; q < queries; ++q)
      for (Index o = 0; o < others; ++o) {
        const Index a = q * n / queries, b = o * n / others;
        const double distance = rows_.between(row_at(a), row_at(b));
        const double radius = frame_.radius(distance);
        const double error = frame_.product_error(order_.length[at(a)] + order_.length[at(b)]);
        const double moved = frame_.error(order_.length[at(a)]) + frame_.error(order_.length[at(b)]);
        blurred += distance > 0 && (radius * radius < error || radius < moved);
      }
    return blurred <= queries * others / 100;
  }

  /// Tells every query what it asks for: answers[q] is that of the row queries[q]. `roughly`: of some points of about
  /// its length alone.
  void ask(std::span<const Index> queries, std::span<NearestSoFar> answers, const Execution& how,
           bool roughly = false) const {
    const Order near = by_length(queries, how);
    parallel_for(how, "searching neighbors", static_cast<Index>(queries.size()), query_block,
                 [&](Index first, Index last) {
                   Askers some(last - first);
                   for (Index i = first; i < last; ++i) {
                     const Index q = near.index[at(i)];
                     add(some, queries[at(q)], near.length[at(i)], answers[at(q)]);
                   }
                   ask_some(some, roughly);
                 });
  }

  /// The same where the points are the queries: each pair is looked at once, for both.
  void ask_each_other(std::span<NearestSoFar> answers, const Execution& how) const {
    const Index n = size(), blocks = chunks_of(n, pair_block);
    Askers all(n);
    for (Index i = 0; i < n; ++i) add(all, row_at(i), order_.length[at(i)], answers[at(order_.index[at(i)])]);
    place(all, how);
    const auto block_of = [&](Index block) {
      const Index first = block * pair_block;
      return std::span(all.askers).subspan(at(first), at(std::min(pair_block, n - first)));
    };

    // Near blocks first, so that bounds are tight early. Neighbors in this order share no block, but for the first few:
    // threads seldom wait for a lock.
    std::vector<Index> first_pair;  // of those so many blocks apart
    for (Index apart = 0, pairs = 0; apart < blocks; pairs += blocks - apart++) first_pair.push_back(pairs);
    std::vector<std::mutex> locks(at(blocks));
    parallel_for(how, "searching neighbors", blocks * (blocks + 1) / 2, 1, [&](Index pair, Index) {
      const Index apart = std::upper_bound(first_pair.begin(), first_pair.end(), pair) - first_pair.begin() - 1;
      const Index a = pair - first_pair[at(apart)], b = a + apart;
      const std::unique_lock first(locks[at(a)]);
      const auto second = a == b ? std::unique_lock<std::mutex>() : std::unique_lock(locks[at(b)]);
      ask_pair(block_of(a), block_of(b), b * pair_block / kernels_.tile_rows);
    });
    parallel_for(how, "searching neighbors", n, pair_block, [&](Index first, Index last) {
      for (Index i = first; i < last; ++i) measure_shortlist(all.askers[at(i)]);
    });
  }

 private:
  static constexpr Index query_block = 192;
  static constexpr Index pair_block = 480;         // whole strips and tiles, whatever their size
  static constexpr Index cached = 64 << 10;        // bytes of tiles that a block of queries reads again and again
  static constexpr std::size_t longest_list = 64;  // of neighbors that are measured late

  static std::size_t at(Index i) noexcept { return static_cast<std::size_t>(i); }

  /// Rows by length: their numbers in the list they come from, and the lengths.
  struct Order {
    std::vector<Index> index;
    std::vector<double> length;
  };

  /// A row as the screen sees it: between these distances from the one that asks.
  struct Candidate {
    double least, most;
    Index row;
  };

  /// A row that is asking, as the screen sees it.
  ///
  /// The screen bounds the Euclidean distance from above, too. So candidates are listed by that bound first, and only
  /// those that stay on the list are measured, once all points are seen: about k, not k log n. Where the list is too
  /// short to tell them apart (ties), and for other metrics, each candidate is measured at once.
  struct Asker {
    Index row;
    double length;
    double radius;  ///< of what still matters to it
    NearestSoFar* answer;
    const float* placed = nullptr;
    Candidate* list = nullptr;  ///< null: measures at once
    std::size_t listed = 0;

    bool done() const { return answer->worst() < 0; }
    std::size_t room() const { return answer->wanted() + 8; }
  };

  struct Askers {
    explicit Askers(Index count) { askers.reserve(at(count)); }
    std::vector<Asker> askers;
    std::vector<float> placed;     // a row each
    std::vector<Candidate> lists;  // one after the other
  };

  /// Tiles one after the other.
  struct Run {
    Index first;
    Index tiles;
    double shortest;
    double longest;
  };

  Order by_length(std::span<const Index> rows, const Execution& how) const {
    const auto n = static_cast<Index>(rows.size());
    std::vector<double> length(rows.size());
    parallel_for(how, "preparing neighbors", n, rows_per_chunk(rows_.columns()), [&](Index first, Index last) {
      std::vector<double> room = frame_.room();
      std::vector<float> placed(room.size());
      for (Index i = first; i < last; ++i) length[at(i)] = frame_.place(rows[at(i)], placed.data(), 1, room);
    });
    Order out{all_rows(n), std::vector<double>(rows.size())};
    std::sort(out.index.begin(), out.index.end(), [&](Index a, Index b) {
      return length[at(a)] < length[at(b)] || (length[at(a)] == length[at(b)] && a < b);
    });
    for (Index i = 0; i < n; ++i) out.length[at(i)] = length[at(out.index[at(i)])];
    return out;
  }

  /// The row of a point by its place in the order.
  Index row_at(Index i) const { return points_[at(order_.index[at(i)])]; }
  Index size() const { return static_cast<Index>(points_.size()); }

  void add(Askers& to, Index row, double length, NearestSoFar& answer) const {
    to.askers.push_back({row, length, answer.worst() < 0 ? 0 : frame_.radius(answer.worst()), &answer});
  }

  /// Gives all askers their memory and writes down where they are.
  void place(Askers& all, const Execution& how) const {
    const auto columns = at(rows_.columns());
    std::size_t listed = 0;
    const auto lists = [&](const Asker& asker) {
      return rows_.euclidean() && !asker.answer->any() && asker.answer->wanted() <= longest_list;
    };
    for (const Asker& asker : all.askers) listed += lists(asker) ? asker.room() : 0;
    all.lists.resize(listed);
    all.placed.resize(all.askers.size() * columns);
    Candidate* list = all.lists.data();
    for (std::size_t i = 0; i < all.askers.size(); ++i) {
      Asker& asker = all.askers[i];
      asker.placed = all.placed.data() + i * columns;
      if (!lists(asker)) continue;
      asker.list = list;
      list += asker.room();
    }
    parallel_for(how, "preparing neighbors", static_cast<Index>(all.askers.size()), rows_per_chunk(rows_.columns()),
                 [&](Index first, Index last) {
                   std::vector<double> room = frame_.room();
                   for (Index i = first; i < last; ++i)
                     frame_.place(all.askers[at(i)].row, all.placed.data() + i * rows_.columns(), 1, room);
                 });
  }

  Run run(Index first, Index tiles) const {
    const Index from = first * kernels_.tile_rows, to = std::min((first + tiles) * kernels_.tile_rows, size());
    return {first, tiles, order_.length[at(from)], order_.length[at(to - 1)]};
  }

  /// Whether rows of these lengths can matter to the asker: two rows are no nearer than their lengths differ.
  bool reaches(const Asker& asker, double shortest, double longest) const {
    const double apart = std::max({shortest - asker.length, asker.length - longest, 0.0});
    return apart <= (asker.radius + frame_.error(asker.length) + frame_.error(longest)) * (1 + 0x1p-40);
  }

  /// With half the squared length of the other row: the least product that matters to the asker.
  float needed(const Asker& asker, double longest) const {
    if (asker.done()) return std::numeric_limits<float>::infinity();
    const double within = asker.radius + frame_.error(asker.length) + frame_.error(longest);
    const double error = frame_.product_error(asker.length + longest);
    return static_cast<float>((asker.length * asker.length - within * within - error) / 2);
  }

  void ask_some(Askers& some, bool roughly) const {
    const Index all = chunks_of(size(), kernels_.tile_rows);
    const Index tile_bytes = static_cast<Index>(sizeof(float)) * kernels_.tile_rows * rows_.columns();
    const Index tiles = std::max<Index>(1, cached / std::max<Index>(1, tile_bytes));
    std::vector<float> nothing(at(tiles * kernels_.tile_rows), std::numeric_limits<float>::infinity());
    place(some, {});
    std::vector<Asker*> asking, within;
    for (Asker& asker : some.askers) {
      if (frame_.has_room_for(asker.length)) asking.push_back(&asker);
      else ask_all_points(asker);
    }

    const double length = some.askers.front().length;
    const auto middle = std::lower_bound(order_.length.begin(), order_.length.end(), length) - order_.length.begin();
    Outward runs(chunks_of(all, tiles), middle / kernels_.tile_rows / tiles);
    while (!asking.empty() && runs.left()) {
      const Index first = runs.next() * tiles;
      const Run points = run(first, std::min(tiles, all - first));
      within.clear();
      for (Asker* asker : asking)
        if (reaches(*asker, points.shortest, points.longest)) within.push_back(asker);
      compare(within, points, {}, nothing);
      std::erase_if(asking, [](const Asker* asker) { return asker->done(); });
      if (roughly) break;
    }
    for (Asker& asker : some.askers) measure_shortlist(asker);
  }

  void ask_pair(std::span<Asker> queries, std::span<Asker> points, Index first_tile) const {
    const Run run = this->run(first_tile, chunks_of(static_cast<Index>(points.size()), kernels_.tile_rows));
    const double shortest = queries.front().length, longest = queries.back().length;
    std::vector<Asker*> asking;
    std::vector<float> needed_by_points(at(run.tiles * kernels_.tile_rows), std::numeric_limits<float>::infinity());
    bool any = false;
    for (std::size_t p = 0; p < points.size(); ++p) {
      needed_by_points[p] = needed(points[p], longest);
      any = any || reaches(points[p], shortest, longest);
    }
    for (Asker& query : queries) any = any || reaches(query, run.shortest, run.longest);
    if (!any) return;

    for (Asker& query : queries) asking.push_back(&query);
    compare(asking, run, points, needed_by_points);
  }

  /// Shows the queries the points of a run. Points that ask as well stand behind the queries in one array.
  void compare(std::span<Asker* const> queries, const Run& run, std::span<Asker> points,
               std::vector<float>& needed_by_points) const {
    const Index tile = kernels_.tile_rows, columns = rows_.columns();
    const TileView view{values_.data() + run.first * tile * columns, half_.data() + run.first * tile,
                        needed_by_points.data(), columns};
    Hits hits;
    for (std::size_t first = 0; first < queries.size(); first += at(kernels_.strip)) {
      const auto asking = queries.subspan(first, std::min(at(kernels_.strip), queries.size() - first));
      Strip strip = strip_of(asking, run.longest);
      for (Index t = 0; (t = kernels_.next_product(strip, view, t, run.tiles, hits)) < run.tiles; ++t)
        for (std::size_t q = 0; q < asking.size(); ++q)
          for (RowBits rows = hits.rows[q]; rows != 0; rows &= rows - 1) {
            const auto p = std::countr_zero(rows);
            const Index place = t * tile + p;
            if (!points.empty() && &points[at(place)] <= asking[q]) continue;  // itself, or seen the other way round
            const float product = hits.products[q][p];
            const Index row = row_at(run.first * tile + place);
            Asker& query = *asking[q];
            const double squared = 2.0 * (static_cast<double>(strip.half[q]) + static_cast<double>(view.half[place]) -
                                          static_cast<double>(product));
            if (product >= view.half[place] + strip.need[q] && tell(query, row, squared, run.longest))
              strip.need[q] = needed(query, run.longest);
            if (product < view.need[place] + strip.half[q]) continue;
            if (tell(points[at(place)], query.row, squared, queries.back()->length))
              needed_by_points[at(place)] = needed(points[at(place)], queries.back()->length);
          }
    }
  }

  /// The queries as the kernel wants them; one that is missing stands for another and asks for nothing.
  Strip strip_of(std::span<Asker* const> queries, double longest) const {
    Strip strip;
    for (std::size_t q = 0; q < at(kernels_.strip); ++q) {
      const Asker& query = *queries[std::min(q, queries.size() - 1)];
      strip.rows[q] = query.placed;
      strip.half[q] = static_cast<float>(query.length * query.length / 2);
      strip.need[q] = q < queries.size() ? needed(query, longest) : std::numeric_limits<float>::infinity();
    }
    return strip;
  }

  /// Tells the asker of a row at this squared distance by the screen; returns whether its radius may be smaller now.
  bool tell(Asker& asker, Index row, double squared, double longest) const {
    if (asker.list == nullptr) return measure(asker, row);
    if (row == asker.row) return false;
    const double error = frame_.product_error(asker.length + longest);
    const double moved = frame_.error(asker.length) + frame_.error(longest);
    const std::size_t k = asker.answer->wanted();
    Candidate* const list = asker.list;
    std::size_t place = asker.listed;
    const Candidate candidate{std::sqrt(std::max(0.0, squared - error)) - moved,
                              std::sqrt(std::max(0.0, squared + error)) + moved, row};
    for (; place > 0 && candidate.most < list[place - 1].most; --place) list[place] = list[place - 1];
    list[place] = candidate;
    if (++asker.listed == asker.room()) {
      if (list[k - 1].most < list[asker.listed - 1].least) --asker.listed;
      else return measure_shortlist(asker);
    }
    if (asker.listed < k) return false;
    asker.radius = std::min(asker.radius, list[k - 1].most);
    return true;
  }

  /// Measures what is listed; from now on each candidate is measured at once.
  bool measure_shortlist(Asker& asker) const {
    const Candidate* const list = std::exchange(asker.list, nullptr);
    const std::size_t listed = std::exchange(asker.listed, 0);
    bool taken = false;
    for (std::size_t i = 0; i < listed; ++i) taken = measure(asker, list[i].row) || taken;
    return taken;
  }

  bool measure(Asker& asker, Index row) const {
    if (asker.answer->rules_out_from(row)) return false;
    const double distance = rows_.between(asker.row, row);
    if (!asker.answer->offer({distance, row})) return false;
    if (!asker.done()) asker.radius = frame_.radius(asker.answer->worst());
    return true;
  }

  /// For a query so far from all points that products are of no use.
  void ask_all_points(Asker& asker) const {
    for (const Index row : points_) measure(asker, row);
  }

  const MeasuredRows& rows_;
  std::span<const Index> points_;
  Frame frame_;
  Kernels kernels_;
  Order order_;                // of the points
  std::vector<float> values_;  // tiles
  std::vector<float> half_;    // of each point, half its squared length
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
