// SPDX-License-Identifier: MIT
#include "data_set.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "../common/message.hpp"
#include "../common/table_column.hpp"
#include "../common/target_column.hpp"

namespace honest_cv {

namespace {

constexpr std::size_t most_texts = 30;  // that one column may have

/// What each column is to the contest.
enum class Role { feature, category, target, group, time, dropped };

std::vector<Role> column_roles(const CsvTable& table, const Options& options) {
  std::vector<Role> roles(table.columns(), Role::feature);
  const auto give = [&](std::size_t column, Role role) {
    if (roles[column] != Role::feature)
      throw Failure("column " + in_quotes(table.names()[column]) + " is named for two purposes; name it for one");
    roles[column] = role;
  };
  give(options.target ? table.column(*options.target) : table.columns() - 1, Role::target);
  if (options.group) give(table.column(*options.group), Role::group);
  if (options.time) give(table.column(*options.time), Role::time);
  for (const auto& name : options.drop) give(table.column(name), Role::dropped);
  for (const auto& name : options.categorical) give(table.column(name), Role::category);
  return roles;
}

std::set<std::string_view> texts_of(const Column& column) {
  std::set<std::string_view> out;
  for (std::size_t i = 0; i < column.size(); ++i) out.insert(column[i]);
  return out;
}

/// Columns of X before they stand in one matrix.
struct Features {
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
};

void append_texts(const Column& column, const std::string& name, Features& out) {
  const auto texts = texts_of(column);
  if (texts.size() > most_texts)
    throw Failure("column " + in_quotes(name) + " has " + std::to_string(texts.size()) +
                  " different texts, more than " + std::to_string(most_texts) + "; --drop it");
  for (const auto text : texts) {
    auto& values = out.values.emplace_back();
    for (std::size_t i = 0; i < column.size(); ++i) values.push_back(column[i] == text ? 1 : 0);
    out.names.push_back(name + "=" + std::string(text));
  }
}

/// Texts are what the user says, and what is no number.
void append_feature(const Column& column, Role role, Features& out, std::vector<std::string>& notes) {
  const std::string& name = column.table.names()[column.number];
  if (role == Role::category) return append_texts(column, name, out);
  auto numbers = read_numbers(column);
  if (numbers.text) {
    append_texts(column, name, out);
    notes.push_back("column " + in_quotes(name) +
                    " holds texts, so it is a 0/1 column for each; the sampler takes them "
                    "for numbers");
    return;
  }
  out.names.push_back(name);
  out.values.push_back(std::move(numbers.values));
}

Matrix as_matrix(const Features& features, std::size_t rows) {
  Matrix out(static_cast<Index>(rows), static_cast<Index>(features.values.size()));
  for (Index j = 0; j < out.cols(); ++j)
    out.col(j) = Eigen::Map<const Eigen::VectorXd>(features.values[static_cast<std::size_t>(j)].data(), out.rows());
  return out;
}

void take_target(BinaryTarget target, DataSet& out) {
  out.target = std::move(target.name);
  out.positive = std::move(target.positive);
  out.y = std::move(target.y);
}

/// Numbers as they are; else the rank of each text, which orders such as 2024-03-31 rightly.
std::vector<double> read_times(const Column& column, std::vector<std::string>& notes) {
  auto numbers = read_numbers(column);
  if (!numbers.text) return numbers.values;
  notes.push_back(column.place(*numbers.text) + " is " + in_quotes(column[*numbers.text]) +
                  ", not a number, so times are ordered as texts");
  std::map<std::string_view, double> ranks;
  for (std::size_t i = 0; i < column.size(); ++i) ranks[column[i]] = 0;
  double next = 0;
  for (auto& [text, rank] : ranks) rank = next++;
  std::vector<double> out;
  for (std::size_t i = 0; i < column.size(); ++i) out.push_back(ranks.at(column[i]));
  return out;
}

void require_columns(const std::vector<std::string>& wanted, const std::vector<std::string>& columns) {
  for (const auto& name : wanted)
    if (std::find(columns.begin(), columns.end(), name) == columns.end())
      throw WrongUsage("--columns: there is no column " + in_quotes(name) + " among those the model is given");
}

}  // namespace

DataSet make_data_set(const CsvTable& table, const Options& options) {
  const auto roles = column_roles(table, options);
  std::vector<bool> needed;
  for (const Role role : roles) needed.push_back(role != Role::dropped);
  const auto target = static_cast<std::size_t>(std::find(roles.begin(), roles.end(), Role::target) - roles.begin());
  DataSet out;
  const auto& rows = out.rows = complete_rows(table, needed, target, options.drop_missing_rows);
  if (rows.size() < table.rows())
    out.notes.push_back(std::to_string(table.rows() - rows.size()) + " of " + std::to_string(table.rows()) +
                        " rows have an empty cell and are left out");
  Features features;
  for (std::size_t number = 0; number < roles.size(); ++number) {
    const Column column{table, rows, number};
    switch (roles[number]) {
      case Role::feature:
      case Role::category: append_feature(column, roles[number], features, out.notes); break;
      case Role::target: take_target(read_target(column, options.positive), out); break;
      case Role::group:
        for (std::size_t i = 0; i < column.size(); ++i) out.groups.emplace_back(column[i]);
        break;
      case Role::time: out.times = read_times(column, out.notes); break;
      case Role::dropped: break;
    }
  }
  if (features.names.empty()) throw Failure("there is no column left but the target; at least one feature is needed");
  out.columns = std::move(features.names);
  require_columns(options.columns, out.columns);
  out.X = as_matrix(features, rows.size());
  return out;
}

}  // namespace honest_cv
