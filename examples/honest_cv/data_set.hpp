// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "../common/csv_table.hpp"
#include "learner.hpp"
#include "options.hpp"

namespace honest_cv {

/// What the folds are made of. Texts are 0/1 columns, one for each text.
struct DataSet {
  std::string target, positive;
  std::vector<std::string> columns;  ///< of X: `bmi`, or `color=red` for one text of a column
  Matrix X;
  std::vector<std::size_t> rows;    ///< row i of X is row rows[i] of the file, from 0
  std::vector<int> y;               ///< 1 for the class to find, 0 for the rest
  std::vector<std::string> groups;  ///< of each row, or empty
  std::vector<double> times;        ///< of each row, or empty
  std::vector<std::string> notes;   ///< what was decided that the user did not say
};

/// Throws Failure with row and column, where a cell is missing or not what it should be.
DataSet make_data_set(const CsvTable& table, const Options& options);

}  // namespace honest_cv
