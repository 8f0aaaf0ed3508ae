// SPDX-License-Identifier: MIT
#pragma once

// What holds for every resampled set, whatever made it, and for the sets of single samplers.

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "configuration.hpp"

namespace soak {

/// What was found to be wrong, in words.
using Faults = std::vector<std::string>;

template <class S>
bool same_bytes(const Matrix<S>& a, const Matrix<S>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         (a.size() == 0 || std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0);
}

/// Whether a value is one that a rule of its column allows between two parents.
inline bool is_between(double value, double base, double neighbor, const ColumnRule* rule) {
  if (rule && rule->kind == ColumnKind::from_base) return value == base;
  if (rule && rule->kind == ColumnKind::nominal) return value == base || value == neighbor;
  const double reach = rule ? rule->step : 0;  // the next line of the grid may lie beyond a parent
  return value >= std::min(base, neighbor) - reach && value <= std::max(base, neighbor) + reach;
}

/// Verbatim rows have the bytes of their base; cells of donors are theirs; all others lie between the parents.
inline void check_row(const Configuration& given, const Resampled<double, int>& made, Index row, Faults& faults) {
  const Origin& origin = made.plan[row];
  const auto as_parent = [&](const char* what) { faults.push_back(detail::text({"row ", row, ": ", what})); };
  if (made.y[static_cast<std::size_t>(row)] != given.y[static_cast<std::size_t>(origin.base)])
    as_parent("not the label of its base");
  if (made.plan.is_verbatim(row)) {
    if (std::memcmp(made.X.row(row).data(), given.X.row(origin.base).data(),
                    static_cast<std::size_t>(given.X.cols()) * sizeof(double)) != 0)
      as_parent("not the bytes of its base");
    return;
  }
  const bool keeps_strata = !given.strata.empty() && given.strata_rules.small != SmallStratum::whole_class;
  const auto stratum = [&](Index parent) { return given.strata[static_cast<std::size_t>(parent)]; };
  if (keeps_strata && stratum(origin.base) != stratum(origin.neighbor)) as_parent("parents of two strata");
  const Rule* const noise = made.plan.rule(row);
  if (noise && noise->kind != Rule::Kind::box) return;

  const auto donors = made.plan.donors(row);
  for (Index column = 0; column < given.X.cols(); ++column) {
    const double value = made.X(row, column);
    const auto donor =
        std::find_if(donors.begin(), donors.end(), [&](const Donor& one) { return one.column == column; });
    const ColumnRule* rule = nullptr;
    for (const ColumnRule& one : given.columns)
      if (one.columns.front() == column) rule = &one;
    const bool right = donor != donors.end() && !rule ? value == given.X(donor->row, column)
                       : donor != donors.end()
                           ? true
                           : is_between(value, given.X(origin.base, column), given.X(origin.neighbor, column), rule);
    if (!right) as_parent("a cell that is not between its parents, nor its donor's");
  }
}

/// A cleaner only takes rows out: what is left and what is told are all rows, each once, and no class loses its floor.
inline void check_cleaned(const Stage& stage, const Resampled<double, int>& made, Faults& faults) {
  std::vector<Index> rows;
  for (const Origin& origin : made.plan) rows.push_back(origin.base);
  if (!std::is_sorted(rows.begin(), rows.end()) || !made.plan.is_selection())
    faults.push_back("a cleaner did not only remove");
  for (const Removal& removal : made.plan.removed()) rows.push_back(removal.origin.base);
  std::sort(rows.begin(), rows.end());
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row] != static_cast<Index>(row))
      return faults.push_back("rows kept and removed are not all rows, each once");
  if (static_cast<Index>(rows.size()) != made.plan.source_rows()) faults.push_back("rows are neither kept nor removed");
  const std::string floor = stage.value("min_per_class");
  for (const auto& [label, before, after] : made.counts)
    if (after < std::min<Index>(before, floor.empty() ? 0 : std::stol(floor)))
      faults.push_back("a class lost its floor");
}

/// A sampler with a strategy gives each class what the strategy says, or a note.
inline void check_counts(const Stage& stage, const Data<double, int>& data, const Resampled<double, int>& made,
                         Faults& faults) {
  const Strategy strategy = stage.value("strategy").empty() ? balance() : read_strategy(stage.value("strategy"));
  const Draws draws = stage.value("draws") == "imbalanced_learn" ? Draws::imbalanced_learn : Draws::even;
  const auto targets = stage.name == "random_under" ? strategy.lowered(data.classes(), stage.name, draws)
                                                    : strategy.raised(data.classes(), stage.name, draws);
  for (std::size_t c = 0; c < made.counts.size(); ++c) {
    const auto& [label, before, after] = made.counts[c];
    const bool noted = std::any_of(made.plan.notes().begin(), made.plan.notes().end(), [&](const Note& note) {
      return note.label.text == std::to_string(made.counts[c].label);
    });
    if (after != targets[c].value_or(before) && !noted)
      faults.push_back(
          detail::text({"class ", label, " has ", after, " rows, wanted were ", targets[c].value_or(before)}));
  }
}

inline void check_invariants(const Configuration& given, const Data<double, int>& data,
                             const Resampled<double, int>& made, Faults& faults) {
  for (Index row = 0; row < made.plan.size() && faults.size() < 5; ++row) check_row(given, made, row, faults);
  if (given.stages.size() > 1) return;
  const Stage& stage = given.stages.front();
  if (stage.name == "smote_enn" || stage.name == "smote_tomek") return;  // how many are cleaned is told by no option
  if (is_cleaner(stage.name)) return check_cleaned(stage, made, faults);
  const bool by_strategy = given.strata.empty() || given.strata_rules.allocation == Allocation::proportional;
  if (by_strategy) check_counts(stage, data, made, faults);
}

}  // namespace soak
