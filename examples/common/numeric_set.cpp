// SPDX-License-Identifier: MIT
#include "numeric_set.hpp"

#include <utility>

#include "compressed_file.hpp"
#include "csv_table.hpp"
#include "message.hpp"
#include "table_column.hpp"
#include "target_column.hpp"

namespace examples {

namespace {

std::vector<double> feature(const Column& column) {
  Numbers numbers = read_numbers(column);
  if (numbers.text)
    throw Failure(column.place(*numbers.text) + " is " + in_quotes(column[*numbers.text]) +
                  ", not a number; --drop the column");
  return std::move(numbers.values);
}

}  // namespace

NumericSet read_numeric_set(const NumericSetOptions& options) {
  const CsvTable table(options.csv, read_file(options.csv));
  const std::size_t target = options.target ? table.column(*options.target) : table.columns() - 1;
  std::vector<bool> needed(table.columns(), true);
  for (const auto& name : options.drop) needed[table.column(name)] = false;
  if (!needed[target])
    throw Failure("--drop " + examples::in_quotes(table.names()[target]) + " is the target; name another column");

  const auto rows = complete_rows(table, needed, target, options.drop_missing_rows);
  BinaryTarget classes = read_target({table, rows, target}, options.positive);
  NumericSet out{std::move(classes.name), std::move(classes.positive), {}, {}, std::move(classes.y)};
  std::vector<std::vector<double>> columns;
  for (std::size_t number = 0; number < table.columns(); ++number) {
    if (number == target || !needed[number]) continue;
    out.columns.push_back(table.names()[number]);
    columns.push_back(feature({table, rows, number}));
  }
  if (columns.empty()) throw Failure("there is no column left but the target; at least one feature is needed");
  out.X.resize(static_cast<rebalance::Index>(rows.size()), static_cast<rebalance::Index>(columns.size()));
  for (rebalance::Index j = 0; j < out.X.cols(); ++j)
    out.X.col(j) = Eigen::Map<const Eigen::VectorXd>(columns[static_cast<std::size_t>(j)].data(), out.X.rows());
  return out;
}

}  // namespace examples
