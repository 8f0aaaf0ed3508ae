// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <rebalance/core/data.hpp>

#include "../common/csv_table.hpp"
#include "column_uses.hpp"
#include "options.hpp"

namespace resample_csv {

/// Integers where all labels are, so that they stand in numeric order; else the texts, in byte order.
using Labels = std::variant<std::vector<std::int64_t>, std::vector<std::string_view>>;

/// What a sampler is given, and where in the file it stands. Lives no longer than the table.
struct TrainingSet {
  std::vector<ColumnUse> uses;               ///< by column of the file, categories that were found included
  std::size_t target = 0;                    ///< column of the file
  std::vector<std::size_t> features;         ///< columns of the file, in its order
  std::vector<std::size_t> rows;             ///< rows of the file: row i of X is row rows[i] there
  rebalance::Matrix<double> X;               ///< numbers as they are; a category as its rank in byte order
  std::vector<rebalance::Index> nominal;     ///< columns of X that are categories
  std::vector<rebalance::ColumnRule> rules;  ///< for columns of X
  Labels labels;
  std::optional<Labels> strata;  ///< a key for each row
  rebalance::StrataRules strata_rules;
  std::vector<std::string> notes;  ///< what was decided that the user did not say
};

/// Throws Failure with row and column, where a cell is missing or not what it should be.
TrainingSet make_training_set(const CsvTable& table, const Options& options);
/// The same for columns whose uses are known: `uses` of an earlier set of this file.
TrainingSet make_training_set(const CsvTable& table, std::vector<ColumnUse> uses, const SamplerChoice& sampler,
                              bool drop_missing_rows);

/// Calls `use` with the Data that the library takes, which lives no longer than the set.
template <class Use>
auto with_data(const TrainingSet& set, const Use& use) {
  return std::visit(
      [&](const auto& labels) {
        rebalance::Data data(set.X, labels);
        data.columns(set.rules);
        if (set.strata) std::visit([&](const auto& keys) { data.strata(keys, set.strata_rules); }, *set.strata);
        return use(data);
      },
      set.labels);
}

}  // namespace resample_csv
