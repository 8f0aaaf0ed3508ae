// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/compose.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/model_selection/leakage_report.hpp>
#include <rebalance/model_selection/split.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

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

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
