// SPDX-License-Identifier: MIT
#include "resampling.hpp"

#include <utility>

#include <rebalance/record/manifest.hpp>
#include <rebalance/record/replay.hpp>

#include "../common/message.hpp"

namespace resample_csv {

namespace {

template <class L>
Outcome outcome_of(rebalance::Resampled<double, L> result) {
  Outcome out{std::move(result.X), std::move(result.plan), {}};
  for (const auto& [label, before, after] : result.counts)
    out.counts.push_back({rebalance::Label(label).text, before, after});
  return out;
}

}  // namespace

Outcome resample(const rebalance::Execution& how, const CsvTable& table, const TrainingSet& set,
                 const rebalance::AnyResampler& sampler) try {
  return with_data(set, [&](const auto& data) { return outcome_of(rebalance::resample(how, data, sampler)); });
} catch (const rebalance::BadValue& error) {
  const auto row = set.rows[static_cast<std::size_t>(error.row)];
  const auto column = set.features[static_cast<std::size_t>(error.column)];
  throw Failure(table.place(row, column) + " is " + in_quotes(table.cell(row, column)) +
                ", too large to compute with; rescale or --drop the column");
}

rebalance::Manifest manifest_of(const rebalance::Execution& how, const TrainingSet& set, const Outcome& outcome,
                                const rebalance::AnyResampler& sampler) {
  return with_data(set, [&](const auto& data) { return rebalance::manifest(how, data, outcome.plan, sampler); });
}

Outcome replay(const rebalance::Execution& how, const TrainingSet& set, const rebalance::Manifest& manifest) {
  return with_data(set, [&](const auto& data) { return outcome_of(rebalance::replay(how, manifest, data)); });
}

}  // namespace resample_csv
