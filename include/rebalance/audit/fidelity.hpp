// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <rebalance/audit/fidelity_report.hpp>
#include <rebalance/audit/real_rows.hpp>
#include <rebalance/audit/row_places.hpp>
#include <rebalance/audit/two_samples.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/core/materialize.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What `fidelity` looks at, and how hard.
struct FidelityOptions {
  NeighborSpace space = {};  ///< where distances of rows are measured, as the sampler had it; scale where units differ
  int repetitions = 200;     ///< sets drawn from the real rows to learn what is usual, at least 20
  std::uint64_t seed = 0;    ///< of these draws, and of the choice of rows where there are more than `most_rows`
  Index most_rows = 10'000;  ///< of a class, real and new rows each: of more a random choice is compared; at least 2
  std::vector<std::string> column_names = {};  ///< one for each column of X; none: their numbers
  friend bool operator==(const FidelityOptions&, const FidelityOptions&) = default;
};

namespace detail {

/// What an audit is made of. All of it must outlive this.
template <class S>
struct Audit {
  const DataView<S>& data;
  const Plan& plan;
  const FittedSpace<S>& space;
  const FidelityOptions& options;
  const Execution& how;
};

/// All of the rows or a random choice of `most_rows`; `choice` tells apart choices that must have nothing to do with
/// each other.
inline std::vector<Index> chosen_rows(std::span<const Index> rows, const FidelityOptions& options,
                                      std::uint32_t choice) {
  if (static_cast<Index>(rows.size()) <= options.most_rows) return {rows.begin(), rows.end()};
  const std::vector<std::uint64_t> keys(rows.begin(), rows.end());
  std::vector<Index> out;
  for (const Index place : random_choice(keys, options.seed, choice, static_cast<std::size_t>(options.most_rows)))
    out.push_back(rows[static_cast<std::size_t>(place)]);
  return out;
}

/// Some rows of the plan, as `materialize` makes them.
template <class S>
Matrix<S> rows_made(const Plan& plan, const MatrixView<S>& X, std::span<const Index> numbers) {
  Matrix<S> out(static_cast<Index>(numbers.size()), X.cols());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    write_row(plan, numbers[i], plan[numbers[i]], X, out.data() + static_cast<Index>(i) * X.cols());
  return out;
}

/// All real rows where distances are measured, then the rows of the plan that stand in `made`. In a space of the
/// caller's own these lie on the straight way between their parents.
template <class S>
Matrix<S> rows_in_space(const Audit<S>& audit, std::span<const Index> numbers, const Matrix<S>& made) {
  const MatrixView<S>& space = audit.data.space;
  Matrix<S> out = unwritten_rows<S>(space.rows() + made.rows(), space.cols());
  out.topRows(space.rows()) = space;
  if (same_view(space, audit.data.X)) out.bottomRows(made.rows()) = made;
  else
    for (std::size_t i = 0; i < numbers.size(); ++i)
      write_segment(audit.plan[numbers[i]], space, out.data() + (space.rows() + static_cast<Index>(i)) * space.cols());
  return audit.options.space == NeighborSpace{} ? out : audit.space(view_of(out), audit.how);
}

template <class S>
Matrix<double> in_double(const MatrixView<S>& X, std::span<const Index> rows) {
  Matrix<double> out(static_cast<Index>(rows.size()), X.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) out.row(static_cast<Index>(i)) = X.row(rows[i]).template cast<double>();
  return out;
}

/// Columns in which all of the rows lie between parents of their class, by a step that is as likely here as there: none where
/// rows were refused or cleaned away.
template <class S>
std::vector<bool> lawful_columns(const Audit<S>& audit, std::uint32_t c, std::span<const Index> numbers) {
  std::vector<bool> out(static_cast<std::size_t>(audit.data.X.cols()), true);
  const auto cleaned = [](const Removal& removal) { return removal.origin.synthetic(); };
  const auto& removed = audit.plan.removed();
  if ((audit.data.rules && audit.data.rules->accept) || std::any_of(removed.begin(), removed.end(), cleaned))
    return std::vector<bool>(out.size(), false);
  for (const ColumnRule& rule : audit.plan.column_rules())
    for (const Index column : rule.columns) out[static_cast<std::size_t>(column)] = false;
  for (const Index number : numbers) {
    const Rule* const rule = audit.plan.rule(number);
    if ((rule && rule->kind != Rule::Kind::box) || audit.data.classes.code(audit.plan[number].neighbor) != c)
      return std::vector<bool>(out.size(), false);
    for (const Donor& donor : audit.plan.donors(number)) out[static_cast<std::size_t>(donor.column)] = false;
  }
  return out;
}

/// The variance that values on the way from base to neighbor have, by steps uniform in [0, 1): a third of those of
/// base, neighbor and both together, and what their means are apart. In the unit given.
inline double variance_between(std::span<const double> bases, std::span<const double> neighbors, double unit) {
  const Moments a = moments(bases), b = moments(neighbors);
  const double rho = correlation(bases, neighbors), apart = (a.mean - b.mean) / unit;
  const double of_a = a.deviation / unit, of_b = b.deviation / unit;
  const double together = std::isnan(rho) ? 0 : rho * of_a * of_b;
  return (rounded(of_a * of_a) + rounded(together) + rounded(of_b * of_b)) / 3 + rounded(apart * apart) / 12;
}

/// Of a column, the ratio of variances that the parents of the rows lead to.
template <class S>
double variance_by_law(const Audit<S>& audit, std::span<const Index> numbers, Index column, const RealColumn& real) {
  std::vector<double> bases, neighbors;
  for (const Index number : numbers) {
    const Origin& origin = audit.plan[number];
    bases.push_back(static_cast<double>(audit.data.X(origin.base, column)));
    neighbors.push_back(static_cast<double>(audit.data.X(origin.neighbor, column)));
  }
  return variance_between(bases, neighbors, real.unit());
}

/// Sets the figures of each column that were found beside those that are usual.
[[gnu::cold]] inline void set_columns(ClassFidelity& out, const Figures& found, const Usual& usual) {
  const double ks = usual.most(&ColumnFigures::kolmogorov_smirnov), moved = usual.most(&ColumnFigures::wasserstein),
               shift = usual.most(&ColumnFigures::mean_shift), outside = usual.most(&ColumnFigures::outside),
               ratio = usual.least_ratio();
  for (std::size_t j = 0; j < found.columns.size(); ++j) {
    const ColumnFigures& column = found.columns[j];
    const double alone = usual.quantile_of(0.95, [&](const Figures& one) { return one.columns[j].unknown; });
    out.columns.push_back({.kolmogorov_smirnov = {column.kolmogorov_smirnov, ks},
                           .wasserstein = {column.wasserstein, moved},
                           .mean_shift = {column.mean_shift, shift},
                           .variance = {column.variance_ratio, ratio, {}},
                           .outside = {column.outside, outside},
                           .unknown = {column.unknown, alone > 0.5 ? 1 : alone}});
  }
}

/// And those of all columns or rows together.
[[gnu::cold]] inline void set_figures(ClassFidelity& out, const Figures& found, const Usual& usual) {
  const auto beside = [&](const auto& figure) { return Compared{figure(found), usual.quantile_of(0.95, figure)}; };
  out.largest_correlation_shift = beside([](const Figures& one) { return one.correlation.largest; });
  out.mean_correlation_shift = beside([](const Figures& one) { return one.correlation.mean; });
  out.copies = beside([](const Figures& one) { return one.copies; });
  out.near_copies = beside([](const Figures& one) { return one.near_copies; });
  out.among_others = beside([](const Figures& one) { return one.among_others; });
  out.in_void = beside([](const Figures& one) { return one.in_void; });
  constexpr double by_steps = 0.02;          // a hundredth of the way at both of its ends
  constexpr double normal_quantile = 1.645;  // 95 in 100 lie below it
  const double deviation = std::sqrt(by_steps * (1 - by_steps) / static_cast<double>(out.synthetic_compared));
  out.near_copies.usual = std::max(out.near_copies.usual, by_steps + rounded(normal_quantile * deviation));
}

/// The mean ratio of variances, and by the law where it applies to all columns.
[[gnu::cold]] inline void set_mean_variance(ClassFidelity& out, const RealRows& real, const Figures& found,
                                            const Usual& usual) {
  const auto mean = [&](const Figures& one) { return real.mean_variance(one); };
  out.mean_variance = {mean(found), usual.quantile_of(0.05, mean), {}};
  std::vector<double> laws;
  for (std::size_t j = 0; j < out.columns.size(); ++j)
    if (const auto& law = out.columns[j].variance.by_law) laws.push_back(*law);
    else if (!real.columns()[j].constant()) return;
  if (!laws.empty()) out.mean_variance.by_law = pairwise_sum(laws) / static_cast<double>(laws.size());
}

/// The rows of the plan `added` to class c beside its real ones.
template <class S>
void compare_class(const Audit<S>& audit, std::uint32_t c, std::span<const Index> added, ClassFidelity& out) {
  const DataView<S>& data = audit.data;
  const std::vector<Index> real = chosen_rows(data.classes.members(c), audit.options, 2 * c);
  const std::vector<Index> numbers = chosen_rows(added, audit.options, 2 * c + 1);
  out.real_compared = static_cast<Index>(real.size());
  out.synthetic_compared = static_cast<Index>(numbers.size());

  const Matrix<S> made = rows_made(audit.plan, data.X, numbers), space = rows_in_space(audit, numbers, made);
  const Territory<S> territory(data.X, view_of(space), data.classes, c, real, audit.how);
  const RealRows rows(in_double(data.X, real), territory.real(), audit.how);
  const Figures found =
      rows.compare(made.template cast<double>(), territory.of_new(view_of(made), data.rows()), audit.how);
  const Usual usual(rows, out.synthetic_compared, audit.options.repetitions, audit.options.seed, c, audit.how);
  set_columns(out, found, usual);
  set_figures(out, found, usual);
  const std::vector<bool> lawful = lawful_columns(audit, c, numbers);
  for (std::size_t j = 0; j < lawful.size(); ++j)
    if (const RealColumn& column = rows.columns()[j]; lawful[j] && !column.constant())
      out.columns[j].variance.by_law = variance_by_law(audit, numbers, static_cast<Index>(j), column);
  set_mean_variance(out, rows, found, usual);
}

/// The options, with names for all columns. Throws InvalidOption.
[[gnu::cold]] inline FidelityOptions checked_options(FidelityOptions options, Index columns) {
  if (options.repetitions < 20) throw_option("fidelity", "repetitions", options.repetitions, "at least 20");
  if (options.most_rows < 2) throw_option("fidelity", "most_rows", options.most_rows, "at least 2");
  if (options.column_names.empty())
    for (Index column = 0; column < columns; ++column) options.column_names.push_back(text({column}));
  if (static_cast<Index>(options.column_names.size()) != columns)
    throw InvalidOption(text({"fidelity: column_names are ", options.column_names.size(), " names but X has ", columns,
                              " columns; give one for each, or none"}));
  return options;
}

/// The numbers of the rows that the plan adds to each class.
inline std::vector<std::vector<Index>> rows_added(const Plan& plan, const Classes& classes) {
  std::vector<std::vector<Index>> out(classes.size());
  for (Index row = 0; row < plan.size(); ++row)
    if (plan[row].synthetic()) out[classes.code(plan[row].base)].push_back(row);
  return out;
}

}  // namespace detail

/// Looks at what a plan adds to a training set: whether the new rows of each class are like its real ones, column by
/// column and together, and where they lie. Every figure stands beside what it is for rows drawn from the real ones, at
/// the same sizes: each kind of figure is beyond its usual in 5 of 100 such sets, however small the class and however many its
/// columns. There are a dozen kinds, so about one clean class in four has some finding, a little above usual. It says nothing
/// of privacy: rows between two real ones can be used to find these.
///
/// Real rows are all rows of the data. In a fold look at the training side: `const auto side = fold.train();` and then at
/// side.X, side.y and a plan made for them.
///
///     const auto out = resample(X, y, Smote{.seed = 42});
///     std::cout << fidelity(X, y, out.plan).text();
///
/// In      the training set as it was before, and the plan made for it: of one sampler, a chain or your own
/// Out     every class that has rows, in sorted label order; the same bits on any number of threads
/// Cost    with n real and m new rows of a class, both at most `most_rows`: O(repetitions (m + n d^2)) and the nearest
///         row of n + m rows, twice; memory O(n d + repetitions d), and all rows once more
/// Throws  InvalidPlan (not made for these rows), InvalidOption, BadValue (not finite)
/// Source  variance of rows between neighbors: 2/3 + rho/3 of that of the class, as steps uniform in [0, 1) make it,
///         and means that do not show it: Blagus, Lusa, "SMOTE for high-dimensional class-imbalanced data", BMC
///         Bioinformatics 14, 2013
template <class S, class L>
Fidelity fidelity(const Execution& how, const Data<S, L>& data, const Plan& plan, const FidelityOptions& options = {}) {
  const DataView<S> view = data.view();
  const FidelityOptions checked = detail::checked_options(options, view.X.cols());
  detail::require_finite("X", view.X, how);
  if (!detail::same_view(view.space, view.X)) detail::require_finite("Z", view.space, how);
  detail::require_fit(plan, view.X, how);
  const detail::FittedSpace<S> space("fidelity", checked.space, view.space, how);
  const detail::Audit<S> audit{view, plan, space, checked, how};

  Fidelity out{data.rows(), checked.repetitions, checked.column_names, {}, digest(plan)};
  const auto added = detail::rows_added(plan, view.classes);
  for (std::uint32_t c = 0; c < view.classes.size(); ++c) {
    if (view.classes.count(c) == 0) continue;
    ClassFidelity& of_class = out.classes.emplace_back();
    of_class.label = view.classes.label(c);
    of_class.real = view.classes.count(c);
    of_class.synthetic = static_cast<Index>(added[c].size());
    if (!added[c].empty()) detail::compare_class(audit, c, added[c], of_class);
  }
  return out;
}
/// The same on one thread.
template <class S, class L>
Fidelity fidelity(const Data<S, L>& data, const Plan& plan, const FidelityOptions& options = {}) {
  return fidelity(Execution{}, data, plan, options);
}
/// The same for X and y alone.
template <detail::NotData X, class Y>
Fidelity fidelity(const Execution& how, const X& x, const Y& y, const Plan& plan, const FidelityOptions& options = {}) {
  const Data data(x, y);
  return fidelity(how, data, plan, options);
}
/// The same for X and y alone, on one thread.
template <detail::NotData X, class Y>
Fidelity fidelity(const X& x, const Y& y, const Plan& plan, const FidelityOptions& options = {}) {
  return fidelity(Execution{}, x, y, plan, options);
}

}  // inline namespace
}  // namespace rebalance
