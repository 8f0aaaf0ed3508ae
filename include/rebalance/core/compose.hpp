// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// Origins of rows of a later plan, in rows of the input of the earlier one.
class Composed {
 public:
  explicit Composed(const Plan& earlier) : earlier_(earlier) {}

  /// Of a kept or copied row: what it was before.
  Origin same(const Origin& origin) const {
    Origin before = earlier_[origin.base];
    if (origin.synthetic() && !before.synthetic()) before.step = 1;
    return before;
  }
  /// Of a row between two.
  Origin between(const Origin& origin) const { return {parent(origin.base), parent(origin.neighbor), origin.step}; }

  Index parent(Index row) const {
    if (!earlier_.is_verbatim(row))
      throw InvalidPlan(text({"a row would be made from row ", row,
                              ", which an earlier stage made; a synthetic row cannot be a parent, so put the "
                              "stage that adds rows first, or let the two stages fill different classes"}));
    return earlier_[row].base;
  }

 private:
  const Plan& earlier_;
};

}  // namespace detail

/// The plan of `earlier` followed by `later`, which was made on the rows of `earlier`: parents are rows of the first input
/// again. Throws InvalidPlan if a synthetic row would have a synthetic parent, if the plans do not fit each other, or if
/// both make rows under different rules for columns. Cost O(n).
inline Plan compose(const Plan& earlier, const Plan& later) {
  if (later.source_rows_ != earlier.size()) detail::throw_plan_size(later.source_rows_, earlier.size());
  earlier.check();
  later.check();
  Plan out(earlier.source_rows_);
  out.reserve(later.size());
  out.stages_ = earlier.stages_ + later.stages_;
  out.rules_ = earlier.rules_;
  out.rules_.insert(out.rules_.end(), later.rules_.begin(), later.rules_.end());
  out.notes_ = earlier.notes_;
  out.notes_.insert(out.notes_.end(), later.notes_.begin(), later.notes_.end());
  out.removed_ = earlier.removed_;

  const bool same_rules = earlier.column_rules_ == later.column_rules_,
             later_makes = same_rules || !later.is_selection();
  if (!same_rules && later_makes && !earlier.is_selection())
    throw InvalidPlan("two plans have different rules for columns; the rows of one would change: use the same rules");
  out.column_rules_ = later_makes ? later.column_rules_ : earlier.column_rules_;

  const detail::Composed composed(earlier);
  const auto offset = static_cast<std::uint32_t>(earlier.rules_.size());
  std::vector<Donor> donors;
  for (Index row = 0; row < later.size(); ++row) {
    const Origin& origin = later[row];
    if (later.is_verbatim(row)) {
      out.push(composed.same(origin), earlier.rule_number(origin.base), earlier.donors(origin.base));
      continue;
    }
    donors.clear();
    for (const Donor& donor : later.donors(row)) donors.push_back({donor.column, composed.parent(donor.row)});
    const std::uint32_t rule = later.rule_number(row);
    out.push(composed.between(origin), rule == 0 ? 0 : rule + offset, {donors.data(), donors.size()});
  }
  for (const Removal& removal : later.removed_) {
    const bool verbatim = removal.origin.neighbor == removal.origin.base;
    out.removed_.push_back(
        {verbatim ? composed.same(removal.origin) : composed.between(removal.origin), removal.reason, removal.pass});
  }
  return out;
}

}  // inline namespace
}  // namespace rebalance
