// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/brute_force.hpp>
#include <rebalance/neighbors/measured_rows.hpp>
#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>
#include <rebalance/neighbors/tree_search.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// What some queries are told: the memory for at most k neighbors each, and what stands there so far.
class Answers {
 public:
  /// Each query asks for its k nearest.
  Answers(std::span<const Index> queries, Index k) : table_(static_cast<Index>(queries.size()), k) {
    for (std::size_t q = 0; q < queries.size(); ++q) all_.emplace_back(table_[static_cast<Index>(q)], queries[q]);
  }
  /// Each query asks for the k nearest before its limit or, if `any` are good, for k of them.
  Answers(std::span<const Index> queries, Index k, std::span<const Neighbor> limits, bool any)
      : table_(static_cast<Index>(queries.size()), k) {
    for (std::size_t q = 0; q < queries.size(); ++q)
      all_.emplace_back(table_[static_cast<Index>(q)], queries[q], limits[q], any);
  }
  Answers(Answers&&) = default;  // no copies: `all_` points into the memory of `table_`

  std::span<NearestSoFar> all() { return {all_.data(), all_.size()}; }
  const NearestSoFar& operator[](Index q) const { return all_[static_cast<std::size_t>(q)]; }
  /// All neighbors of queries that each were to find k. Throws Error if one did not: then a screen has let rows through its
  /// fingers, and no wrong neighbor shall go unnoticed.
  NeighborTable table() && {
    for (const NearestSoFar& answer : all_)
      if (!answer.full())
        throw Error(
            "a neighbor search found fewer rows than there are; this is a fault of rebalance, please report it");
    return std::move(table_);
  }

 private:
  NeighborTable table_;
  std::vector<NearestSoFar> all_;
};

/// Some rows made ready to be searched, by any metric over rows laid out for it: one preparation, any number of
/// questions. Points and queries are rows of `points.space`. That, the list of points and `how` must outlive this.
class NeighborSearch {
 public:
  /// Prepares for questions of about this kind: `queries` rows that ask for k neighbors each.
  template <class Metric, class S>
  NeighborSearch(const Metric& metric, const PointSet<S>& points, Index queries, Index k, const Execution& how)
      : rows_(std::make_unique<RowsBy<Metric, S>>(metric, points.space)),
        points_(points.rows),
        how_(how),
        report_{points.size(), queries, metric.columns, how.backend, -1} {
    choose(k);
    if (how.searching) how.searching(report_);
  }

  /// The way taken: never Backend::automatic.
  Backend backend() const noexcept { return report_.backend; }

  /// The k nearest of each query; k must not exceed the points other than the query.
  NeighborTable nearest(std::span<const Index> queries, Index k) const {
    Answers answers(queries, k);
    ask(queries, answers);
    return std::move(answers).table();
  }

  /// Of each query, the nearest k of the rows that come before its limit.
  Answers nearest_within(std::span<const Index> queries, Index k, std::span<const Neighbor> limits) const {
    Answers answers(queries, k, limits, false);
    ask(queries, answers);
    return answers;
  }

  /// Of each query, a row that its k-th nearest does not come after: found at little cost, and not far behind it.
  std::vector<Neighbor> rough_limits(std::span<const Index> queries, Index k) const {
    Answers answers(queries, k);
    if (tree_) tree_->ask(queries, answers.all(), how_, true);
    else products_->ask(queries, answers.all(), how_, true);
    std::vector<Neighbor> out;
    for (const NearestSoFar& answer : answers.all())
      out.push_back(answer.full() ? answer.found().back() : NearestSoFar::no_limit);
    return out;
  }

  /// Of each query, how many rows come before its limit, counted up to `stop_at`: it looks no further than it must.
  std::vector<Index> count_within(std::span<const Index> queries, std::span<const Neighbor> limits,
                                  Index stop_at) const {
    Answers answers(queries, stop_at, limits, true);
    ask(queries, answers);
    std::vector<Index> out;
    for (const NearestSoFar& answer : answers.all()) out.push_back(static_cast<Index>(answer.size()));
    return out;
  }

 private:
  void ask(std::span<const Index> queries, Answers& answers) const {
    if (queries.empty()) return;
    const bool each_other = std::equal(queries.begin(), queries.end(), points_.begin(), points_.end());
    if (tree_) tree_->ask(queries, answers.all(), how_);
    else if (each_other) products_->ask_each_other(answers.all(), how_);
    else products_->ask(queries, answers.all(), how_);
  }

  using Trial = TreeSearch::Trial;
  static constexpr Index trial_points = 4096;
  static constexpr Index most_rows_of_a_tree = std::numeric_limits<std::uint32_t>::max();  // as it numbers them

  void choose(Index k) {
    const bool tree_can = report_.points > 0 && std::max(report_.points, report_.queries) < most_rows_of_a_tree;
    if (how_.backend != Backend::brute_force && tree_can) try_tree(k);
    if (!tree_) {
      products_ = std::make_unique<BruteForce>(*rows_, points_, how_);
      if (how_.backend == Backend::automatic && tree_can && !products_->tells_apart()) {
        products_.reset();
        tree_ = std::make_unique<TreeSearch>(*rows_, points_, how_);
      }
    }
    report_.backend = tree_ ? Backend::kd_tree : Backend::brute_force;
  }

  /// Keeps a tree if it is worth its while. A trial tells: how much of the set a few of its rows look at, first in
  /// trees of some of the points, which spare most hopeless sets the whole one. No clock: the same for all runs.
  void try_tree(Index k) {
    const bool asked_for = how_.backend == Backend::kd_tree;
    const bool sampled = report_.points > (report_.columns < 12 ? 32'768 : 8'192) && !asked_for;
    const double gain = cost_of_products() - cost_of_tree({0, 0}) - cost_to_build(report_.points);  // at most
    if (!asked_for && gain < (sampled ? 2 * cost_to_build(trial_points) : 0)) return;
    const std::vector<Index> queries =
        spread(std::clamp<Index>(report_.queries / 64, 4, 32));  // costs little beside them
    std::span<const Index> axes_of;  // of the sample; empty: a tree of the columns as they are
    std::vector<Index> sample;
    if (sampled) {
      sample = spread(trial_points);
      const Trial plain = TreeSearch(*rows_, sample, how_).trial(queries, k);
      report_.visited_share = plain.visited;
      if (report_.columns >= 12 && plain.visited > 0.1) {
        const std::span<const Index> few = std::span<const Index>(sample).first(512);
        const Trial turned = TreeSearch(*rows_, sample, how_, few).trial(queries, k);
        if (turned.visited < 0.7 * plain.visited) {
          report_.visited_share = turned.visited;
          axes_of = few;
        }
      }
      if (report_.visited_share > 0.8) return;
    }
    tree_ = std::make_unique<TreeSearch>(*rows_, points_, how_, axes_of);
    if (asked_for) return;
    const Trial trial = tree_->trial(queries, k);
    report_.visited_share = trial.visited;
    if (cost_of_tree(trial) >= cost_of_products()) tree_.reset();
  }

  // Costs in nanoseconds of one processor; their ratios are what counts (benchmarks/neighbors.cpp).

  double cost_to_build(Index points) const {
    return static_cast<double>(points) * (200 + 15 * static_cast<double>(report_.columns));
  }
  /// Of all queries in a tree that costs each this much.
  double cost_of_tree(const Trial& trial) const {
    const auto n = static_cast<double>(report_.points), d = static_cast<double>(report_.columns);
    const double look = n * trial.visited * 1.7, measure = n * trial.measured * (10 + 2 * d);
    return static_cast<double>(report_.queries) * (1000 + look + measure);
  }
  /// Of products of all queries and all points, and of the preparation for them.
  double cost_of_products() const {
    const auto n = static_cast<double>(report_.points), q = static_cast<double>(report_.queries);
    const auto d = static_cast<double>(report_.columns);
    const double product = (0.5 + 0.035 * d) * (q < n ? 1 : 0.6);
    return n * (50 + 5 * d) + q * (2000 + n * product);
  }

  /// Some of the points, evenly from all.
  std::vector<Index> spread(Index count) const {
    std::vector<Index> out;
    const Index n = report_.points, taken = std::min(n, count);
    for (Index i = 0; i < taken; ++i) out.push_back(points_[static_cast<std::size_t>(i * n / taken)]);
    return out;
  }

  std::unique_ptr<const MeasuredRows> rows_;
  std::span<const Index> points_;
  const Execution& how_;
  SearchReport report_;
  std::unique_ptr<TreeSearch> tree_;
  std::unique_ptr<BruteForce> products_;
};

/// The search itself, asked once.
template <class Metric, class S>
NeighborTable nearest_by(const Metric& metric, const PointSet<S>& points, std::span<const Index> queries, Index k,
                         const Execution& how) {
  return NeighborSearch(metric, points, static_cast<Index>(queries.size()), k, how).nearest(queries, k);
}

/// The k nearest among the members for some of them, where the metric reads rows laid out for it, one for each member.
/// The table speaks of the members' own row numbers, which are ascending and so keep the order of ties.
template <class Metric, class S>
NeighborTable nearest_members(const Metric& metric, const Matrix<S>& laid_out, std::span<const Index> members,
                              std::span<const Index> queries, Index k, const Execution& how) {
  const auto all = all_rows(laid_out.rows());
  std::vector<Index> places;
  for (const Index row : queries)
    places.push_back(std::lower_bound(members.begin(), members.end(), row) - members.begin());
  NeighborTable table = nearest_by(metric, PointSet<S>{view_of(laid_out), all}, places, k, how);
  for (Index q = 0; q < table.queries(); ++q)
    for (Neighbor& neighbor : table[q]) neighbor.row = members[static_cast<std::size_t>(neighbor.row)];
  return table;
}

/// Throws InvalidOption for a row that is not there, BadValue for one with a value that no distance can be taken of.
template <class S>
void require_searchable(std::string_view list, const MatrixView<S>& space, std::span<const Index> rows) {
  for (const Index row : rows) {
    if (row < 0 || row >= space.rows())
      throw_option("nearest_neighbors", list, row, text({"made of rows of the space, 0 to ", space.rows() - 1}));
    const S* const values = space.data() + row * space.outerStride();
    if (all_usable(values, space.cols())) continue;
    for (Index column = 0; column < space.cols(); ++column)
      if (!all_usable(values + column, 1))
        throw_bad_value("space", row, column, static_cast<double>(values[column]), largest_feature<S>);
  }
}

}  // namespace detail

/// The k nearest of some rows of a matrix for other rows of it: the one door to all neighbor search.
///
/// In      space    n x d, finite, at most 1e150 in size (float: half of the largest)
///         among    the rows to search, ascending
///         queries  the rows to search for; a query that stands in `among` is not its own neighbor
///         k        1 <= k <= the rows of `among` other than the query
/// Out     for each query its k nearest, ordered by (squared Euclidean distance, row number): the same table
///         from every backend, on any number of threads, for tied, duplicated and far-off-center rows too
/// Cost    k-d tree: O(n log n d) to build, then near O(log n) a query while d is small; brute force:
///         O(queries * n * d). Memory: 16 bytes a table entry, and the points once more in floats
/// Throws  InvalidOption (k out of range, with both numbers; a row that is not there, or `among` not ascending), BadValue (a
///         value that is not finite or too large), Cancelled
template <class S>
NeighborTable nearest_neighbors(const MatrixView<S>& space, std::span<const Index> among,
                                std::span<const Index> queries, Index k, const Execution& how) {
  detail::require_searchable("among", space, among);
  detail::require_searchable("queries", space, queries);
  if (std::adjacent_find(among.begin(), among.end(), std::greater_equal<>()) != among.end())
    throw InvalidOption("nearest_neighbors: the rows of `among` must ascend, each once; sort them");
  const auto in_set = [&](Index row) { return std::binary_search(among.begin(), among.end(), row); };
  const bool self_left_out = std::any_of(queries.begin(), queries.end(), in_set);
  const Index others = static_cast<Index>(among.size()) - (self_left_out ? 1 : 0);
  if (k < 1 || k > others)
    detail::throw_option("nearest_neighbors", "k", k,
                         detail::text({"from 1 to ", std::max(others, Index{0}), ", the number of other rows"}));
  return detail::nearest_by(Euclidean{space.cols()}, detail::PointSet<S>{space, among}, queries, k, how);
}

namespace detail {

/// From each query the distance to the nearest of some other rows; infinite where there is none, and for all queries
/// where there is one row, which is a query itself. In, throws: as nearest_neighbors.
template <class S>
std::vector<double> nearest_distances(const MatrixView<S>& space, std::span<const Index> among,
                                      std::span<const Index> queries, const Execution& how) {
  std::vector<double> out(queries.size(), std::numeric_limits<double>::infinity());
  const bool none =
      among.empty() || (among.size() == 1 && std::find(queries.begin(), queries.end(), among[0]) != queries.end());
  if (none) return out;
  const NeighborTable table = nearest_neighbors(space, among, queries, 1, how);
  for (std::size_t q = 0; q < out.size(); ++q) out[q] = std::sqrt(table[static_cast<Index>(q)][0].distance);
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
