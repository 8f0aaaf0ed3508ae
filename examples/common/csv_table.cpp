// SPDX-License-Identifier: MIT
#include "csv_table.hpp"

#include <algorithm>
#include <utility>

#include "message.hpp"

namespace examples {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view bad_quotes =
    ": a quote is not closed, or stands where none may be; put the field in quotes and double those inside it";

bool is_blank(std::string_view record) { return record == line_end_of(record); }

std::string_view without_line_end(std::string_view record) {
  record.remove_suffix(line_end_of(record).size());
  return record;
}

}  // namespace

CsvTable::CsvTable(const std::string& path, std::string bytes) : bytes_(std::move(bytes)) {
  if (bytes_.empty()) throw Failure(path + " is empty; a header line and rows are needed");
  read_rows(path, read_header(path));
}

std::size_t CsvTable::column(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) {
    std::string known;
    for (const auto& column : names_) known += (known.empty() ? "" : ", ") + column;
    throw Failure("there is no column " + in_quotes(name) + "; the columns are " + known);
  }
  if (std::find(found + 1, names_.end(), name) != names_.end())
    throw Failure("more than one column is named " + in_quotes(name) + "; rename them apart");
  return static_cast<std::size_t>(found - names_.begin());
}

std::string CsvTable::place(std::size_t row, std::size_t column) const {
  return "row " + std::to_string(row) + " (" + line(row_begins_[row]) + "), column " + in_quotes(names_[column]);
}

std::size_t CsvTable::read_header(const std::string& path) {
  const std::size_t end = record_end(bytes_, 0);
  header_ = std::string_view(bytes_).substr(0, end);
  std::string_view record = without_line_end(header_);
  if (record.starts_with(byte_order_mark)) record.remove_prefix(byte_order_mark.size());
  if (record.empty()) throw Failure(path + ", line 1 is blank; it must name the columns");

  Fields names;
  if (!RecordParser().append(record, names)) throw Failure(path + ", line 1" + std::string(bad_quotes));
  for (std::size_t i = 0; i < names.size(); ++i) names_.emplace_back(names[i]);
  return end;
}

void CsvTable::read_rows(const std::string& path, std::size_t begin) {
  const std::string_view file = bytes_;
  const auto where = [&] { return path + ", " + line(begin); };
  RecordParser parser;
  for (std::size_t end; begin < file.size(); begin = end) {
    end = record_end(file, begin);
    const auto record = file.substr(begin, end - begin);
    if (is_blank(record)) {
      if (file.find_first_not_of("\r\n", begin) == std::string_view::npos) break;  // blank lines at the end
      throw Failure(where() + " is blank; remove it");
    }
    const std::size_t before = cells_.size();
    if (!parser.append(without_line_end(record), cells_)) throw Failure(where() + std::string(bad_quotes));
    if (const std::size_t found = cells_.size() - before; found != columns())
      throw Failure(where() + " has " + std::to_string(found) + " fields, but the header has " +
                    std::to_string(columns()));
    row_begins_.push_back(begin);
  }
  if (row_begins_.empty()) throw Failure(path + " has a header but no rows");
  row_begins_.push_back(begin);
}

std::string CsvTable::line(std::size_t begin) const {
  const auto ends = std::count(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
  return "line " + std::to_string(ends + 1);
}

}  // namespace examples
