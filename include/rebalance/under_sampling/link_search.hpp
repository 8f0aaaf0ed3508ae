// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>
#include <rebalance/under_sampling/cleaning.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// What makes two rows of different classes a link.
struct LinkRules {
  bool larger_end_only;  ///< of a link only the end in the larger class goes, both if the classes are equally large
  bool strict;           ///< a link is two rows that are each the other's one nearest row, of equals the smaller number
};

/// Finds the ends of Tomek links. A link of a and b means d(a, b) = reach(a) = reach(b), where the reach of a row is the
/// distance to its nearest other row.
///
/// Few rows must look for their nearest: the askers, such that every link has one at an end. Each asker names the rows
/// that may be its partners, which are only asked whether any row is nearer to them than that. Partners are then sought
/// among rows of the same reach; in most data those are two.
template <class S>
class LinkSearch {
 public:
  /// Only rows of `judged`, ascending, may go.
  LinkSearch(const DataView<S>& data, std::span<const Index> judged, LinkRules rules, const Execution& how)
      : data_(data),
        rules_(rules),
        how_(how),
        judged_(at(data.rows())),
        asks_(at(data.rows())),
        rows_(all_rows(data.rows())),
        nearest_(at(data.rows()), unknown) {
    for (const Index row : judged) judged_[at(row)] = true;
    askers_ = data.classes.others(extremes(data.classes).largest);  // a link has two classes, so one end is here
    if (judged.size() < askers_.size()) askers_.assign(judged.begin(), judged.end());
    for (const Index row : askers_) asks_[at(row)] = true;
  }

  /// The judged rows that are ends of links and may go.
  std::vector<Suspect> ends() {
    if (askers_.empty()) return {};
    const NeighborSearch search(metric(), PointSet<S>{data_.space, rows_}, static_cast<Index>(askers_.size()), 2, how_);
    name_partners(search);
    dismiss_partners(search);
    if (rules_.strict) mutual();
    else of_equal_reach();
    return std::move(ends_);
  }

 private:
  static constexpr Neighbor unknown = NearestSoFar::no_limit;
  /// An asker with more equally near rows than this does not list them.
  static constexpr Index few_ties = 16;
  /// Groups up to this size are compared pair by pair, which is faster than a search.
  static constexpr std::size_t small_group = 32;

  static std::size_t at(Index row) noexcept { return static_cast<std::size_t>(row); }
  Euclidean metric() const { return {data_.space.cols()}; }

  /// Finds the reach of the askers, and their partners if they have any.
  void name_partners(const NeighborSearch& search) {
    const Index k =
        rules_.strict ? 1 : std::min<Index>(2, data_.rows() - 1);  // the second tells whether the first ties
    const NeighborTable table = search.nearest(askers_, k);
    std::vector<Index> tied;
    for (Index q = 0; q < table.queries(); ++q) {
      const Index asker = askers_[at(q)];
      const Neighbor& first = table[q].front();
      nearest_[at(asker)] = first;
      if (k == 2 && table[q].back().distance == first.distance) tied.push_back(asker);
      else if (goes(asker, first.row) || goes(first.row, asker)) name(first.row, {first.distance, asker});
    }
    if (!tied.empty()) name_ties(search, tied);
  }

  /// A row that does not ask is as near to this asker, and to none nearer so far.
  void name(Index row, const Neighbor& asker) {
    if (!asks_[at(row)]) nearest_[at(row)] = std::min(nearest_[at(row)], asker);
  }

  /// All rows exactly as near to these askers as their nearest.
  void name_ties(const NeighborSearch& search, std::span<const Index> askers) {
    std::vector<Neighbor> limits;
    for (const Index asker : askers) limits.push_back({nearest_[at(asker)].distance, unknown.row});
    const Answers ties = search.nearest_within(askers, few_ties, limits);
    std::vector<Index> crowded;
    for (std::size_t q = 0; q < askers.size(); ++q) {
      const NearestSoFar& found = ties[static_cast<Index>(q)];
      if (found.full()) crowded.push_back(askers[q]);
      else
        for (const Neighbor& other : found.found()) name(other.row, {other.distance, askers[q]});
    }
    if (!crowded.empty()) name_from_crowd(crowded);
  }

  /// The same the other way round, so that no list of pairs is made, however many rows tie: a row with a partner in the
  /// crowd is no farther from it than its nearest there, as no row at all is nearer.
  void name_from_crowd(std::span<const Index> crowd) {
    double reach = 0;
    for (const Index asker : crowd) reach = std::max(reach, nearest_[at(asker)].distance);
    std::vector<Index> others;
    for (const Index row : rows_)
      if (!asks_[at(row)]) others.push_back(row);
    const std::vector<Neighbor> limits(others.size(), Neighbor{reach, unknown.row});
    const NeighborSearch search(metric(), PointSet<S>{data_.space, crowd}, static_cast<Index>(others.size()), 1, how_);
    const Answers answers = search.nearest_within(others, 1, limits);
    for (std::size_t q = 0; q < others.size(); ++q)
      for (const Neighbor& asker : answers[static_cast<Index>(q)].found()) name(others[q], asker);
  }

  /// Forgets the rows that were named but have another row nearer than the asker.
  void dismiss_partners(const NeighborSearch& search) {
    std::vector<Index> named;
    std::vector<Neighbor> limits;
    for (const Index row : rows_) {
      const Neighbor& asker = nearest_[at(row)];
      if (asks_[at(row)] || asker == unknown) continue;
      named.push_back(row);
      limits.push_back(rules_.strict ? asker : Neighbor{asker.distance, 0});
    }
    const std::vector<Index> nearer = search.count_within(named, limits, 1);
    for (std::size_t q = 0; q < named.size(); ++q)
      if (nearer[q] > 0) nearest_[at(named[q])] = unknown;
  }

  /// Each the other's nearest row.
  void mutual() {
    for (const Index row : rows_) {
      const Neighbor& other = nearest_[at(row)];
      if (other == unknown || nearest_[at(other.row)].row != row || !goes(row, other.row)) continue;
      ends_.push_back({row, 1, 0, other.distance});
    }
  }

  /// Looks for partners within each group of rows that have the same reach.
  void of_equal_reach() {
    const auto reach = [&](Index row) { return nearest_[at(row)].distance; };
    std::vector<Index> order = rows_;
    std::erase_if(order, [&](Index row) { return nearest_[at(row)] == unknown; });
    std::sort(order.begin(), order.end(),
              [&](Index a, Index b) { return reach(a) < reach(b) || (reach(a) == reach(b) && a < b); });
    for (auto first = order.begin(); first != order.end();) {
      const double radius = reach(*first);
      const auto last = std::find_if(first, order.end(), [&](Index row) { return reach(row) != radius; });
      partners({first, last}, radius);
      first = last;
    }
  }

  /// Rows of a group, all with the same reach, that have a partner in it. The group is ascending.
  void partners(std::span<const Index> group, double reach) {
    if (group.size() <= small_group) {
      for (const Index row : group)
        if (has_partner(row, group, reach)) ends_.push_back({row, 1, 0, reach});
      return;
    }
    std::vector<bool> done(data_.classes.size());
    for (const Index row : group) {
      const std::uint32_t c = data_.classes.code(row);
      if (!done[c]) partners_of_class(c, group, reach);
      done[c] = true;
    }
  }

  bool has_partner(Index row, std::span<const Index> group, double reach) const {
    const PointSet<S> points{data_.space, group};
    return std::any_of(group.begin(), group.end(), [&](Index other) {
      return goes(row, other) && metric().between(points.coordinates(row), points.coordinates(other)) == reach;
    });
  }

  /// No row of the group is nearer than `reach`, so a row has a partner if and only if its nearest row among those it
  /// could be linked with is exactly that far: no list of pairs, however many rows tie.
  void partners_of_class(std::uint32_t c, std::span<const Index> group, double reach) {
    std::vector<Index> own, others;
    for (const Index row : group) {
      if (data_.classes.code(row) != c) {
        if (goes_for(c, data_.classes.code(row))) others.push_back(row);
      } else if (judged_[at(row)]) {
        own.push_back(row);
      }
    }
    if (own.empty() || others.empty()) return;
    const NeighborTable nearest = nearest_neighbors<S>(data_.space, others, own, 1, how_);
    for (Index q = 0; q < nearest.queries(); ++q)
      if (nearest[q][0].distance == reach) ends_.push_back({own[at(q)], 1, 0, reach});
  }

  /// Whether a row goes if it is linked with another.
  bool goes(Index row, Index other) const {
    return judged_[at(row)] && goes_for(data_.classes.code(row), data_.classes.code(other));
  }
  bool goes_for(std::uint32_t own, std::uint32_t other) const {
    return own != other && (!rules_.larger_end_only || data_.classes.count(own) >= data_.classes.count(other));
  }

  const DataView<S>& data_;
  LinkRules rules_;
  const Execution& how_;
  std::vector<bool> judged_;
  std::vector<bool> asks_;
  std::vector<Index> rows_;    // all
  std::vector<Index> askers_;  // ascending
  /// Of each asker its nearest row, of a row named by askers the nearest of these.
  std::vector<Neighbor> nearest_;
  std::vector<Suspect> ends_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
