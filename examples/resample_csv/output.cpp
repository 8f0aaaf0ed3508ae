// SPDX-License-Identifier: MIT
#include "output.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../common/csv_record.hpp"
#include "../common/number_text.hpp"
#include "interruption.hpp"

namespace resample_csv {

namespace {

using rebalance::Index;

std::size_t row_of_file(const TrainingSet& set, Index row) { return set.rows[static_cast<std::size_t>(row)]; }

/// Which row each cell of a row was copied from.
class DonorsOfRow {
 public:
  DonorsOfRow(const rebalance::Plan& plan, Index features)
      : plan_(plan), rows_(static_cast<std::size_t>(features), none) {}

  void move_to(Index row) {
    for (const auto& donor : now_) rows_[static_cast<std::size_t>(donor.column)] = none;
    now_ = plan_.donors(row);
    for (const auto& donor : now_) rows_[static_cast<std::size_t>(donor.column)] = donor.row;
  }
  std::optional<Index> operator[](std::size_t feature) const {
    if (rows_[feature] == none) return std::nullopt;
    return rows_[feature];
  }

 private:
  static constexpr Index none = -1;

  const rebalance::Plan& plan_;
  std::span<const rebalance::Donor> now_;
  std::vector<Index> rows_;  // by feature
};

/// A row that was not there: its numbers, the categories of their donors as these have them, and in the columns that
/// are no features what belongs to the base.
void append_new_row(std::string& out, const CsvTable& table, const TrainingSet& set, const Outcome& outcome,
                    const DonorsOfRow& donors, Index row) {
  const std::size_t base = row_of_file(set, outcome.plan[row].base);
  std::size_t feature = 0;
  for (std::size_t column = 0; column < table.columns(); ++column) {
    if (column > 0) out += ',';
    const ColumnUse& use = set.uses[column];
    if (use.role == Role::dropped) continue;  // the value of either parent would be a lie
    if (!use.is_feature()) {
      append_field(out, table.cell(base, column));
      continue;
    }
    const double number = outcome.X(row, static_cast<Index>(feature));
    if (const auto donor = donors[feature]) append_field(out, table.cell(row_of_file(set, *donor), column));
    else if (use.step > 0) append_decimal(out, number);
    else append_number(out, number);
    ++feature;
  }
}

/// Features that some row has a donor for.
std::vector<std::size_t> features_with_donors(const TrainingSet& set, const Outcome& outcome) {
  std::vector<bool> has_donor(set.features.size());
  for (Index row = 0; row < outcome.plan.size(); ++row)
    for (const auto& donor : outcome.plan.donors(row)) has_donor[static_cast<std::size_t>(donor.column)] = true;
  std::vector<std::size_t> out;
  for (std::size_t feature = 0; feature < has_donor.size(); ++feature)
    if (has_donor[feature]) out.push_back(feature);
  return out;
}

void append_row_number(std::string& out, const TrainingSet& set, Index row) {
  append_number(out, static_cast<std::int64_t>(row_of_file(set, row)));
}

/// `base,neighbor,step`
void append_origin(std::string& out, const TrainingSet& set, const rebalance::Origin& origin) {
  append_row_number(out, set, origin.base);
  out += ',';
  append_row_number(out, set, origin.neighbor);
  out += ',';
  append_number(out, origin.step);
}

}  // namespace

void write_rows(OutputFile& file, const CsvTable& table, const TrainingSet& set, const Outcome& outcome) {
  const auto line_end = line_end_of(table.header());
  file.write(table.header());
  DonorsOfRow donors(outcome.plan, outcome.X.cols());
  std::string line;
  for (Index row = 0; row < outcome.plan.size(); ++row) {
    stop_if_interrupted();
    line.clear();
    if (outcome.plan.is_verbatim(row)) {
      line = table.record(row_of_file(set, outcome.plan[row].base));
    } else {
      donors.move_to(row);
      append_new_row(line, table, set, outcome, donors, row);
    }
    if (line_end_of(line).empty()) line += line_end;
    file.write(line);
  }
}

void write_provenance(OutputFile& file, const CsvTable& table, const TrainingSet& set, const Outcome& outcome) {
  const auto copied = features_with_donors(set, outcome);
  DonorsOfRow donors(outcome.plan, outcome.X.cols());
  std::string line = "row,kind,base,neighbor,step";
  for (const std::size_t feature : copied) append_field(line += ',', "donor:" + table.names()[set.features[feature]]);
  file.write(line += '\n');

  for (Index row = 0; row < outcome.plan.size(); ++row) {
    stop_if_interrupted();
    const auto& origin = outcome.plan[row];
    donors.move_to(row);
    line.clear();
    append_number(line, std::int64_t{row});
    line += origin.synthetic() ? ",synthetic," : ",kept,";
    append_origin(line, set, origin);
    for (const std::size_t feature : copied) {
      line += ',';
      if (const auto donor = donors[feature]) append_row_number(line, set, *donor);
    }
    file.write(line += '\n');
  }
}

void write_removed(OutputFile& file, const TrainingSet& set, const Outcome& outcome) {
  file.write("row,kind,base,neighbor,step,reason,pass\n");
  std::string line;
  for (const auto& [origin, reason, pass] : outcome.plan.removed()) {
    stop_if_interrupted();
    line.clear();
    if (!origin.synthetic()) append_row_number(line, set, origin.base);  // a new row had no number in the input
    line += origin.synthetic() ? ",synthetic," : ",real,";
    append_origin(line, set, origin);
    (line += ',') += name_of(reason);
    append_number(line += ',', std::int64_t{pass});
    file.write(line += '\n');
  }
}

}  // namespace resample_csv
