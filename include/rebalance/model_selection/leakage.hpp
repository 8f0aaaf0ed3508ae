// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <numeric>
#include <span>
#include <utility>

#include <rebalance/core/data.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/model_selection/leakage_checks.hpp>
#include <rebalance/model_selection/leakage_report.hpp>
#include <rebalance/model_selection/leakage_sides.hpp>
#include <rebalance/model_selection/split.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

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
  require_rules(rules, data.facts());
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
///         end, TimeOrder::forward wants a training row to end no later than the first test row begins
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
/// The same on one thread.
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
/// The same on one thread.
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
/// The same on one thread.
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
  detail::require_rules(rules, rows.facts());
  detail::Sides sides{Plan::keep_all(both.rows()), X_train.rows(), detail::all_rows(both.rows())};
  std::iota(sides.name.begin() + X_train.rows(), sides.name.end(), Index{0});
  LeakageReport report;
  report.unchecked = {"whose rows they are (no row numbers given)", "labels (none given)"};
  report.labels_known = false;
  return detail::report_of(how, both, rows.facts(), std::move(sides), std::move(report), rules);
}
/// The same on one thread.
template <FeatureMatrix X, FeatureMatrix Z>
LeakageReport leakage_report(const X& X_train, const Z& X_test, const LeakageRules& rules = {}) {
  return leakage_report(Execution{}, X_train, X_test, rules);
}

}  // inline namespace
}  // namespace rebalance
