// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "resampling.hpp"
#include "training_set.hpp"

namespace resample_csv {

/// The new rows beside the real ones as an HTML page. Rows are near each other or not by columns scaled to standard
/// deviation 1, wherever the sampler looked for neighbors: files have columns in all units.
std::string audit_page(const rebalance::Execution& how, const CsvTable& table, const TrainingSet& set,
                       const Outcome& outcome, const std::string& title);

}  // namespace resample_csv
