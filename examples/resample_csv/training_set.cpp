// SPDX-License-Identifier: MIT
#include "training_set.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "../common/message.hpp"
#include "../common/number_text.hpp"
#include "../common/table_column.hpp"

namespace resample_csv {

namespace {

template <class Values>
void read_categories(const Column& column, Values values) {
  std::map<std::string_view, double> codes;
  for (std::size_t i = 0; i < column.rows.size(); ++i) codes.emplace(column[i], 0);
  double next = 0;
  for (auto& [text, code] : codes) code = next++;
  for (std::size_t i = 0; i < column.rows.size(); ++i) values[static_cast<rebalance::Index>(i)] = codes.at(column[i]);
}

/// Throws Failure for the first number that is not on the column's grid. The last bits do not count: neither 0.07 nor
/// the step 0.01 is what it says.
void require_on_grid(const Column& column, const ColumnUse& use, const std::vector<double>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double steps = numbers[i] / use.step, off = std::abs(steps - std::nearbyint(steps));
    if (off <= 4 * std::numeric_limits<double>::epsilon() * std::abs(steps)) continue;
    std::string step;
    append_number(step, use.step);
    throw Failure(column.place(i) + " is " + in_quotes(column[i]) + ", " +
                  (use.step == 1 ? "not a whole number" : "not a multiple of " + step) +
                  "; mend it, or leave the column out of " + use.flag);
  }
}

/// Reads column j of X. Categories are what the user says, and else what is no number where the sampler can do with
/// that.
void read_feature(const Column& column, const SamplerChoice& sampler, rebalance::Index j, TrainingSet& out) {
  ColumnUse& use = out.uses[column.number];
  auto values = out.X.col(j);
  if (use.role == Role::feature) {
    const auto numbers = read_numbers(column);
    if (!numbers.text) {
      values = Eigen::Map<const Eigen::VectorXd>(numbers.values.data(), values.size());
      if (use.step == 0) return;
      require_on_grid(column, use, numbers.values);
      out.rules.push_back(rebalance::grid({j}, use.step));
      return;
    }
    const std::size_t text = *numbers.text;
    const std::string finding = column.place(text) + " is " + in_quotes(column[text]) + ", not a number";
    if (use.step > 0) throw Failure(finding + "; mend it, or leave the column out of " + use.flag);
    if (reads(sampler) == Reads::numbers) throw Failure(finding + "; " + needs_numbers(sampler));
    if (reads(sampler) == Reads::mixed) out.notes.push_back(finding + ", so the column is taken as categorical");
  }
  use.role = Role::category;
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
  TrainingSet out = make_training_set(table, column_uses(table, options), options.sampler, options.drop_missing_rows);
  out.strata_rules = options.strata_rules;
  return out;
}

TrainingSet make_training_set(const CsvTable& table, std::vector<ColumnUse> uses, const SamplerChoice& sampler,
                              bool drop_missing_rows) {
  TrainingSet out;
  out.uses = std::move(uses);
  std::vector<bool> needed;
  std::optional<std::size_t> strata;
  for (std::size_t column = 0; column < out.uses.size(); ++column) {
    const ColumnUse& use = out.uses[column];
    needed.push_back(!use.may_be_empty());
    if (use.role == Role::target) out.target = column;
    if (use.role == Role::stratum) strata = column;
    if (use.is_feature()) out.features.push_back(column);
  }
  out.rows = complete_rows(table, needed, out.target, drop_missing_rows);
  if (out.features.empty()) throw Failure("no column is left to be a feature; at least one feature is needed");

  out.X.resize(static_cast<rebalance::Index>(out.rows.size()), static_cast<rebalance::Index>(out.features.size()));
  for (std::size_t j = 0; j < out.features.size(); ++j)
    read_feature({table, out.rows, out.features[j]}, sampler, static_cast<rebalance::Index>(j), out);
  out.labels = read_labels({table, out.rows, out.target});
  if (strata) out.strata = read_labels({table, out.rows, *strata});
  return out;
}

}  // namespace resample_csv
