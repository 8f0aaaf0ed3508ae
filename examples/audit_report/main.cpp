// SPDX-License-Identifier: MIT
//
// From a CSV file to a page for whoever has to judge what was added to it.

#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/audit/audit_page.hpp>
#include <rebalance/audit/fidelity.hpp>
#include <rebalance/audit/profile.hpp>
#include <rebalance/audit/report_json.hpp>
#include <rebalance/core/any_resampler.hpp>

#include "../common/command_line.hpp"
#include "../common/compressed_file.hpp"
#include "../common/csv_table.hpp"
#include "../common/message.hpp"
#include "../common/table_column.hpp"
#include "options.hpp"

namespace audit_report {
namespace {

using rebalance::Data;
using rebalance::Index;

/// What is read of the file.
struct TrainingSet {
  std::vector<std::string> columns;  ///< of X
  rebalance::Matrix<double> X;
  std::vector<std::string> labels;
};

TrainingSet read_training_set(const Options& options) {
  const CsvTable table(options.input, read_file(options.input));
  const std::size_t target = options.target ? table.column(*options.target) : table.columns() - 1;
  std::vector<bool> needed(table.columns(), true);
  for (const auto& name : options.drop) needed[table.column(name)] = false;
  if (!needed[target])
    throw Failure("column " + examples::in_quotes(table.names()[target]) + " is the target; do not drop it");
  const auto rows = complete_rows(table, needed, target, false);

  TrainingSet out;
  std::vector<double> values;  // column by column
  for (std::size_t number = 0; number < table.columns(); ++number) {
    if (number == target || !needed[number]) continue;
    const Column column{table, rows, number};
    const auto numbers = read_numbers(column);
    if (numbers.text)
      throw Failure(column.place(*numbers.text) + " is " + examples::in_quotes(column[*numbers.text]) +
                    ", not a number; --drop the column");
    values.insert(values.end(), numbers.values.begin(), numbers.values.end());
    out.columns.push_back(table.names()[number]);
  }
  if (out.columns.empty()) throw Failure("there is no column left but the target; at least one feature is needed");
  out.X = Eigen::Map<const Eigen::MatrixXd>(values.data(), static_cast<Index>(rows.size()),
                                            static_cast<Index>(out.columns.size()));
  const Column classes{table, rows, target};
  for (std::size_t i = 0; i < classes.size(); ++i) out.labels.emplace_back(classes[i]);
  return out;
}

void write(OutputFile& file, const std::string& text) {
  file.write(text);
  file.finish();
  file.publish();
}

void run(const Options& options) {
  const TrainingSet set = read_training_set(options);
  OutputFile page(options.page);  // before the long work, so that a folder that cannot be written to is known at once
  std::optional<OutputFile> json;
  if (!options.json.empty()) json.emplace(options.json);

  const rebalance::Execution how{.threads = options.threads};
  const Data data(set.X, set.labels);
  const rebalance::Plan plan = rebalance::make_plan(how, data, make_sampler(options.sampler));
  const auto report = rebalance::fidelity(how, data, plan, {.space = options.space, .column_names = set.columns});
  const auto before = rebalance::profile(how, data, {.space = options.space});

  write(page, rebalance::audit_page(data, plan, report, {.title = options.sampler.name + " on " + options.input}));
  if (json)
    write(*json, rebalance::Json::object()
                         .set("profile", rebalance::to_json(before))
                         .set("fidelity", rebalance::to_json(report))
                         .text() +
                     "\n");
  std::cout << before.text() << report.text();
}

}  // namespace
}  // namespace audit_report

int main(int argc, char** argv) {
  using namespace audit_report;
  return examples::status_of("audit_report", [&] {
    if (const auto options = parse_command_line(argc, argv)) run(*options);
    return 0;
  });
}
