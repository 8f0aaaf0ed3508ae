// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/equal_rows.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/rows.hpp>
#include <rebalance/model_selection/leakage_report.hpp>
#include <rebalance/model_selection/split.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/over_sampling/deviation.hpp>

namespace rebalance {
inline namespace v0 {

namespace detail {

// ---- Two sides, whatever they were given as -------------------------------------------------------------------

/// The one shape that all splits are brought to: a plan whose first rows are the training side and the others the test
/// side. It says of every row which rows of the data it is made of; a real row is made of itself.
struct Sides {
  Plan plan;
  Index train = 0;            // how many rows are of the training side
  std::vector<Index> name{};  // what the caller calls each row
  std::vector<bool> found{};  // rows with a fault that ends their checks

  Index rows() const noexcept { return plan.size(); }
  Index name_of(Index row) const { return name[static_cast<std::size_t>(row)]; }
  bool is_found(Index row) const { return found[static_cast<std::size_t>(row)]; }
  void mark_found(Index row) { found[static_cast<std::size_t>(row)] = true; }
  bool synthetic(Index row) const { return plan[row].synthetic(); }

  /// Calls use(row) for the rows of a side that are still to be checked.
  template <class Use>
  void for_training(const Use& use) const {
    for (Index row = 0; row < train; ++row)
      if (!is_found(row)) use(row);
  }
  template <class Use>
  void for_test(const Use& use) const {
    for (Index row = train; row < rows(); ++row)
      if (!is_found(row)) use(row);
  }
  /// Whether something is true of a row of the data that this row is made of.
  template <class Predicate>
  bool any_parent(Index row, const Predicate& is) const {
    if (is(plan[row].base) || is(plan[row].neighbor)) return true;
    for (const Donor& donor : plan.donors(row))
      if (is(donor.row)) return true;
    return false;
  }
};

/// The rows of a side, each once and ascending; those that are named more often go to `repeated`. Cost O(count).
[[gnu::cold]] inline std::vector<Index> rows_of_side(std::string_view side, std::span<const Index> rows, Index count,
                                                     std::vector<Index>& repeated) {
  if (rows.empty()) throw InvalidSplit(text({"the ", side, " side has no row; give it at least one"}));
  std::vector<std::uint8_t> times(static_cast<std::size_t>(count), 0);
  for (const Index row : rows) {
    if (row < 0 || row >= count)
      throw InvalidSplit(text({"the ", side, " side has row ", row, " but rows are 0 to ", count - 1,
                               "; a split of resampled rows needs their plan too"}));
    auto& n = times[static_cast<std::size_t>(row)];
    if (n < 2) ++n;
  }
  std::vector<Index> out;
  for (Index row = 0; row < count; ++row) {
    if (times[static_cast<std::size_t>(row)] > 0) out.push_back(row);
    if (times[static_cast<std::size_t>(row)] > 1) repeated.push_back(row);
  }
  return out;
}

/// A split of the rows that a plan made.
[[gnu::cold]] inline Sides sides_of(const Plan& plan, const Split& split, LeakageReport& report) {
  std::vector<Index> rows = rows_of_side("training", split.train, plan.size(), report.repeated_in_train);
  const auto train = static_cast<Index>(rows.size());
  const auto test = rows_of_side("test", split.test, plan.size(), report.repeated_in_test);
  rows.insert(rows.end(), test.begin(), test.end());
  return {compose(plan, Plan::keep_only(plan.size(), rows)), train, std::move(rows)};
}

/// A resampled training side against rows of the data.
[[gnu::cold]] inline Sides sides_of(const Plan& train_plan, std::span<const Index> test_rows, LeakageReport& report) {
  if (train_plan.size() == 0) throw InvalidSplit("the training side has no row; give it at least one");
  Sides sides{train_plan, train_plan.size(), all_rows(train_plan.size())};
  for (const Index row : rows_of_side("test", test_rows, train_plan.source_rows(), report.repeated_in_test)) {
    sides.plan.keep(row);
    sides.name.push_back(row);
  }
  return sides;
}

/// Throws InvalidOption for rules that are out of range, or that the data cannot be held to.
[[gnu::cold]] inline void check(const LeakageRules& rules, const RowFacts& facts) {
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
    report.unchecked.push_back("groups (none given)");
    return;
  }
  report.checked.push_back("groups");
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
      // Open at its beginning: what was known at the very time of the first test row is not too late.
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
    report.unchecked.push_back(facts.times.empty() ? "times (none given)" : "times (TimeOrder::any)");
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

/// Distance from each of the rows to the nearest other one among `among`.
template <class S>
std::vector<double> nearest_distances(const Matrix<S>& X, std::span<const Index> among, std::span<const Index> rows,
                                      const Execution& how) {
  const PointSet<S> points{view_of(X), among};
  const NeighborTable table = nearest_by(Euclidean{X.cols()}, points, rows, 1, how);
  std::vector<double> out;
  for (Index q = 0; q < table.queries(); ++q) out.push_back(std::sqrt(table[q].front().distance));
  return out;
}

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
    report.checked.push_back("equal rows");
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
      report.unchecked.push_back("near duplicates (near = 0)");
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
      report.unchecked.push_back("near duplicates (no two training rows have a distance to compare with)");
      return;
    }
    report.checked.push_back("near duplicates");
    add_near(train, test, report);
  }

 private:
  Index first(Index row) const { return first_[static_cast<std::size_t>(row)]; }
  bool is_trained(Index row) const { return first(row) < sides_.train; }
  std::uint32_t code(Index row) const { return classes_.code(sides_.plan[row].base); }

  double median_distance(const std::vector<Index>& train) const {
    const std::span<const Index> rows(train.data(), train.size());
    return train.size() < 2 ? 0 : median(nearest_distances(X_, rows, rows, how_));
  }
  void add_near(const std::vector<Index>& train, const std::vector<Index>& test, LeakageReport& report) const {
    const auto distances = nearest_distances(X_, {train.data(), train.size()}, {test.data(), test.size()}, how_);
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

/// All checks, in their order; X holds the rows of both sides.
template <class S>
LeakageReport report_of(const Execution& how, const Matrix<S>& X, const RowFacts& facts, Sides sides,
                        LeakageReport report, const LeakageRules& rules) {
  report.train_rows = sides.train;
  report.test_rows = sides.rows() - sides.train;
  sides.found.assign(static_cast<std::size_t>(sides.rows()), false);
  find_shared_rows(sides, report);
  find_shared_groups(sides, facts.groups, report);
  find_wrong_times(sides, facts, rules, report);
  const ValueCheck<S> values(how, X, sides, facts.classes);
  values.find_equal(report);
  values.find_near(rules.near, report);
  return report;
}

/// The data and the plan of some of their rows are what they say they are.
template <class S, class L>
void check_provenance(const Data<S, L>& data, const Plan& plan, const LeakageRules& rules) {
  if (data.resampled())
    throw InvalidSplit(
        "X was resampled, and only its plan can tell synthetic rows and their parents; call leakage_report(data, plan, "
        "split) with the data as they were before");
  check(rules, data.facts());
  require_fit(plan, data.view().X);
}

template <class S, class L>
LeakageReport report_of(const Execution& how, const Data<S, L>& data, Sides sides, LeakageReport report,
                        const LeakageRules& rules) {
  const Matrix<S> X = rows_of_plan(how, sides.plan, data.view().X);
  return report_of(how, X, data.facts(), std::move(sides), std::move(report), rules);
}

}  // namespace detail

/// What stands on both sides of a split that must not: for splits made elsewhere, by hand, or after resampling.
/// (Folds cannot leak rows, but do not know which rows look alike, and take the caller's word for groups and times.)
///
///     const auto report = leakage_report(Data(X, y).groups(patient), Split{train, test});
///     if (!report.ok()) log(report.text());
///
/// In      data   with the groups and times of its rows, where there are any; NaN is allowed
///         split  row numbers of the data; a row may stand on neither side
///         rules  what is near, which order times must have, see LeakageRules
/// Out     the rows with a fault, by kind; the same on any number of threads and backends
/// Cost    O(n d) and, unless near = 0, a nearest-neighbor search among the distinct rows: of the training rows for
///         each other, then of the test rows for them. Memory: one copy of the rows of both sides
/// Throws  InvalidSplit (an empty side, a row that does not exist, data of a resampled X), InvalidOption (rules),
///         Cancelled
/// Note    Equal: NaN equals NaN, and -0.0 equals 0.0. Near: Euclidean, in the features as they are, so scale them
///         first; rows with NaN or infinity are left out, and `unchecked` says so. Where each row has a begin and an
///         end, TimeOrder::forward wants a training row to end before the first test row begins
/// Source  Kapoor, Narayanan, "Leakage and the reproducibility crisis in machine-learning-based science", Patterns 4,
///         2023; purging and embargo: Lopez de Prado, "Advances in Financial Machine Learning", 2018, chapter 7
template <class S, class L>
LeakageReport leakage_report(const Execution& how, const Data<S, L>& data, const Split& split,
                             const LeakageRules& rules = {}) {
  const Plan plan = Plan::keep_all(data.rows());
  detail::check_provenance(data, plan, rules);
  LeakageReport report;
  report.checked = {"whose rows they are"};
  report.unchecked = {"parents (no plan given)"};
  detail::Sides sides = detail::sides_of(plan, split, report);
  return detail::report_of(how, data, std::move(sides), std::move(report), rules);
}
template <class S, class L>
LeakageReport leakage_report(const Data<S, L>& data, const Split& split, const LeakageRules& rules = {}) {
  return leakage_report(Execution{}, data, split, rules);
}

/// The same of a split of resampled rows: what resampling before the split has done. Row numbers are those of the
/// resampled rows. A copy counts as synthetic; where a copy and its original are torn apart, the fault is the copy's:
/// synthetic in the test set, or a training row with a parent there.
/// Throws also InvalidPlan (not made for the data)
template <class S, class L>
LeakageReport leakage_report(const Execution& how, const Data<S, L>& data, const Plan& plan, const Split& split,
                             const LeakageRules& rules = {}) {
  detail::check_provenance(data, plan, rules);
  LeakageReport report;
  report.checked = {"whose rows they are", "parents"};
  detail::Sides sides = detail::sides_of(plan, split, report);
  return detail::report_of(how, data, std::move(sides), std::move(report), rules);
}
template <class S, class L>
LeakageReport leakage_report(const Data<S, L>& data, const Plan& plan, const Split& split,
                             const LeakageRules& rules = {}) {
  return leakage_report(Execution{}, data, plan, split, rules);
}

/// The same of a resampled training side against rows of the data, `leakage_report(data, train.plan, test.rows)`: what
/// an honest fold proves of itself. Test rows go by their number in the data, training rows by their place in the plan.
/// Throws also InvalidPlan (not made for the data)
template <class S, class L>
LeakageReport leakage_report(const Execution& how, const Data<S, L>& data, const Plan& train_plan,
                             std::span<const Index> test_rows, const LeakageRules& rules = {}) {
  detail::check_provenance(data, train_plan, rules);
  LeakageReport report;
  report.checked = {"whose rows they are", "parents"};
  detail::Sides sides = detail::sides_of(train_plan, test_rows, report);
  return detail::report_of(how, data, std::move(sides), std::move(report), rules);
}
template <class S, class L>
LeakageReport leakage_report(const Data<S, L>& data, const Plan& train_plan, std::span<const Index> test_rows,
                             const LeakageRules& rules = {}) {
  return leakage_report(Execution{}, data, train_plan, test_rows, rules);
}

/// The same of two matrices of which nothing else is known: equal and near-equal rows. Rows go by their place in each.
/// In      any dense Eigen expressions of float or double, of one scalar and as many columns
/// Throws  ShapeMismatch (an empty matrix, other columns), InvalidOption, Cancelled
template <FeatureMatrix X, FeatureMatrix Z>
LeakageReport leakage_report(const Execution& how, const X& X_train, const Z& X_test, const LeakageRules& rules = {}) {
  using S = typename X::Scalar;
  static_assert(std::same_as<S, typename Z::Scalar>,
                "X_train and X_test must have one scalar type: use X.template cast<float or double>()");
  if (X_train.rows() == 0 || X_train.cols() == 0) detail::throw_empty("X_train", X_train.rows(), X_train.cols());
  if (X_test.rows() == 0) detail::throw_empty("X_test", X_test.rows(), X_test.cols());
  if (X_test.cols() != X_train.cols())
    throw ShapeMismatch(detail::text(
        {"X_test has ", X_test.cols(), " columns but X_train has ", X_train.cols(), "; give both the same features"}));
  Matrix<S> both(X_train.rows() + X_test.rows(), X_train.cols());
  both << X_train, X_test;

  const Rows rows(both.rows());
  detail::check(rules, rows.facts());
  detail::Sides sides{Plan::keep_all(both.rows()), X_train.rows(), detail::all_rows(both.rows())};
  std::iota(sides.name.begin() + X_train.rows(), sides.name.end(), Index{0});
  LeakageReport report;
  report.unchecked = {"whose rows they are (no row numbers given)", "labels (none given)"};
  return detail::report_of(how, both, rows.facts(), std::move(sides), std::move(report), rules);
}
template <FeatureMatrix X, FeatureMatrix Z>
LeakageReport leakage_report(const X& X_train, const Z& X_test, const LeakageRules& rules = {}) {
  return leakage_report(Execution{}, X_train, X_test, rules);
}

}  // namespace v0
}  // namespace rebalance
