// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_table.hpp"

namespace examples {

/// One column of the file and the rows of it that count. Lives no longer than the table and the list of rows.
struct Column {
  const CsvTable& table;
  const std::vector<std::size_t>& rows;
  std::size_t number;

  std::size_t size() const { return rows.size(); }
  std::string_view operator[](std::size_t i) const { return table.cell(rows[i], number); }
  /// `row 3 (line 5), column 'age'`, for messages.
  std::string place(std::size_t i) const { return table.place(rows[i], number); }
};

/// The numbers of a column, or the first cell that is none. Throws Failure for a number that is not finite, where all
/// cells are numbers.
struct Numbers {
  std::vector<double> values;
  std::optional<std::size_t> text;  ///< where the first cell is that is no number; the values then end before it
};
Numbers read_numbers(const Column& column);

/// The rows in which none of these columns is empty. Throws Failure for the first row with an empty cell, unless such
/// rows are to be left out.
std::vector<std::size_t> complete_rows(const CsvTable& table, const std::vector<bool>& needed, std::size_t target,
                                       bool leave_out);

}  // namespace examples
