// SPDX-License-Identifier: MIT
#include "training_set.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "message.hpp"
#include "number_text.hpp"

namespace resample_csv {

namespace {

/// Why the sampler does not take a column of texts, and what to do about it.
std::string needs_numbers(const SamplerChoice& sampler) {
  return sampler.name +
         " would compute with it: --drop the column, or use smote_nc, which takes numbers and categories together "
         "(smote_n where all columns are categories)";
}

/// What each column is to the sampler.
enum class Role { feature, category, target, dropped };

std::vector<Role> column_roles(const CsvTable& table, const Options& options) {
  std::vector<Role> roles(table.columns(), Role::feature);
  const std::size_t target = options.target ? table.column(*options.target) : table.columns() - 1;
  for (const auto& name : options.categorical) roles[table.column(name)] = Role::category;
  for (const auto& name : options.drop) roles[table.column(name)] = Role::dropped;
  if (roles[target] == Role::dropped)
    throw Failure("column " + quoted(table.names()[target]) + " is the target; --target another, or do not drop it");
  roles[target] = Role::target;  // its labels are categories anyway

  const Reads reading = reads(options.sampler);
  for (std::size_t column = 0; column < roles.size(); ++column) {
    if (roles[column] == Role::category && reading == Reads::numbers)
      throw Failure("column " + quoted(table.names()[column]) + " is categorical; " + needs_numbers(options.sampler));
    if (roles[column] == Role::feature && reading == Reads::categories) roles[column] = Role::category;
  }
  return roles;
}

/// The rows without a missing cell. Throws for the first row with one, unless such rows are to be left out.
std::vector<std::size_t> complete_rows(const CsvTable& table, const std::vector<Role>& roles, bool leave_out) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    bool complete = true;
    for (std::size_t column = 0; column < roles.size() && complete; ++column) {
      complete = roles[column] == Role::dropped || !table.cell(row, column).empty();
      if (complete || leave_out) continue;
      const char* drop = roles[column] == Role::target ? "" : ", --drop the column";
      throw Failure(table.place(row, column) + " is empty; fill it in" + drop +
                    ", or leave such rows out with --missing drop-rows");
    }
    if (complete) rows.push_back(row);
  }
  if (rows.empty()) throw Failure("every row has an empty cell, so --missing drop-rows leaves none");
  return rows;
}

/// One column of the file and the rows of it that count.
struct Column {
  const CsvTable& table;
  const std::vector<std::size_t>& rows;
  std::size_t number;

  std::string_view operator[](std::size_t i) const { return table.cell(rows[i], number); }
  std::string place(std::size_t i) const { return table.place(rows[i], number); }
};

/// Reads the numbers of a column. Stops at the first cell that is none, and returns its place.
template <class Values>
std::optional<std::size_t> read_numbers(const Column& column, Values values) {
  std::optional<std::size_t> not_finite;
  for (std::size_t i = 0; i < column.rows.size(); ++i) {
    const auto number = parse_number(column[i]);
    if (!number) return i;
    if (!std::isfinite(*number) && !not_finite) not_finite = i;
    values[static_cast<rebalance::Index>(i)] = *number;
  }
  if (not_finite)
    throw Failure(column.place(*not_finite) + " is " + quoted(column[*not_finite]) +
                  ", not a finite number; mend it or --drop the column");
  return std::nullopt;
}

template <class Values>
void read_categories(const Column& column, Values values) {
  std::map<std::string_view, double> codes;
  for (std::size_t i = 0; i < column.rows.size(); ++i) codes.emplace(column[i], 0);
  double next = 0;
  for (auto& [text, code] : codes) code = next++;
  for (std::size_t i = 0; i < column.rows.size(); ++i) values[static_cast<rebalance::Index>(i)] = codes.at(column[i]);
}

/// Reads column j of X. Categories are what the user says, and else what is no number where the sampler can do with
/// that.
void read_feature(const Column& column, Role role, const SamplerChoice& sampler, rebalance::Index j, TrainingSet& out) {
  auto values = out.X.col(j);
  if (role == Role::feature) {
    const auto text = read_numbers(column, values);
    if (!text) return;
    const std::string finding = column.place(*text) + " is " + quoted(column[*text]) + ", not a number";
    if (reads(sampler) == Reads::numbers) throw Failure(finding + "; " + needs_numbers(sampler));
    if (reads(sampler) == Reads::mixed) out.notes.push_back(finding + ", so the column is taken as categorical");
  }
  read_categories(column, values);
  out.nominal.push_back(j);
}

Labels read_labels(const Column& column) {
  std::vector<std::int64_t> numbers;
  std::vector<std::string_view> texts;
  for (std::size_t i = 0; i < column.rows.size(); ++i) {
    texts.push_back(column[i]);
    if (const auto number = parse_canonical_integer(column[i])) numbers.push_back(*number);
  }
  if (numbers.size() == texts.size()) return numbers;
  return texts;
}

}  // namespace

TrainingSet make_training_set(const CsvTable& table, const Options& options) {
  const auto roles = column_roles(table, options);
  TrainingSet out;
  out.rows = complete_rows(table, roles, options.drop_missing_rows);
  for (std::size_t column = 0; column < roles.size(); ++column) {
    if (roles[column] == Role::target) out.target = column;
    if (roles[column] == Role::feature || roles[column] == Role::category) out.features.push_back(column);
  }
  if (out.features.empty()) throw Failure("there is no column left but the target; at least one feature is needed");

  out.X.resize(static_cast<rebalance::Index>(out.rows.size()), static_cast<rebalance::Index>(out.features.size()));
  for (std::size_t j = 0; j < out.features.size(); ++j) {
    const std::size_t column = out.features[j];
    read_feature({table, out.rows, column}, roles[column], options.sampler, static_cast<rebalance::Index>(j), out);
  }
  out.labels = read_labels({table, out.rows, out.target});
  return out;
}

}  // namespace resample_csv
