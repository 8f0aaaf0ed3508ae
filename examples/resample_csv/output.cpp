// SPDX-License-Identifier: MIT
#include "output.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "csv_record.hpp"
#include "interruption.hpp"
#include "number_text.hpp"

namespace resample_csv {

namespace {

using rebalance::Index;

std::size_t row_of_file(const TrainingSet& set, Index row) { return set.rows[static_cast<std::size_t>(row)]; }

/// A row between two others: its numbers, its label, and nothing in the columns that are not features, where the
/// value of either parent would be a lie.
void append_new_row(std::string& out, const CsvTable& table, const TrainingSet& set, const Outcome& outcome,
                    Index row) {
  std::size_t feature = 0;
  for (std::size_t column = 0; column < table.columns(); ++column) {
    if (column > 0) out += ',';
    if (column == set.target) {
      append_field(out, table.cell(row_of_file(set, outcome.plan[row].base), column));
    } else if (feature < set.features.size() && column == set.features[feature]) {
      append_number(out, outcome.X(row, static_cast<Index>(feature++)));
    }
  }
}

}  // namespace

void write_rows(OutputFile& file, const CsvTable& table, const TrainingSet& set, const Outcome& outcome) {
  const auto line_end = line_end_of(table.header());
  file.write(table.header());
  std::string line;
  for (Index row = 0; row < outcome.plan.size(); ++row) {
    stop_if_interrupted();
    const auto& origin = outcome.plan[row];
    line.clear();
    if (origin.neighbor == origin.base && !outcome.plan.rule(row)) {  // kept, or a copy
      line = table.record(row_of_file(set, origin.base));
    } else {
      append_new_row(line, table, set, outcome, row);
    }
    if (line_end_of(line).empty()) line += line_end;
    file.write(line);
  }
}

void write_provenance(OutputFile& file, const TrainingSet& set, const Outcome& outcome) {
  file.write("row,kind,base,neighbor,step\n");
  std::string line;
  for (Index row = 0; row < outcome.plan.size(); ++row) {
    stop_if_interrupted();
    const auto& origin = outcome.plan[row];
    line.clear();
    append_number(line, std::int64_t{row});
    line += origin.synthetic() ? ",synthetic," : ",kept,";
    append_number(line, static_cast<std::int64_t>(row_of_file(set, origin.base)));
    line += ',';
    append_number(line, static_cast<std::int64_t>(row_of_file(set, origin.neighbor)));
    line += ',';
    append_number(line, origin.step);
    line += '\n';
    file.write(line);
  }
}

}  // namespace resample_csv
