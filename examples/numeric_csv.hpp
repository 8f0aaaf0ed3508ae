// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

/// A training set as a CSV file of numbers holds it: a header, then rows whose last column is the class.
struct NumericCsv {
  rebalance::Matrix<double> X;
  std::vector<int> y;
};

/// Reads plain numbers only, no quotes and no missing values; `resample_csv` next door is the tool for the rest.
inline NumericCsv read_numeric_csv(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("cannot read " + path);
  const auto columns = 1 + std::count(line.begin(), line.end(), ',');

  std::vector<double> values;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    const auto before = std::ssize(values);
    for (double value = 0; cells >> value; cells.ignore()) values.push_back(value);
    if (!cells.eof() || std::ssize(values) - before != columns)
      throw std::runtime_error(path + " needs " + std::to_string(columns) + " numbers in a row, not '" + line + "'");
  }

  const auto rows = std::ssize(values) / columns;
  const Eigen::Map<const rebalance::Matrix<double>> table(values.data(), rows, columns);
  const Eigen::VectorXi labels = table.col(columns - 1).cast<int>();
  if (labels.cast<double>() != table.col(columns - 1))
    throw std::runtime_error(path + " needs a whole number as the class in its last column");
  return {table.leftCols(columns - 1), {labels.begin(), labels.end()}};
}
