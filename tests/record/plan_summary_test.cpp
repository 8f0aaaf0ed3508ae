// SPDX-License-Identifier: MIT
#include <rebalance/record/plan_summary.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace plan_summary_test {

using namespace rebalance;

template <class S, class L>
PlanSummary summary_of(const Data<S, L>& data, const Plan& plan, std::span<const Index> rows) {
  return detail::summary_of(data.view(), plan, rows);
}

const Matrix<double> X{{0}, {1}, {2}, {3}, {4}, {5}};
const std::vector<std::string> y{"a", "a", "a", "a", "b", "b"};

/// Keeps 0 (twice), 1 and 4; adds one between 4 and 5 and a copy of 4; 2 was a link, 3 was outvoted.
Plan small_plan() {
  Plan plan(6);
  for (const Index row : {0, 0, 1, 4}) plan.keep(row);
  plan.add(4, 5, 0.5);
  plan.add_copy(4);
  plan.remove(3, Reason::outvoted, 2);
  plan.remove(2, Reason::tomek_link);
  return plan;
}

TEST_CASE("rows of each class, counted by hand", "[plan_summary]") {
  const auto summary = summary_of(Data(X, y), small_plan(), sets::numbers(6));
  CHECK(summary.classes == std::vector<ClassSummary>{{"a", 4, 2, 3, 0, 3}, {"b", 2, 1, 1, 2, 3}});
  CHECK(summary.strata.empty());
  CHECK(summary.removals == std::vector<RemovalSummary>{{"tomek_link", 1, 1, 0}, {"outvoted", 2, 1, 0}});
  CHECK(summary.synthetic_ratio == 2.0 / 6);
}

TEST_CASE("cells that have rows, and of a fold its own", "[plan_summary]") {
  const Data data = Data(X, y).strata(std::vector<int>{10, 10, 9, 9, 9, 9});
  const Index training[] = {0, 1, 2, 4};
  const auto summary = summary_of(data, small_plan(), training);
  CHECK(summary.strata == std::vector<StratumSummary>{{9, "a", 1, 0, 0}, {9, "b", 1, 2, 3}, {10, "a", 2, 0, 3}});
  CHECK(summary.classes == std::vector<ClassSummary>{{"a", 3, 1, 3, 0, 3}, {"b", 1, 0, 1, 2, 3}});
}

TEST_CASE("an empty result has no synthetic rows", "[plan_summary]") {
  const auto summary = summary_of(Data(X, y), Plan(6), sets::numbers(6));
  CHECK(summary.synthetic_ratio == 0);
  CHECK(summary.classes == std::vector<ClassSummary>{{"a", 4, 4, 0, 0, 0}, {"b", 2, 2, 0, 0, 0}});
}

TEST_CASE("a row that was drawn several times goes once, with its last copy", "[plan_summary]") {
  Plan plan(6);
  for (const Index row : {0, 1, 4, 5}) plan.keep(row);
  plan.remove(0, Reason::outvoted, 1);  // a copy of it stays
  plan.remove(2, Reason::outvoted, 1);
  plan.remove(2, Reason::outvoted, 1);
  plan.remove(3, Reason::tomek_link);
  plan.remove(3, Reason::outvoted, 2);
  const auto summary = summary_of(Data(X, y), plan, sets::numbers(6));
  CHECK(summary.classes == std::vector<ClassSummary>{{"a", 4, 2, 2, 0, 2}, {"b", 2, 0, 2, 0, 2}});
  CHECK(summary.removals ==
        std::vector<RemovalSummary>{{"tomek_link", 1, 0, 0}, {"outvoted", 1, 1, 0}, {"outvoted", 2, 1, 0}});
}

}  // namespace plan_summary_test
