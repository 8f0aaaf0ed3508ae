// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <map>

#include "../common/command_line.hpp"
#include "../common/message.hpp"
#include "../common/option_values.hpp"

namespace audit_report {

namespace {

/// The sampler searches where the audit measures, if it searches at all.
void set_scaling(Options& options, const std::string& scaling) {
  using rebalance::Scaling;
  static const std::map<std::string, Scaling> by_name = {{"none", Scaling::none},
                                                         {"standard", Scaling::standard},
                                                         {"min_max", Scaling::min_max},
                                                         {"robust", Scaling::robust}};
  options.space.scaling = by_name.at(scaling);
  for (const char* name : {"space.scaling", "smote.space.scaling", "enn.space.scaling", "tomek.space.scaling"}) {
    if (is_set(options.sampler, name))
      throw WrongUsage(std::string("--set ") + name + ": use --scale, which the audit follows too");
    if (has_option(options.sampler.name, name)) options.sampler.options.push_back({name, scaling});
  }
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  std::string scaling = "standard", drop, missing = "error", threads = "1";
  std::vector<std::string> assignments;
  CLI::App app("Resamples a CSV file of numbers and writes a page that shows what the new rows are like.",
               "audit_report");
  app.add_option("IN", options.set.csv, "The set, .csv or .csv.gz")->required();
  app.add_option("--out", options.page, "The page, in HTML")->required();
  app.add_option("--json", options.json, "The same figures for programs");
  app.add_option("--sampler", options.sampler.name, list_of_samplers())->required();
  app.add_option("--set", assignments, "An option of the sampler; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  app.add_option("--scale", scaling, "How columns are scaled wherever rows are compared")
      ->check(CLI::IsMember({"none", "standard", "min_max", "robust"}))
      ->capture_default_str();
  app.add_option("--target", options.set.target, "Column of the classes (default: the last)");
  app.add_option("--drop", drop, "Columns that are not features, COL,..");
  app.add_option("--missing", missing, "What to do about rows with an empty cell")
      ->check(CLI::IsMember({"error", "drop-rows"}))
      ->capture_default_str();
  app.add_option("--threads", threads, "Threads, 0 for all; the result is the same")->capture_default_str();
  if (!examples::parse_arguments(app, argc, argv)) return std::nullopt;
  for (const auto& assignment : assignments) set_option(options.sampler, assignment);
  set_scaling(options, scaling);
  if (reads(options.sampler) == Reads::mixed || reads(options.sampler) == Reads::categories)
    throw WrongUsage("--sampler " + options.sampler.name + " is for categories; this example reads numbers only");
  options.set.drop = parse_columns("--drop", drop);
  options.set.drop_missing_rows = missing == "drop-rows";
  options.threads = thread_count(threads);
  return options;
}

}  // namespace audit_report
