// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/equal_rows.hpp>
#include <rebalance/core/quantiles.hpp>
#include <rebalance/core/rows.hpp>
#include <rebalance/model_selection/leakage_report.hpp>
#include <rebalance/model_selection/leakage_sides.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Throws InvalidOption for rules that are out of range, or that the data cannot be held to.
[[gnu::cold]] inline void require_rules(const LeakageRules& rules, const RowFacts& facts) {
  if (!(rules.near >= 0 && std::isfinite(rules.near)))
    throw_option("LeakageRules", "near", rules.near, "finite and at least 0 (0 = no search for near duplicates)");
  if (!(rules.embargo >= 0 && std::isfinite(rules.embargo)))
    throw_option("LeakageRules", "embargo", rules.embargo, "finite and at least 0, in the unit of the times");
  if (rules.embargo > 0 && (facts.times.empty() || rules.order == TimeOrder::any))
    throw_option("LeakageRules", "embargo", rules.embargo,
                 "0 without times to keep apart: Data(X, y).times(t), and an order other than TimeOrder::any");
  if (rules.order == TimeOrder::purged && facts.times.empty())
    throw_option("LeakageRules", "order", "purged", "forward or any without times: Data(X, y).times(begin, end)");
}

// ---- Whose row it is, which group, what time ------------------------------------------------------------------

/// Rows that are, or are made of, rows of the other side. Cost O(n).
[[gnu::cold]] inline void find_shared_rows(Sides& sides, LeakageReport& report) {
  std::vector<bool> trained(static_cast<std::size_t>(sides.plan.source_rows()));
  std::vector<bool> tested(trained.size());
  const auto is_tested = [&](Index parent) { return tested[static_cast<std::size_t>(parent)]; };
  sides.for_training([&](Index row) {
    if (!sides.synthetic(row)) trained[static_cast<std::size_t>(sides.plan[row].base)] = true;
  });
  sides.for_test([&](Index row) {
    if (sides.synthetic(row)) {
      report.synthetic_in_test.push_back(sides.name_of(row));
      sides.mark_found(row);
      return;
    }
    const auto base = static_cast<std::size_t>(sides.plan[row].base);
    tested[base] = true;
    if (!trained[base]) return;
    report.on_both_sides.push_back(sides.name_of(row));
    sides.mark_found(row);
  });
  sides.for_training([&](Index row) {
    if (!sides.any_parent(row, is_tested)) return;
    if (sides.synthetic(row)) report.parent_in_test.push_back(sides.name_of(row));
    sides.mark_found(row);  // a real row was named above, on the test side
  });
}

/// Test rows of a group that a training row, or a parent of one, is of. Cost O(n).
[[gnu::cold]] inline void find_shared_groups(const Sides& sides, std::span<const std::uint32_t> groups,
                                             LeakageReport& report) {
  if (groups.empty()) {
    report.unchecked.emplace_back("groups (none given)");
    return;
  }
  report.checked.emplace_back("groups");
  std::vector<bool> trained(*std::max_element(groups.begin(), groups.end()) + std::size_t{1});
  std::vector<bool> shared(trained.size());
  const auto group_of = [&](Index row) { return groups[static_cast<std::size_t>(row)]; };
  sides.for_training([&](Index row) {
    sides.any_parent(row, [&](Index parent) {
      trained[group_of(parent)] = true;
      return false;  // go on to the next parent
    });
  });
  sides.for_test([&](Index row) {
    const std::uint32_t group = group_of(sides.plan[row].base);
    if (!trained[group]) return;
    shared[group] = true;
    report.group_in_train.push_back(sides.name_of(row));
  });
  report.shared_groups = std::count(shared.begin(), shared.end(), true);
}

/// The time that belongs to the test set: an interval that meets it is too late, or too close.
class TestTime {
 public:
  /// Intervals of test rows; `forward`: everything from the first of them on is test time. Cost O(n log n).
  TestTime(std::vector<std::pair<double, double>> intervals, const LeakageRules& rules) {
    if (intervals.empty()) return;
    std::sort(intervals.begin(), intervals.end());
    if (rules.order == TimeOrder::forward) {
      // What was known at the very time of the first test row is not too late.
      begins_.push_back(std::nextafter(intervals.front().first - rules.embargo, infinity));
      latest_end_.push_back(infinity);
      return;
    }
    double latest = -infinity;
    for (const auto& [begin, end] : intervals) {
      latest = std::max(latest, end + rules.embargo);
      begins_.push_back(begin);
      latest_end_.push_back(latest);
    }
  }

  /// Whether the closed interval meets one of the test set. Of those that begin early enough, the one that ends last
  /// decides. Cost O(log n).
  bool meets(double begin, double end) const {
    const auto after = std::upper_bound(begins_.begin(), begins_.end(), end);
    return after != begins_.begin() && latest_end_[static_cast<std::size_t>(after - begins_.begin()) - 1] >= begin;
  }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> begins_;
  std::vector<double> latest_end_;  // of the intervals up to this one, embargo included
};

/// Training rows with a parent (a real row: itself) whose time is the test set's. Cost O(n log n).
[[gnu::cold]] inline void find_wrong_times(const Sides& sides, const RowFacts& facts, const LeakageRules& rules,
                                           LeakageReport& report) {
  if (facts.times.empty() || rules.order == TimeOrder::any) {
    report.unchecked.emplace_back(facts.times.empty() ? "times (none given)" : "times (TimeOrder::any)");
    return;
  }
  report.checked.push_back(
      text({rules.order == TimeOrder::forward ? "times (forward" : "times (purged", ", embargo ", rules.embargo, ")"}));
  const auto ends = facts.ends.empty() ? facts.times : facts.ends;
  const auto begin = [&](Index row) { return facts.times[static_cast<std::size_t>(row)]; };
  const auto end = [&](Index row) { return ends[static_cast<std::size_t>(row)]; };
  std::vector<std::pair<double, double>> intervals;
  sides.for_test([&](Index row) {
    const Index base = sides.plan[row].base;
    intervals.emplace_back(begin(base), end(base));
  });
  const TestTime test(std::move(intervals), rules);
  sides.for_training([&](Index row) {
    if (sides.any_parent(row, [&](Index parent) { return test.meets(begin(parent), end(parent)); }))
      report.wrong_time.push_back(sides.name_of(row));
  });
}

// ---- What the values are --------------------------------------------------------------------------------------

/// Whether distances from the row can be computed, as samplers demand of features at the door.
template <class S>
bool has_distances(const Matrix<S>& X, Index row) {
  constexpr auto limit = static_cast<S>(largest_feature<S>);
  for (Index j = 0; j < X.cols(); ++j)
    if (!(std::abs(X(row, j)) <= limit)) return false;
  return true;
}

/// Test rows with the values of a training row, and those that come near one. X holds the rows of both sides.
template <class S>
class ValueCheck {
 public:
  ValueCheck(const Execution& how, const Matrix<S>& X, const Sides& sides, const Classes& classes)
      : how_(how), X_(X), sides_(sides), classes_(classes), first_(static_cast<std::size_t>(sides.rows()), -1) {
    std::vector<Index> rows;  // training rows come first, and so the first of equal rows is one of them if any is
    const auto add = [&](Index row) { rows.push_back(row); };
    sides.for_training(add);
    sides.for_test(add);
    const auto first = first_equal_rows(view_of(X), {rows.data(), rows.size()}, how);
    for (std::size_t i = 0; i < rows.size(); ++i) first_[static_cast<std::size_t>(rows[i])] = first[i];
  }

  void find_equal(LeakageReport& report) const {
    report.checked.emplace_back("equal rows");
    std::vector<std::pair<Index, std::uint32_t>> trained;
    sides_.for_training([&](Index row) { trained.emplace_back(first(row), code(row)); });
    std::sort(trained.begin(), trained.end());
    sides_.for_test([&](Index row) {
      if (!is_trained(row)) return;
      const bool labels_agree = std::binary_search(trained.begin(), trained.end(), std::pair(first(row), code(row)));
      (labels_agree ? report.equal : report.equal_other_label).push_back(sides_.name_of(row));
    });
  }

  /// Distances are searched among distinct rows, so that copies neither cost nor make the median 0.
  void find_near(double share, LeakageReport& report) const {
    if (share == 0) {
      report.unchecked.emplace_back("near duplicates (near = 0)");
      return;
    }
    std::vector<Index> train, test;
    Index left_out = 0;
    const auto add_distinct = [&](Index row, std::vector<Index>& to) {
      if (!has_distances(X_, row)) ++left_out;
      else if (first(row) == row) to.push_back(row);
    };
    sides_.for_training([&](Index row) { add_distinct(row, train); });
    sides_.for_test([&](Index row) {
      if (!is_trained(row)) add_distinct(row, test);
    });
    if (left_out > 0)
      report.unchecked.push_back(text({"near duplicates of ", left_out, left_out == 1 ? " row" : " rows",
                                       " with NaN, infinite or too large features"}));
    report.near_distance = share * median_distance(train);
    if (report.near_distance == 0) {
      report.unchecked.emplace_back("near duplicates (no two training rows have a distance to compare with)");
      return;
    }
    report.checked.emplace_back("near duplicates");
    add_near(train, test, report);
  }

 private:
  Index first(Index row) const { return first_[static_cast<std::size_t>(row)]; }
  bool is_trained(Index row) const { return first(row) < sides_.train; }
  std::uint32_t code(Index row) const { return classes_.code(sides_.plan[row].base); }

  double median_distance(const std::vector<Index>& train) const {
    const std::span<const Index> rows(train.data(), train.size());
    return train.size() < 2 ? 0 : median(nearest_distances(view_of(X_), rows, rows, how_));
  }
  void add_near(const std::vector<Index>& train, const std::vector<Index>& test, LeakageReport& report) const {
    const auto distances =
        nearest_distances(view_of(X_), {train.data(), train.size()}, {test.data(), test.size()}, how_);
    std::vector<bool> near(first_.size());
    for (std::size_t i = 0; i < test.size(); ++i)
      near[static_cast<std::size_t>(test[i])] = distances[i] < report.near_distance;
    sides_.for_test([&](Index row) {
      if (near[static_cast<std::size_t>(first(row))]) report.near.push_back(sides_.name_of(row));
    });
  }

  const Execution& how_;
  const Matrix<S>& X_;
  const Sides& sides_;
  const Classes& classes_;
  std::vector<Index> first_;  // of each row still to be checked, the first of those equal to it
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
