// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <rebalance/core/matrix.hpp>

#include "../common/csv_table.hpp"
#include "options.hpp"

namespace resample_csv {

/// Integers where all labels are, so that classes stand in numeric order; else the texts, in byte order.
using Labels = std::variant<std::vector<std::int64_t>, std::vector<std::string_view>>;

/// What a sampler is given, and where in the file it stands. Lives no longer than the table.
struct TrainingSet {
  std::size_t target = 0;                 ///< column of the file
  std::vector<std::size_t> features;      ///< columns of the file, in its order
  std::vector<std::size_t> rows;          ///< rows of the file: row i of X is row rows[i] there
  rebalance::Matrix<double> X;            ///< numbers as they are; a category as its rank in byte order
  std::vector<rebalance::Index> nominal;  ///< columns of X that are categories
  std::vector<std::string> notes;         ///< what was decided that the user did not say
  Labels labels;
};

/// Throws Failure with row and column, where a cell is missing or not what it should be.
TrainingSet make_training_set(const CsvTable& table, const Options& options);

}  // namespace resample_csv
