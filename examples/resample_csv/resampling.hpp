// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <rebalance/core/any_resampler.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/record/manifest_json.hpp>

#include "../common/csv_table.hpp"
#include "training_set.hpp"

namespace resample_csv {

/// The resampled set, whatever type its labels have.
struct Outcome {
  rebalance::Matrix<double> X;
  rebalance::Plan plan;  ///< in rows of the training set
  std::vector<rebalance::ClassChange<std::string>> counts;
};

/// Throws what the library throws; a value it refuses is named by its place in the file.
Outcome resample(const rebalance::Execution& how, const CsvTable& table, const TrainingSet& set,
                 const rebalance::AnyResampler& sampler);

/// The library's record of that.
rebalance::Manifest manifest_of(const rebalance::Execution& how, const TrainingSet& set, const Outcome& outcome,
                                const rebalance::AnyResampler& sampler);

/// The same outcome once more, without the sampler. Throws InvalidRecord (the record is of another set).
Outcome replay(const rebalance::Execution& how, const TrainingSet& set, const rebalance::Manifest& manifest);

}  // namespace resample_csv
