// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/random.hpp>
#include <rebalance/core/row_keys.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What may stand in a column of a new row.
enum class ColumnKind {
  grid,     ///< `origin` and a multiple of `step`: of the two next to the interpolated value the nearer one more often,
            ///< so that the mean is what it was
  nominal,  ///< the value of one of the two parents, of the nearer one more often
  from_base  ///< the value of the base: ids, keys, what must not be mixed
};

/// Columns of one kind. Columns that are nominal in one rule come from the same parent, those of another rule may come from the
/// other. A parent that is on no grid itself may have new rows a step beyond it.
struct ColumnRule {
  std::vector<Index> columns;          ///< by their numbers in X
  ColumnKind kind = ColumnKind::grid;  ///< what they hold
  double step = 1;                     ///< grid: above 0
  double origin = 0;                   ///< grid

  friend bool operator==(const ColumnRule&, const ColumnRule&) = default;
};

/// Columns of whole numbers, such as counts: rounded up or down by chance, so that no bias comes in.
inline ColumnRule integer(std::vector<Index> columns) { return {std::move(columns), ColumnKind::grid, 1, 0}; }
/// Columns of multiples of a step, such as prices in cents.
inline ColumnRule grid(std::vector<Index> columns, double step, double origin = 0) {
  return {std::move(columns), ColumnKind::grid, step, origin};
}
/// Columns of categories: all of them from the same parent. For votes of many neighbors, and distances that know of
/// categories, use SmoteNc.
inline ColumnRule nominal(std::vector<Index> columns) { return {std::move(columns), ColumnKind::nominal, 1, 0}; }
/// Columns that a new row has from its base.
inline ColumnRule from_base(std::vector<Index> columns) { return {std::move(columns), ColumnKind::from_base, 1, 0}; }

namespace detail {

template <>
inline constexpr EnumNames enum_names<ColumnKind>{"ColumnKind", {"grid", "nominal", "from_base"}};

/// What is wrong with rules, in words, or nothing. `columns` is how many columns there are.
[[gnu::cold]] inline std::string fault_of(const std::vector<ColumnRule>& rules, Index columns) {
  std::set<Index> ruled;
  for (const ColumnRule& rule : rules) {
    if (!(rule.step > 0 && std::isfinite(rule.step)))
      return text({"the step of a grid is ", rule.step, "; it must be finite and above 0"});
    if (!std::isfinite(rule.origin)) return text({"the origin of a grid is ", rule.origin, "; it must be finite"});
    for (const Index column : rule.columns) {
      if (column < 0 || column >= columns)
        return text({"a rule speaks of column ", column, " but X has columns 0 to ", columns - 1});
      if (!ruled.insert(column).second) return text({"column ", column, " has two rules; give it one"});
    }
  }
  return {};
}

/// The multiple below or above, by chance; exact where the value is one. A value with no digits behind the grid's is left.
inline double on_grid(double value, const ColumnRule& rule, double chance) noexcept {
  const double steps = (value - rule.origin) / rule.step, below = std::floor(steps);
  if (!(std::abs(steps) < 0x1p52)) return value;
  const double chosen = below + (chance < steps - below ? 1 : 0);
  const double in_one = 1 / rule.step;  // 100 for cents: 3 / 100 is 0.03, but 3 * 0.01 is not
  return rule.origin + (in_one == std::floor(in_one) ? chosen / in_one : rounded(chosen * rule.step));
}

/// Makes a row that was written without rules keep them. Where it has its parents' common value, nothing is touched.
template <class S>
void keep_rules(const std::vector<ColumnRule>& rules, const S* base, const S* neighbor, Index columns, double step,
                S* row) noexcept {
  // Chance belongs to what the row is made of, so that it is the same wherever the row stands.
  const std::uint64_t key = key_of_values(base, columns) + std::rotl(key_of_values(neighbor, columns), 1);
  const auto chance = [&](Index column) {
    return unit_interval(
        random_pair(std::bit_cast<std::uint64_t>(step), 1, key, static_cast<std::uint32_t>(column))[0]);
  };
  for (const ColumnRule& rule : rules) {
    const bool of_neighbor =
        rule.kind == ColumnKind::nominal && !rule.columns.empty() && chance(rule.columns[0]) < step;
    for (const Index j : rule.columns) {
      if (rule.kind != ColumnKind::grid) row[j] = of_neighbor ? neighbor[j] : base[j];
      else if (row[j] != base[j] || base[j] != neighbor[j])
        row[j] = static_cast<S>(on_grid(static_cast<double>(row[j]), rule, chance(j)));
    }
  }
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
