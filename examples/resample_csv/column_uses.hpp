// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "../common/csv_table.hpp"
#include "options.hpp"

namespace resample_csv {

/// What a column is to the sampler, and what new rows have in it.
enum class Role {
  feature,   ///< numbers; what was interpolated
  category,  ///< texts, to the sampler codes; the text of a real row
  target,    ///< the class
  stratum,   ///< no feature; the key, which is that of the base
  copied,    ///< no feature, and may be empty; the cell of the base
  dropped    ///< no feature, and may be empty; nothing
};

/// How a column is used.
struct ColumnUse {
  Role role = Role::feature;
  double step = 0;        ///< of a feature: new numbers are multiples of it; 0: any number
  const char* flag = "";  ///< of the command line, which wanted it so

  bool is_feature() const { return role == Role::feature || role == Role::category; }
  bool may_be_empty() const { return role == Role::copied || role == Role::dropped; }
};

/// How each column of the file is used. Throws Failure: no such column; one that two flags claim; categories, or a rule
/// for numbers, where the sampler knows no such thing.
std::vector<ColumnUse> column_uses(const CsvTable& table, const Options& options);

/// Why the sampler does not take a column of texts, and what to do about it.
std::string needs_numbers(const SamplerChoice& sampler);

}  // namespace resample_csv
