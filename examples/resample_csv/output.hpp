// SPDX-License-Identifier: MIT
#pragma once

#include "compressed_file.hpp"
#include "csv_table.hpp"
#include "resampling.hpp"
#include "training_set.hpp"

namespace resample_csv {

/// The resampled set: the header and the rows of the input byte for byte, the new rows in its manner.
void write_rows(OutputFile& file, const CsvTable& table, const TrainingSet& set, const Outcome& outcome);

/// One line for each of those rows: where it comes from, in rows of the input.
void write_provenance(OutputFile& file, const TrainingSet& set, const Outcome& outcome);

}  // namespace resample_csv
