// SPDX-License-Identifier: MIT
#include "training_set.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "../common/message.hpp"
#include "../common/number_text.hpp"
#include "../common/table_column.hpp"

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
    const auto numbers = read_numbers(column);
    if (!numbers.text) {
      values = Eigen::Map<const Eigen::VectorXd>(numbers.values.data(), values.size());
      return;
    }
    const std::size_t text = *numbers.text;
    const std::string finding = column.place(text) + " is " + quoted(column[text]) + ", not a number";
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
  std::vector<bool> needed;
  for (std::size_t column = 0; column < roles.size(); ++column) {
    needed.push_back(roles[column] != Role::dropped);
    if (roles[column] == Role::target) out.target = column;
    if (roles[column] == Role::feature || roles[column] == Role::category) out.features.push_back(column);
  }
  out.rows = complete_rows(table, needed, out.target, options.drop_missing_rows);
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
