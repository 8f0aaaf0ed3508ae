// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <map>

#include "../common/command_line.hpp"
#include "../common/message.hpp"
#include "../common/number_text.hpp"
#include "../common/option_values.hpp"
#include "output_files.hpp"
#include "sampler_flags.hpp"

namespace resample_csv {

namespace {

constexpr const char* description =
    "Resamples an imbalanced CSV file: kept rows stay as they are byte for byte, added rows follow.";

const std::map<std::string, rebalance::Allocation> allocations = {{"proportional", rebalance::Allocation::proportional},
                                                                  {"equal", rebalance::Allocation::equal},
                                                                  {"match_odds", rebalance::Allocation::match_odds}};
const std::map<std::string, rebalance::SmallStratum> policies = {{"as_sampler", rebalance::SmallStratum::as_sampler},
                                                                 {"whole_class", rebalance::SmallStratum::whole_class},
                                                                 {"skip", rebalance::SmallStratum::skip}};

/// The options as typed, before they are understood.
struct Typed {
  std::string drop, copy, categorical, integer, threads = "1", missing = "error";
  std::string allocation = "proportional", small_stratum = "as_sampler";
  std::vector<std::string> grids;                                         // of --grid
  std::vector<std::optional<std::string>> flags{sampler_flags().size()};  // one for each of them
  std::vector<std::string> assignments;                                   // of --set
  std::vector<std::string> tags;                                          // of --tag
};

/// Prints the options of a sampler, and ends the parsing as --help does.
void list_options(const std::string& sampler) {
  for (const auto& option : sampler_options(sampler))
    if (option.name != "nominal") std::cout << option.name << '=' << option.value << '\n';
  throw CLI::Success();
}

void declare_files(CLI::App& app, Options& options) {
  app.add_option("IN", options.input, "The set to resample, .csv or .csv.gz")->required();
  app.add_option("OUT", options.output, "The resampled set, which may replace IN; gzip-compressed if it ends in .gz")
      ->required();
}

void declare_sampler(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The sampler";
  app.add_option("--sampler", options.sampler.name, list_of_samplers())->required()->group(group);
  for (std::size_t i = 0; i < typed.flags.size(); ++i)
    app.add_option(sampler_flags()[i].name, typed.flags[i], sampler_flags()[i].help)->group(group);
  app.add_option("--set", typed.assignments, "Any other option of the sampler; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->group(group);
  app.add_option_function<std::string>("--list-options", list_options,
                                       "Print the options of a sampler and their defaults")
      ->type_name("SAMPLER")
      ->group(group);
}

void declare_columns(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The columns";
  app.add_option("--target", options.target, "Column of the classes (default: the last)")->group(group);
  app.add_option("--drop", typed.drop, "Columns that are not features, COL,..; empty in new rows")->group(group);
  app.add_option("--copy", typed.copy, "Columns that are not features, COL,..; new rows have the cell of their base")
      ->group(group);
  app.add_option("--categorical", typed.categorical, "Columns that are not numbers, COL,..")->group(group);
  app.add_option("--integer", typed.integer, "Columns of whole numbers, COL,..; new rows have such, without bias")
      ->group(group);
  app.add_option("--grid", typed.grids, "Column of multiples of a step, as new rows have them; may be repeated")
      ->allow_extra_args(false)
      ->type_name("COL=STEP")
      ->group(group);
  app.add_option("--missing", typed.missing, "What to do about empty cells in features or target")
      ->check(CLI::IsMember({"error", "drop-rows"}))
      ->capture_default_str()
      ->group(group);
}

void declare_strata(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "Strata";
  app.add_option("--strata", options.strata,
                 "Column of keys (site, segment, ..), no feature: new rows are made from rows of one key")
      ->group(group);
  app.add_option("--allocation", typed.allocation, "How new rows are divided among them")
      ->check(CLI::IsMember(allocations))
      ->capture_default_str()
      ->needs("--strata")
      ->group(group);
  app.add_option("--small-stratum", typed.small_stratum,
                 "What to do where one has too few rows for neighbors; whole_class takes some of others")
      ->check(CLI::IsMember(policies))
      ->capture_default_str()
      ->needs("--strata")
      ->group(group);
}

CLI::Option* declare_threads(CLI::App& app, std::string& threads) {
  return app.add_option("--threads", threads, "Threads, 0 for all; the result is the same")->capture_default_str();
}

void declare_run(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The run";
  const auto file = [&](const char* flag, std::string& path, const char* help) {
    app.add_option(flag, path, help)->type_name("FILE")->group(group);
  };
  file("--provenance", options.provenance, "File that says where each row of OUT comes from");
  file("--removed", options.removed, "Cleaners: file that says which rows went, and why");
  file("--audit", options.audit, "HTML page: new rows beside real ones, and what is usual among these");
  file("--manifest", options.manifest, "JSON file: the record of the run, by which replay makes OUT again");
  file("--metrics", options.metrics, "File of the figures of the run, for Prometheus");
  app.add_option("--tag", typed.tags, "What else the manifest and the metrics shall tell; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->group(group);
  declare_threads(app, typed.threads)->group(group);
}

void understand_sampler(Options& options, const Typed& typed) {
  for (std::size_t i = 0; i < typed.flags.size(); ++i)
    if (const auto& value = typed.flags[i]; value && !set_flag(options.sampler, sampler_flags()[i], *value))
      options.without_effect.emplace_back(sampler_flags()[i].name);
  for (const auto& assignment : typed.assignments) set_option(options.sampler, assignment);
  make_sampler(options.sampler);  // what cannot be made is told before the file is read
}

/// `COL=STEP`
GridColumn parse_grid(const std::string& text) {
  const auto equals = text.rfind('=');
  const auto step = equals == std::string::npos ? std::nullopt : parse_number(text.substr(equals + 1));
  if (!step || !(*step > 0) || !std::isfinite(*step))
    throw WrongUsage("--grid " + examples::in_quotes(text) +
                     ": write --grid COL=STEP with a number above 0, as in price=0.01");
  return {text.substr(0, equals), *step, "--grid"};
}

void understand_columns(Options& options, const Typed& typed) {
  options.drop_missing_rows = typed.missing == "drop-rows";
  options.drop = parse_columns("--drop", typed.drop);
  options.copy = parse_columns("--copy", typed.copy);
  options.categorical = parse_columns("--categorical", typed.categorical);
  for (const auto& column : parse_columns("--integer", typed.integer)) options.grids.push_back({column});
  for (const auto& grid : typed.grids) options.grids.push_back(parse_grid(grid));
  options.strata_rules = {allocations.at(typed.allocation), policies.at(typed.small_stratum)};
}

void understand_tags(Options& options, const Typed& typed) {
  for (const auto& tag : typed.tags) {
    const auto equals = tag.find('=');
    if (equals == std::string::npos || equals == 0)
      throw WrongUsage("--tag " + examples::in_quotes(tag) + ": write --tag NAME=VALUE");
    if (!options.tags.emplace(tag.substr(0, equals), tag.substr(equals + 1)).second)
      throw WrongUsage("--tag " + tag.substr(0, equals) + " is given twice; give it once");
  }
  if (!options.tags.empty() && options.manifest.empty() && options.metrics.empty())
    throw WrongUsage("--tag is for --manifest and --metrics; ask for one of these");
}

void understand(Options& options, const Typed& typed) {
  understand_sampler(options, typed);
  understand_columns(options, typed);
  understand_tags(options, typed);
  options.threads = thread_count(typed.threads);
}

void require_sampler_of_use(const Options& options) {
  const std::string& sampler = options.sampler.name;
  if (!options.removed.empty() && !cleans(sampler))
    throw WrongUsage("--removed is for the samplers that clean; " + sampler + " lists no rows");
  const char* for_new_rows = options.strata ? "--strata" : options.grids.empty() ? "" : options.grids.front().flag;
  if (*for_new_rows && !adds_rows(sampler))
    throw WrongUsage(std::string(for_new_rows) + " is for the samplers that add rows; " + sampler + " adds none");
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  Typed typed;
  CLI::App app(description, "resample_csv");
  declare_files(app, options);
  declare_sampler(app, options, typed);
  declare_columns(app, options, typed);
  declare_strata(app, options, typed);
  declare_run(app, options, typed);
  app.footer("resample_csv replay --help: how to make OUT again from the manifest of a run");
  if (!examples::parse_arguments(app, argc, argv)) return std::nullopt;
  understand(options, typed);
  require_sampler_of_use(options);
  require_files_apart(options);
  return options;
}

std::optional<ReplayOptions> parse_replay(int argc, char** argv) {
  ReplayOptions options;
  std::string threads = "1";
  CLI::App app("Makes the file of an earlier run again, byte for byte, without a sampler.", "resample_csv replay");
  app.add_option("MANIFEST", options.manifest, "What --manifest wrote")->required();
  app.add_option("IN", options.input, "The very file that was resampled, compressed or not; another is refused")
      ->required();
  app.add_option("OUT", options.output, "The file to write; gzip-compressed if it ends in .gz")->required();
  declare_threads(app, threads);
  if (!examples::parse_arguments(app, argc - 1, argv + 1)) return std::nullopt;
  options.threads = thread_count(threads);
  require_own_file("OUT", options.output, {options.manifest});
  return options;
}

}  // namespace resample_csv
