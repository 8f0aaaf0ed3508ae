// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/rows.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What a row that was added weighs.
enum class WeightPolicy {
  of_base,          ///< as its base: rows of high weight are followed by such rows
  interpolated,     ///< as far between base and neighbor as the row; one made by a rule has no single step: as its base
  keep_class_total  ///< rows of a class, kept and new, share what the class weighed, in proportion of their
                    ///< interpolated weights: resampling changes which rows speak for a class, not how loud it is
};

namespace detail {

template <>
inline constexpr EnumNames enum_names<WeightPolicy>{"WeightPolicy", {"of_base", "interpolated", "keep_class_total"}};

/// Throws BadValue for a weight that is none.
template <class Range>
std::vector<double> checked_weights(const Plan& plan, const Range& weights) {
  require_one_each("weights", static_cast<Index>(std::size(weights)), "the plan's input", plan.source_rows());
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(std::size(weights)));
  for (const auto& given : weights) {
    const auto weight = static_cast<double>(given);
    const auto row = static_cast<Index>(out.size());
    if (!(weight >= 0 && std::isfinite(weight)))
      throw BadValue(
          text({"weights[", row, "] is ", weight, "; a weight must be finite and not negative: mend or drop the row"}),
          row, 0);
    out.push_back(weight);
  }
  return out;
}

inline std::vector<double> weights_of(const Plan& plan, std::span<const double> weights, bool interpolated) {
  plan.check();
  const auto at = [&](Index row) { return weights[static_cast<std::size_t>(row)]; };
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(plan.size()));
  for (Index row = 0; row < plan.size(); ++row) {
    const auto& [base, neighbor, step] = plan[row];
    const bool between = interpolated && base != neighbor && !plan.rule(row);
    out.push_back(between ? interpolate(at(base), at(neighbor), step) : at(base));
  }
  return out;
}

/// The sum of each class of the rows.
template <class CodeOf>
std::vector<double> class_totals(std::span<const double> weights, std::uint32_t classes, const CodeOf& code_of) {
  std::vector<std::vector<double>> of_class(classes);
  for (std::size_t row = 0; row < weights.size(); ++row)
    of_class[code_of(static_cast<Index>(row))].push_back(weights[row]);
  std::vector<double> out;
  for (const std::vector<double>& values : of_class) out.push_back(pairwise_sum(values));
  return out;
}

/// Gives each class the total it had.
inline void keep_totals(const Plan& plan, std::span<const double> before, const Classes& classes,
                        std::vector<double>& weights) {
  const auto code_of_row = [&](Index row) { return classes.code(plan[row].base); };
  const auto had = class_totals(before, classes.size(), [&](Index row) { return classes.code(row); });
  const auto has = class_totals({weights.data(), weights.size()}, classes.size(), code_of_row);
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    if (!std::isfinite(had[c]) || !std::isfinite(has[c]) ||
        (has[c] > 0 && !std::isnormal(had[c] / has[c]) && had[c] > 0))
      throw InvalidOption(text({"gather_weights: class ", classes.label(c).text, " weighed ", had[c], " and weighs ",
                                has[c], ", which doubles cannot divide; scale the weights to about 1"}));
    if (had[c] > 0 && has[c] == 0)
      throw InvalidOption(
          text({"gather_weights: class ", classes.label(c).text, " weighed ", had[c],
                ", but no row of weight is left of it; use WeightPolicy::of_base, or keep rows of weight"}));
  }
  for (Index row = 0; row < plan.size(); ++row) {
    const std::uint32_t c = code_of_row(row);
    if (has[c] > 0) weights[static_cast<std::size_t>(row)] *= had[c] / has[c];  // exactly 1 where nothing changed
  }
}

}  // namespace detail

/// Weights of the rows of a plan, one for each, from those of the input rows: for learners that weigh rows. What else
/// follows its row (ids, time stamps, names) comes with `gather`.
///
/// In      weights  one for each input row of the plan, finite and not negative; of any type of number
/// Out     doubles, the same bits on every machine. Kept rows keep their weight (but under keep_class_total)
/// Cost    O(n + m)
/// Throws  ShapeMismatch, BadValue (with the row), InvalidPlan; InvalidOption for keep_class_total, which needs y
template <class Range>
std::vector<double> gather_weights(const Plan& plan, const Range& weights, WeightPolicy policy) {
  if (policy == WeightPolicy::keep_class_total)
    throw InvalidOption(
        "gather_weights: WeightPolicy::keep_class_total needs the classes; call "
        "gather_weights(plan, weights, y, policy)");
  return detail::weights_of(plan, detail::checked_weights(plan, weights), policy == WeightPolicy::interpolated);
}

/// The same with y, the label of each input row, for any policy. The total of a class is that of all input rows: for
/// the plan of a fold, whose input are all rows, give rows that are held out weight 0.
/// Throws also InvalidOption: a class that was to keep its total has no row of weight left, or its weights are so large or
/// small that doubles cannot divide the totals
template <class Range, LabelRange Y>
std::vector<double> gather_weights(const Plan& plan, const Range& weights, const Y& y, WeightPolicy policy) {
  if (policy != WeightPolicy::keep_class_total) return gather_weights(plan, weights, policy);
  detail::require_one_each("y", static_cast<Index>(std::size(y)), "the plan's input", plan.source_rows());
  const std::vector<double> before = detail::checked_weights(plan, weights);
  std::vector<double> out = detail::weights_of(plan, before, true);
  const Rows rows(y);
  detail::keep_totals(plan, before, rows.facts().classes, out);
  return out;
}

}  // inline namespace
}  // namespace rebalance
