// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>

#include "options.hpp"
#include "resampling.hpp"

namespace resample_csv {

/// What was done: rows left out, notes, rows removed, rows of each class before and after.
void write_report(std::ostream& out, const Options& options, const CsvTable& table, const TrainingSet& set,
                  const Outcome& outcome);

/// Of that, the rows of each class.
void write_counts(std::ostream& out, const Outcome& outcome);

}  // namespace resample_csv
