// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "csv_record.hpp"

namespace examples {

/// A CSV file in memory: its cells, and the very bytes of its records. Rows are data rows, from 0.
/// Memory: the file, its cells once more, and 8 bytes a cell.
class CsvTable {
 public:
  /// Throws Failure with the line, where the file is no table.
  CsvTable(const std::string& path, std::string bytes);
  CsvTable(const CsvTable&) = delete;  // its header is a view into its own bytes
  CsvTable& operator=(const CsvTable&) = delete;

  std::size_t rows() const { return row_begins_.size() - 1; }
  std::size_t columns() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  /// Throws Failure if no column has this name, or more than one.
  std::size_t column(std::string_view name) const;

  std::string_view cell(std::size_t row, std::size_t column) const { return cells_[row * columns() + column]; }
  /// The bytes of the header line, with its line end.
  std::string_view header() const { return header_; }
  /// The bytes of a row, with its line end; the last row may have none.
  std::string_view record(std::size_t row) const {
    return std::string_view(bytes_).substr(row_begins_[row], row_begins_[row + 1] - row_begins_[row]);
  }
  /// `row 3 (line 5), column 'age'`, for messages.
  std::string place(std::size_t row, std::size_t column) const;

 private:
  std::size_t read_header(const std::string& path);
  void read_rows(const std::string& path, std::size_t begin);
  std::string line(std::size_t begin) const;

  std::string bytes_;
  std::string_view header_;
  std::vector<std::string> names_;
  Fields cells_;
  std::vector<std::size_t> row_begins_;  // in bytes_; one more than rows
};

}  // namespace examples
