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

/// The columns of numbers, and what there is beside them.
struct Features {
  std::vector<std::size_t> rows;  ///< of the file, those that count
  std::size_t target;             ///< number of the column of the classes
  std::vector<std::string> names;
  rebalance::Matrix<double> X;
};

Features read_features(const CsvTable& table, const NumericSetOptions& options) {
  const std::size_t target = options.target ? table.column(*options.target) : table.columns() - 1;
  std::vector<bool> needed(table.columns(), true);
  for (const auto& name : options.drop) needed[table.column(name)] = false;
  if (!needed[target])
    throw Failure("--drop " + examples::in_quotes(table.names()[target]) + " is the target; name another column");

  Features out{complete_rows(table, needed, target, options.drop_missing_rows), target, {}, {}};
  std::vector<std::vector<double>> columns;
  for (std::size_t number = 0; number < table.columns(); ++number) {
    if (number == target || !needed[number]) continue;
    out.names.push_back(table.names()[number]);
    columns.push_back(feature({table, out.rows, number}));
  }
  if (columns.empty()) throw Failure("there is no column left but the target; at least one feature is needed");
  out.X.resize(static_cast<rebalance::Index>(out.rows.size()), static_cast<rebalance::Index>(columns.size()));
  for (rebalance::Index j = 0; j < out.X.cols(); ++j)
    out.X.col(j) = Eigen::Map<const Eigen::VectorXd>(columns[static_cast<std::size_t>(j)].data(), out.X.rows());
  return out;
}

}  // namespace

NumericSet read_numeric_set(const NumericSetOptions& options) {
  const CsvTable table(options.csv, read_file(options.csv));
  Features features = read_features(table, options);
  BinaryTarget classes = read_target({table, features.rows, features.target}, options.positive);
  return {std::move(classes.name), std::move(classes.positive), std::move(features.names), std::move(features.X),
          std::move(classes.y)};
}

NumericTable read_numeric_table(const NumericSetOptions& options) {
  const CsvTable table(options.csv, read_file(options.csv));
  Features features = read_features(table, options);
  const Column classes{table, features.rows, features.target};
  NumericTable out{std::move(features.names), std::move(features.X), {}};
  for (std::size_t i = 0; i < classes.size(); ++i) out.labels.emplace_back(classes[i]);
  return out;
}

}  // namespace examples
