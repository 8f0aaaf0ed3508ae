// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "message.hpp"
#include "option_values.hpp"

namespace examples {

void declare_set(CLI::App& app, NumericSetOptions& options) {
  const std::string group = "The data";
  app.add_option("--csv", options.csv, "The set, .csv or .csv.gz")->capture_default_str()->group(group);
  app.add_option("--target", options.target, "Column of the classes (default: the last)")->group(group);
  app.add_option("--positive", options.positive, "Class to find; all others are the rest (default: the rarer of two)")
      ->group(group);
  app.add_option_function<std::string>(
         "--drop", [&](const std::string& text) { options.drop = parse_columns("--drop", text); },
         "Columns that are not features, COL,..")
      ->group(group);
  app.add_option_function<std::string>(
         "--missing", [&](const std::string& text) { options.drop_missing_rows = text == "drop-rows"; },
         "What to do about rows with an empty cell (default: error)")
      ->check(CLI::IsMember({"error", "drop-rows"}))
      ->group(group);
}

void declare_folds(CLI::App& app, const std::string& group, TypedFolds& typed) {
  const auto declare = [&](const char* name, std::string& value, const char* about) {
    app.add_option(name, value, about)->capture_default_str()->group(group);
  };
  declare("--folds", typed.folds, "Parts of the data, each of them the test once");
  declare("--repeats", typed.repeats, "Times the whole is done, shuffled anew");
  declare("--seed", typed.seed, "Seed of all random choices");
  declare("--threads", typed.threads, "Threads, 0 for all; the result is the same");
}

bool parse_arguments(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return true;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return false;
  } catch (const CLI::Success&) {  // of an option that only tells something
    return false;
  } catch (const CLI::ParseError& error) {
    throw WrongUsage(std::string(error.what()) + "; see " + app.get_name() + " --help");
  }
}

int status_of(std::string_view program, const std::function<int()>& body) {
  const auto complain = [&](std::string_view message, int status) {
    std::cerr << program << ": " << on_one_line(message) << '\n';
    return status;
  };
  try {
    return body();
  } catch (const WrongUsage& error) {
    return complain(error.what(), 2);
  } catch (const std::bad_alloc&) {
    return complain("not enough memory for this file", 1);
  } catch (const std::exception& error) {
    return complain(error.what(), 1);
  }
}

}  // namespace examples
