// SPDX-License-Identifier: MIT
#include "resampling.hpp"

#include <utility>

#include "../common/message.hpp"

namespace resample_csv {

Outcome resample(const rebalance::Execution& how, const CsvTable& table, const TrainingSet& set,
                 const rebalance::AnyResampler& sampler) try {
  return with_data(set, [&](const auto& data) {
    auto result = rebalance::resample(how, data, sampler);
    Outcome out{std::move(result.X), std::move(result.plan), {}};
    for (const auto& [label, before, after] : result.counts)
      out.counts.push_back({rebalance::Label(label).text, before, after});
    return out;
  });
} catch (const rebalance::BadValue& error) {
  const auto row = set.rows[static_cast<std::size_t>(error.row)];
  const auto column = set.features[static_cast<std::size_t>(error.column)];
  throw Failure(table.place(row, column) + " is " + quoted(table.cell(row, column)) +
                ", too large to compute with; rescale or --drop the column");
}

}  // namespace resample_csv
