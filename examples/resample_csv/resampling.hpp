// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <rebalance/core/resample.hpp>

#include "csv_table.hpp"
#include "samplers.hpp"
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
                 const AnySampler& sampler);

}  // namespace resample_csv
