// SPDX-License-Identifier: MIT
#include "column_uses.hpp"

#include <cstddef>
#include <string_view>

#include "../common/message.hpp"

namespace resample_csv {

namespace {

[[noreturn]] void throw_claimed_twice(const std::string& column, const ColumnUse& use, std::string_view flag) {
  if (use.role == Role::target)
    throw Failure("column " + in_quotes(column) + " is the target; --target another, or leave it out of " +
                  std::string(flag));
  if (use.flag == flag)
    throw Failure("column " + in_quotes(column) + " is named twice in " + use.flag + "; name it once");
  throw Failure("column " + in_quotes(column) + " is named in " + use.flag + " and in " + std::string(flag) +
                "; leave it out of one");
}

/// Every column is claimed by one flag at most.
void claim(std::vector<ColumnUse>& uses, const CsvTable& table, const std::string& name, const ColumnUse& wanted) {
  ColumnUse& use = uses[table.column(name)];
  if (*use.flag) throw_claimed_twice(name, use, wanted.flag);
  use = wanted;
}

/// What is no feature may be called categorical, which then changes nothing.
void claim_categories(std::vector<ColumnUse>& uses, const CsvTable& table, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    ColumnUse& use = uses[table.column(name)];
    if (use.step > 0) throw_claimed_twice(name, use, "--categorical");
    if (use.role == Role::feature) use.role = Role::category;
  }
}

/// Makes uses of the columns that the sampler has no words for an error, and all features categories where it knows no
/// others.
void fit_to_sampler(std::vector<ColumnUse>& uses, const CsvTable& table, const SamplerChoice& sampler) {
  const Reads reading = reads(sampler);
  for (std::size_t column = 0; column < uses.size(); ++column) {
    ColumnUse& use = uses[column];
    const std::string name = "column " + in_quotes(table.names()[column]);
    if (use.role == Role::category && reading == Reads::numbers)
      throw Failure(name + " is categorical; " + needs_numbers(sampler));
    if (use.role != Role::feature || reading != Reads::categories) continue;
    if (use.step > 0)
      throw Failure(name + " is a category to " + sampler.name + ", as all are; leave it out of " + use.flag);
    use.role = Role::category;
  }
}

}  // namespace

std::vector<ColumnUse> column_uses(const CsvTable& table, const Options& options) {
  std::vector<ColumnUse> uses(table.columns());
  uses[options.target ? table.column(*options.target) : table.columns() - 1] = {Role::target, 0, "--target"};
  for (const auto& name : options.drop) claim(uses, table, name, {Role::dropped, 0, "--drop"});
  for (const auto& name : options.copy) claim(uses, table, name, {Role::copied, 0, "--copy"});
  if (options.strata) claim(uses, table, *options.strata, {Role::stratum, 0, "--strata"});
  for (const auto& grid : options.grids) claim(uses, table, grid.column, {Role::feature, grid.step, grid.flag});
  claim_categories(uses, table, options.categorical);
  fit_to_sampler(uses, table, options.sampler);
  return uses;
}

std::string needs_numbers(const SamplerChoice& sampler) {
  return sampler.name +
         " would compute with it: --drop or --copy the column, or use smote_nc, which takes numbers and categories "
         "together (smote_n where all columns are categories)";
}

}  // namespace resample_csv
