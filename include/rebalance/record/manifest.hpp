// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/column_rules.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/plan_bytes.hpp>
#include <rebalance/core/strata.hpp>
#include <rebalance/core/version.hpp>
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/record/manifest_json.hpp>
#include <rebalance/record/plan_summary.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

template <class S>
InputDigests digests_of(const DataView<S>& data) {
  InputDigests out{digest(data.X), digest_of_labels(data.classes.codes(), data.classes.labels())};
  if (!same_view(data.space, data.X)) out.space = digest(data.space);
  if (data.stratification) out.strata = digest_of_labels(data.strata, data.stratification->labels);
  if (!data.groups.empty()) out.groups = digest_of_column(data.groups);
  if (!data.times.empty()) out.times = digest_of_column(data.times);
  if (!data.ends.empty()) out.ends = digest_of_column(data.ends);
  return out;
}

[[gnu::cold]] inline std::string written(const StrataRules& rules) {
  std::string out = text({"strata{.allocation = ", written(rules.allocation), ", .small = ", written(rules.small)});
  for (const StratumCount& count : rules.counts)
    out += text({&count == &rules.counts.front() ? ", .counts = {{" : "}, {", written(count.stratum), ", ",
                 written(count.label), ", ", count.rows});
  return out + (rules.counts.empty() ? "}" : "}}}");
}

[[gnu::cold]] inline std::string written(const ColumnRule& rule) {
  return text({"columns{.columns = ", written(rule.columns), ", .kind = ", written(rule.kind), ", .step = ", rule.step,
               ", .origin = ", rule.origin, "}"});
}

template <class S>
[[gnu::cold]] std::vector<std::string> rules_of(const DataView<S>& data, const Plan& plan) {
  std::vector<std::string> out;
  if (data.stratification) out.push_back(written(data.stratification->rules));
  for (const ColumnRule& rule : plan.column_rules()) out.push_back(written(rule));
  if (data.rules && data.rules->accept)
    out.push_back(text(
        {"accept{.most = ", data.rules->tries.most, ", .otherwise = ", written(data.rules->tries.otherwise), "}"}));
  return out;
}

/// The record of a plan that resampled `rows` of the data.
template <class S>
Manifest manifest_of(const Execution& how, const DataView<S>& data, const Plan& plan, std::span<const Index> rows) {
  if (plan.source_rows() != data.rows()) throw_plan_size(plan.source_rows(), data.rows());
  plan.check(how);
  constexpr Version made_by = version();
  Manifest out;
  out.library = text({made_by.major, ".", made_by.minor, ".", made_by.patch});
  out.rules = rules_of(data, plan);
  out.scalar = std::same_as<S, float> ? "float" : "double";
  out.rows = data.X.rows();
  out.columns = data.X.cols();
  out.input = digests_of(data);
  out.summary = summary_of(data, plan, rows);
  out.notes = plan.notes();
  out.plan_digest = digest(plan);
  out.plan = plan_bytes(plan);
  return out;
}

/// Throws InvalidSplit where a row is made from one that the fold holds out: then the plan is that of another fold.
[[gnu::cold]] inline void require_made_of(const Plan& plan, std::span<const Index> rows, Index fold) {
  std::vector<std::uint8_t> in_training(static_cast<std::size_t>(plan.source_rows()), 0);
  for (const Index row : rows) in_training[static_cast<std::size_t>(row)] = 1;
  const auto require = [&](Index row) {
    if (in_training[static_cast<std::size_t>(row)] == 0)
      throw InvalidSplit(
          text({"the training rows are made from row ", row, ", which is not on the training side of fold ", fold,
                ": use fold and training rows of the same split"}));
  };
  for (const Origin& origin : plan) {
    require(origin.base);
    require(origin.neighbor);
  }
}

}  // namespace detail

/// The record of a plan that was made on all rows of the data by these samplers: the plan of `resample` or `make_plan`
/// and what was given to them.
///
/// In      samplers  as in make_plan; one of yours without describe() is called so. That they made this plan is taken
///         from you; make_plan tells: its plan has the plan_digest of the record
/// Cost    reading all data once, O(n + m) besides, some 11 to 15 bytes for each synthetic row, a third more in JSON
/// Throws  InvalidPlan (not made for these data)
template <class S, class L, class... Rs>
Manifest manifest(const Execution& how, const Data<S, L>& data, const Plan& plan, const Rs&... samplers) {
  std::vector<Index> rows(static_cast<std::size_t>(data.rows()));
  std::iota(rows.begin(), rows.end(), Index{0});
  Manifest out = detail::manifest_of(how, data.view(), plan, rows);
  out.recipe = detail::stages_of(samplers...);
  return out;
}
/// The same on one thread.
template <class S, class L, class... Rs>
Manifest manifest(const Data<S, L>& data, const Plan& plan, const Rs&... samplers) {
  return manifest(Execution{}, data, plan, samplers...);
}

/// The record of the training side of a fold, `manifest(fold, fold.train(Smote{.seed = 42}))`: its number, the samplers
/// with the seeds they had there; row numbers and digests are those of all rows, rows before are those of the
/// training side. `replay` makes the training rows again from all rows.
/// Cost, throws: as above; InvalidSplit (training rows of another fold)
template <class S, class L, Role role>
Manifest manifest(const Execution& how, const Fold<S, L>& fold, const Training<S, L, role>& train) {
  if (train.fold != fold.number())
    throw InvalidSplit(
        detail::text({"the training rows are those of fold ", train.fold, ", the manifest would be of fold ",
                      fold.number(), ": use rows of the same fold"}));
  Manifest out = detail::manifest_of(how, detail::AllRows::view(fold), train.plan, fold.train_rows());
  detail::require_made_of(train.plan, fold.train_rows(), fold.number());
  out.recipe = train.stages;
  out.fold.assign(fold.path().begin(), fold.path().end());
  out.transformed = fold.has_transformed_rows();
  return out;
}
/// The same on one thread.
template <class S, class L, Role role>
Manifest manifest(const Fold<S, L>& fold, const Training<S, L, role>& train) {
  return manifest(Execution{}, fold, train);
}

}  // inline namespace
}  // namespace rebalance
