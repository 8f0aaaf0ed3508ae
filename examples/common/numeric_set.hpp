// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/matrix.hpp>

namespace examples {

/// Which set, as the command line says.
struct NumericSetOptions {
  std::string csv = {};
  std::optional<std::string> target = {};    ///< the last column where not given
  std::optional<std::string> positive = {};  ///< the rarer of two classes where not given
  std::vector<std::string> drop = {};
  bool drop_missing_rows = false;
};

/// A training set of numbers: one class against the rest.
struct NumericSet {
  std::string target, positive;
  std::vector<std::string> columns;  ///< of X
  rebalance::Matrix<double> X;
  std::vector<int> y;  ///< 1 for the class to find, 0 for the rest
};

/// Reads a CSV file, compressed or not. Throws Failure with row and column, where a cell is empty or no number.
NumericSet read_numeric_set(const NumericSetOptions& options);

/// The same with all its classes, as they are written.
struct NumericTable {
  std::vector<std::string> columns;  ///< of X
  rebalance::Matrix<double> X;
  std::vector<std::string> labels;
};

/// Likewise; there is no class to find, and `positive` is not looked at.
NumericTable read_numeric_table(const NumericSetOptions& options);

}  // namespace examples
