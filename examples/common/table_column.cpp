// SPDX-License-Identifier: MIT
#include "table_column.hpp"

#include <cmath>

#include "message.hpp"
#include "number_text.hpp"

namespace examples {

Numbers read_numbers(const Column& column) {
  Numbers out;
  std::optional<std::size_t> not_finite;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const auto number = parse_number(column[i]);
    if (!number) {
      out.text = i;
      return out;
    }
    if (!std::isfinite(*number) && !not_finite) not_finite = i;
    out.values.push_back(*number);
  }
  if (not_finite)
    throw Failure(column.place(*not_finite) + " is " + in_quotes(column[*not_finite]) +
                  ", not a finite number; mend it or --drop the column");
  return out;
}

std::vector<std::size_t> complete_rows(const CsvTable& table, const std::vector<bool>& needed, std::size_t target,
                                       bool leave_out) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    bool complete = true;
    for (std::size_t column = 0; column < needed.size() && complete; ++column) {
      complete = !needed[column] || !table.cell(row, column).empty();
      if (complete || leave_out) continue;
      const char* drop = column == target ? "" : ", --drop the column";
      throw Failure(table.place(row, column) + " is empty; fill it in" + drop +
                    ", or leave such rows out with --missing drop-rows");
    }
    if (complete) rows.push_back(row);
  }
  if (rows.empty()) throw Failure("every row has an empty cell, so --missing drop-rows leaves none");
  return rows;
}

}  // namespace examples
