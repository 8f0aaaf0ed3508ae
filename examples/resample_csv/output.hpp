// SPDX-License-Identifier: MIT
#pragma once

#include "../common/compressed_file.hpp"
#include "../common/csv_table.hpp"
#include "resampling.hpp"
#include "training_set.hpp"

namespace resample_csv {

/// The resampled set: the header and the rows of the input byte for byte, the new rows in its manner.
void write_rows(OutputFile& file, const CsvTable& table, const TrainingSet& set, const Outcome& outcome);

/// One line for each of those rows: where it comes from, in rows of the input. Where categories were copied, also from
/// which row each of them.
void write_provenance(OutputFile& file, const CsvTable& table, const TrainingSet& set, const Outcome& outcome);

/// One line for each row that a cleaner left out: which row of the input it was, or what a new one was made from; why,
/// and in which pass.
void write_removed(OutputFile& file, const TrainingSet& set, const Outcome& outcome);

}  // namespace resample_csv
