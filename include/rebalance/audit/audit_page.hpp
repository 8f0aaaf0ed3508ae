// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/audit/fidelity.hpp>
#include <rebalance/audit/page.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/resample.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How an audit page looks.
struct PageOptions {
  std::string title = "Audit of a resampled training set";  ///< its heading
  Index most_curves = 12;     ///< columns whose distribution functions are drawn, of each class
  Index most_segments = 150;  ///< new rows that are drawn with the way between their parents, of each class
  friend bool operator==(const PageOptions&, const PageOptions&) = default;
};

namespace detail {

/// At most `most` of some rows, evenly from all.
inline std::vector<Index> spread_rows(std::span<const Index> rows, Index most) {
  const auto n = static_cast<Index>(rows.size()), taken = std::min(n, most);
  std::vector<Index> out;
  for (Index i = 0; i < taken; ++i) out.push_back(rows[static_cast<std::size_t>(i * n / taken)]);
  return out;
}

/// The rows of a class that a page draws; `added` are those the plan adds to it.
template <class S>
PageRows rows_to_draw(const DataView<S>& data, const Plan& plan, std::uint32_t c, const std::vector<Index>& added,
                      Index most_segments) {
  constexpr Index most_of_curve = 2000, most_others = 200;  // more would not change a pixel
  std::vector<Index> others, bases, neighbors;
  for (Index row = 0; row < data.rows(); ++row)
    if (data.classes.code(row) != c) others.push_back(row);
  const auto drawn = spread_rows(added, most_of_curve);
  PageRows out;
  out.real = in_double(data.X, spread_rows(data.classes.members(c), most_of_curve));
  out.others = in_double(data.X, spread_rows(others, most_others));
  out.made = rows_made(plan, data.X, drawn).template cast<double>();
  out.segments = spread_rows(all_rows(out.made.rows()), most_segments);
  for (const Index i : out.segments) {
    const Origin& origin = plan[drawn[static_cast<std::size_t>(i)]];
    bases.push_back(origin.base);
    neighbors.push_back(origin.neighbor);
  }
  out.bases = in_double(data.X, bases);
  out.neighbors = in_double(data.X, neighbors);
  return out;
}

}  // namespace detail

/// A page for whoever has to judge a resampled training set: rows before and after, what is unusual in plain sentences,
/// every figure beside what is usual, the distribution functions of the columns that differ most, variances beside
/// their law, new rows between their parents, and the notes of the plan. One HTML file with its pictures inside:
/// nothing to install, no script, nothing loaded from elsewhere. It shows values of real rows: keep it where these may
/// be.
///
///     std::ofstream("audit.html") << audit_page(data, plan, fidelity(data, plan));
///
/// In      the data and the plan that `fidelity` was given, and what it returned; names and labels may be any bytes
/// Out     HTML in UTF-8; the same bytes for the same input
/// Cost    O(n + m); of a class at most 2000 rows are drawn, evenly from all
/// Throws  InvalidPlan (the plan or the report is not of these data), InvalidOption
template <class S, class L>
std::string audit_page(const Data<S, L>& data, const Plan& plan, const Fidelity& fidelity,
                       const PageOptions& options = {}) {
  if (options.most_curves < 0) detail::throw_option("audit_page", "most_curves", options.most_curves, "at least 0");
  if (options.most_segments < 0)
    detail::throw_option("audit_page", "most_segments", options.most_segments, "at least 0");
  const DataView<S> view = data.view();
  detail::require_fit(plan, view.X);
  detail::require_report_of(fidelity, plan, view.classes, view.X.cols());
  std::vector<detail::PageCount> counts;
  for (const auto& change : class_changes(plan, data))
    counts.push_back({Label(change.label), change.before, change.after});

  detail::Page page(options.title, fidelity);
  page.counts(counts);
  page.findings();
  const auto added = detail::rows_added(plan, view.classes);
  std::size_t number = 0;
  for (std::uint32_t c = 0; c < view.classes.size(); ++c) {
    if (view.classes.count(c) == 0) continue;
    const ClassFidelity& of_class = fidelity.classes[number++];
    if (!of_class.columns.empty())
      page.class_section(of_class, detail::rows_to_draw(view, plan, c, added[c], options.most_segments),
                         options.most_curves);
  }
  page.notes(plan.notes());
  return std::move(page).file();
}

}  // inline namespace
}  // namespace rebalance
