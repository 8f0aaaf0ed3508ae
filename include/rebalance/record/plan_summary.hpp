// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/strata.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What became of the rows of a class.
struct ClassSummary {
  Label label;          ///< of the class
  Index before = 0;     ///< rows that were resampled
  Index removed = 0;    ///< of these, how many are not in the result, whyever: cleaned out or not drawn
  Index kept = 0;       ///< rows of the result that are rows of the input
  Index synthetic = 0;  ///< rows of the result that were added, copies too
  Index after = 0;      ///< rows of the result: kept and synthetic
  friend bool operator==(const ClassSummary&, const ClassSummary&) = default;
};

/// What became of the rows of a class in a stratum. A new row is in the stratum of its base.
struct StratumSummary {
  Label stratum;        ///< its key
  Label label;          ///< of the class
  Index before = 0;     ///< rows that were resampled
  Index synthetic = 0;  ///< rows of the result that were added, copies too
  Index after = 0;      ///< rows of the result
  friend bool operator==(const StratumSummary&, const StratumSummary&) = default;
};

/// How many rows cleaners left out for a reason in a pass: real ones, and synthetic ones that an earlier stage made.
struct RemovalSummary {
  std::string reason;   ///< as `name_of` has it
  Index pass = 1;       ///< of the cleaner, from 1
  Index real = 0;       ///< rows of the input of which no copy is left, each once, where its last copy went
  Index synthetic = 0;  ///< rows that an earlier stage added
  friend bool operator==(const RemovalSummary&, const RemovalSummary&) = default;
};

/// A plan in numbers.
struct PlanSummary {
  std::vector<ClassSummary> classes;     ///< in sorted label order
  std::vector<StratumSummary> strata;    ///< cells that have rows, in sorted order of strata, then labels
  std::vector<RemovalSummary> removals;  ///< in order of reasons, then passes
  double synthetic_ratio = 0;            ///< synthetic rows per row of the result; 0 if that is empty
  friend bool operator==(const PlanSummary&, const PlanSummary&) = default;
};

namespace detail {

/// Rows of a class in a stratum.
struct CellCount {
  Index before = 0;
  Index seen = 0;  ///< different rows that were kept
  Index kept = 0;
  Index synthetic = 0;

  CellCount& operator+=(const CellCount& other) noexcept {
    before += other.before;
    seen += other.seen;
    kept += other.kept;
    synthetic += other.synthetic;
    return *this;
  }
};

/// A count for each class in each stratum, stratum after stratum; without strata one for each class.
template <class S>
std::vector<CellCount> cell_counts(const DataView<S>& data, const Plan& plan, std::span<const Index> rows) {
  const std::size_t strata = data.stratification ? data.stratification->labels.size() : 1;
  std::vector<CellCount> cells(strata * data.classes.size());
  const auto cell = [&](Index row) -> CellCount& {
    const std::size_t stratum = data.strata.empty() ? 0 : data.strata[static_cast<std::size_t>(row)];
    return cells[stratum * data.classes.size() + data.classes.code(row)];
  };
  for (const Index row : rows) ++cell(row).before;
  std::vector<bool> seen(static_cast<std::size_t>(data.rows()), false);
  for (const Origin& origin : plan) {
    CellCount& count = cell(origin.base);
    if (origin.synthetic()) {
      ++count.synthetic;
      continue;
    }
    ++count.kept;
    count.seen += !seen[static_cast<std::size_t>(origin.base)];
    seen[static_cast<std::size_t>(origin.base)] = true;
  }
  return cells;
}

/// A real row that was drawn several times is one row, which went where the last of its copies went; while one is kept
/// it did not go.
inline std::vector<RemovalSummary> removals_of(const Plan& plan) {
  std::vector<bool> told(static_cast<std::size_t>(plan.source_rows()), false);
  for (const Origin& origin : plan)
    if (!origin.synthetic()) told[static_cast<std::size_t>(origin.base)] = true;
  std::map<std::pair<Reason, std::uint32_t>, RemovalSummary> found;
  for (auto removal = plan.removed().rbegin(); removal != plan.removed().rend(); ++removal) {
    RemovalSummary& summary = found[{removal->reason, removal->pass}];
    summary.reason = name_of(removal->reason);
    summary.pass = removal->pass;
    if (removal->origin.synthetic()) {
      ++summary.synthetic;
      continue;
    }
    const auto row = static_cast<std::size_t>(removal->origin.base);
    summary.real += !told[row];
    told[row] = true;
  }
  std::vector<RemovalSummary> out;
  for (const auto& entry : found) out.push_back(entry.second);
  return out;
}

/// What a checked plan did to `rows` of its input, which were resampled. Cost O(n + m).
template <class S>
PlanSummary summary_of(const DataView<S>& data, const Plan& plan, std::span<const Index> rows) {
  const std::vector<CellCount> cells = cell_counts(data, plan, rows);
  const std::size_t classes = data.classes.size();
  PlanSummary out;
  Index synthetic = 0;
  for (std::uint32_t c = 0; c < classes; ++c) {
    CellCount all;
    for (std::size_t i = c; i < cells.size(); i += classes) all += cells[i];
    out.classes.push_back(
        {data.classes.label(c), all.before, all.before - all.seen, all.kept, all.synthetic, all.kept + all.synthetic});
    synthetic += all.synthetic;
  }
  for (std::size_t i = 0; i < cells.size() && data.stratification; ++i)
    if (cells[i].before + cells[i].kept + cells[i].synthetic > 0)
      out.strata.push_back({data.stratification->labels[i / classes],
                            data.classes.label(static_cast<std::uint32_t>(i % classes)), cells[i].before,
                            cells[i].synthetic, cells[i].kept + cells[i].synthetic});
  out.removals = removals_of(plan);
  if (plan.size() > 0) out.synthetic_ratio = static_cast<double>(synthetic) / static_cast<double>(plan.size());
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
