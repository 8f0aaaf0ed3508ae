// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <initializer_list>
#include <iostream>

#include "../common/message.hpp"
#include "../common/option_values.hpp"
#include "sampler_flags.hpp"

namespace resample_csv {

namespace {

constexpr const char* description =
    "Resamples an imbalanced CSV file: kept rows stay as they are byte for byte, added rows follow.";

/// The options as typed, before they are understood.
struct Typed {
  std::string drop, categorical, threads = "1", missing = "error";
  std::vector<std::optional<std::string>> flags{sampler_flags().size()};  // one for each of them
  std::vector<std::string> assignments;                                   // of --set
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
  app.add_option("--categorical", typed.categorical, "Columns that are not numbers, COL,..")->group(group);
  app.add_option("--missing", typed.missing, "What to do about empty cells in features or target")
      ->check(CLI::IsMember({"error", "drop-rows"}))
      ->capture_default_str()
      ->group(group);
}

void declare_run(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The run";
  app.add_option("--provenance", options.provenance, "File that says where each row of OUT comes from")->group(group);
  app.add_option("--removed", options.removed, "Cleaners: file that says which rows went, and why")->group(group);
  app.add_option("--threads", typed.threads, "Threads, 0 for all; the result is the same")
      ->capture_default_str()
      ->group(group);
}

void understand_sampler(Options& options, const Typed& typed) {
  for (std::size_t i = 0; i < typed.flags.size(); ++i)
    if (const auto& value = typed.flags[i]; value && !set_flag(options.sampler, sampler_flags()[i], *value))
      options.without_effect.emplace_back(sampler_flags()[i].name);
  for (const auto& assignment : typed.assignments) set_option(options.sampler, assignment);
  make_sampler(options.sampler);  // what cannot be made is told before the file is read
}

void understand(Options& options, const Typed& typed) {
  understand_sampler(options, typed);
  options.threads = thread_count(typed.threads);
  options.drop_missing_rows = typed.missing == "drop-rows";
  options.drop = parse_columns("--drop", typed.drop);
  options.categorical = parse_columns("--categorical", typed.categorical);
}

bool same_file(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto whole = [&](const std::string& path) { return fs::weakly_canonical(fs::absolute(path), ignored); };
  return fs::equivalent(a, b, ignored) || whole(a) == whole(b);
}

void require_own_file(const char* option, const std::string& path, std::initializer_list<std::string> others) {
  for (const auto& other : others)
    if (!path.empty() && !other.empty() && same_file(path, other))
      throw WrongUsage(std::string(option) + " " + path + " would overwrite " + other + "; give it its own file");
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  Typed typed;
  CLI::App app(description, "resample_csv");
  declare_files(app, options);
  declare_sampler(app, options, typed);
  declare_columns(app, options, typed);
  declare_run(app, options, typed);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::Success&) {  // of --list-options
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw WrongUsage(std::string(error.what()) + "; see resample_csv --help");
  }
  understand(options, typed);
  require_own_file("--provenance", options.provenance, {options.input, options.output});
  require_own_file("--removed", options.removed, {options.input, options.output, options.provenance});
  if (!options.removed.empty() && !cleans(options.sampler.name))
    throw WrongUsage("--removed is for the samplers that clean; " + options.sampler.name + " lists no rows");
  return options;
}

}  // namespace resample_csv
