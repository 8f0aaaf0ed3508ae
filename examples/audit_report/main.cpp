// SPDX-License-Identifier: MIT
//
// From a CSV file to a page for whoever has to judge what was added to it.

#include <iostream>
#include <optional>

#include <rebalance/audit/audit_page.hpp>
#include <rebalance/audit/fidelity.hpp>
#include <rebalance/audit/profile.hpp>
#include <rebalance/audit/report_json.hpp>
#include <rebalance/core/any_resampler.hpp>

#include "../common/command_line.hpp"
#include "../common/compressed_file.hpp"
#include "../common/numeric_set.hpp"
#include "options.hpp"

namespace audit_report {
namespace {

void run(const Options& options) {
  const NumericTable set = read_numeric_table(options.set);
  OutputFile page(options.page);  // before the long work, so that a folder that cannot be written to is known at once
  std::optional<OutputFile> json;
  if (!options.json.empty()) json.emplace(options.json);

  const rebalance::Execution how{.threads = options.threads};
  const rebalance::Data data(set.X, set.labels);
  const rebalance::Plan plan = rebalance::make_plan(how, data, make_sampler(options.sampler));
  const auto report = rebalance::fidelity(how, data, plan, {.space = options.space, .column_names = set.columns});
  const auto before = rebalance::profile(how, data, {.space = options.space});

  page.write(rebalance::audit_page(data, plan, report, {.title = options.sampler.name + " on " + options.set.csv}));
  if (json)
    json->write(rebalance::Json::object()
                    .set("profile", rebalance::to_json(before))
                    .set("fidelity", rebalance::to_json(report))
                    .text() +
                "\n");
  page.finish();  // both, before either has its name: a page that stays without its figures would mislead
  if (json) json->finish();
  page.publish();
  if (json) json->publish();
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
