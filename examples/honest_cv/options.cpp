// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>

#include "../common/command_line.hpp"
#include "../common/message.hpp"
#include "../common/option_values.hpp"

namespace honest_cv {

namespace {

constexpr const char* description =
    "Cross-validates a model on an imbalanced CSV file four ways: without resampling, with class weights or a chosen\n"
    "threshold, resampled inside each fold, and resampled before the split, which is wrong, and caught.\n"
    "Status 0: the honest arms are clean. 3: one of them leaks.";

/// The options as typed, before they are understood.
struct Typed : examples::TypedFolds {
  std::string drop, categorical, columns, missing = "error";
  std::vector<std::string> assignments;  // of --set
};

void declare_data(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The data";
  app.add_option("--csv", options.csv, "The set, .csv or .csv.gz")->required()->group(group);
  app.add_option("--target", options.target, "Column of the classes (default: the last)")->group(group);
  app.add_option("--positive", options.positive, "Class to find; all others are the rest (default: the rarer of two)")
      ->group(group);
  app.add_option("--group", options.group, "Column of patients, customers, ..: no fold tears one apart; no feature")
      ->group(group);
  app.add_option("--time", options.time,
                 "Column of times, numbers or such as 2024-03-31: tests come after training, and time is cut once")
      ->excludes("--group")
      ->group(group);
  app.add_option("--drop", typed.drop, "Columns that are not features, COL,..")->group(group);
  app.add_option("--categorical", typed.categorical, "Columns of codes that only look like numbers, COL,..")
      ->group(group);
  app.add_option("--missing", typed.missing, "What to do about rows with an empty cell")
      ->check(CLI::IsMember({"error", "drop-rows"}))
      ->capture_default_str()
      ->group(group);
}

void declare_contest(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The contest";
  app.add_option("--model", options.model,
                 "knn: share of positives among 5 neighbors; logit: logistic regression;\n"
                 "xgb: boosted trees of XGBoost; rtrees: random trees of OpenCV")
      ->capture_default_str()
      ->group(group);
  app.add_option("--sampler", options.sampler.name, list_of_samplers() + " (default: smote)")->group(group);
  app.add_option("--set", typed.assignments,
                 "An option of the sampler; may be repeated. Unless set, strategy is ratio=0.25\n"
                 "where the rarer class is rarer than a fifth: it costs less calibration than balance")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->group(group);
  examples::declare_folds(app, group, typed);
  app.get_option("--time")->excludes("--repeats");  // there is one way to cut time
}

void declare_output(CLI::App& app, Options& options, Typed& typed) {
  const std::string group = "The output";
  app.add_option("--out", options.out, "Folder for pr.svg, reliability.svg, scatter.svg and scores.csv")->group(group);
  app.add_option("--columns", typed.columns, "The two columns of scatter.svg, A,B (default: the two most telling)")
      ->group(group);
}

void understand(Options& options, const Typed& typed) {
  options.drop = parse_columns("--drop", typed.drop);
  options.categorical = parse_columns("--categorical", typed.categorical);
  options.columns = parse_columns("--columns", typed.columns);
  if (!options.columns.empty() && options.columns.size() != 2)
    throw WrongUsage("--columns " + typed.columns + ": name two columns, A,B");
  options.drop_missing_rows = typed.missing == "drop-rows";
  options.folds = whole_number<int>("--folds", typed.folds, 2);
  options.repeats = whole_number<int>("--repeats", typed.repeats, 1);
  options.seed = whole_number<std::uint64_t>("--seed", typed.seed, 0);
  options.threads = thread_count(typed.threads);
  if (options.time) options.repeats = 1;

  if (options.sampler.name.empty()) options.sampler.name = "smote";
  for (const auto& assignment : typed.assignments) set_option(options.sampler, assignment);
  if (reads(options.sampler) == Reads::mixed || reads(options.sampler) == Reads::categories)
    throw WrongUsage("--sampler " + options.sampler.name +
                     " reads categories, which are 0/1 columns here; take one that reads numbers, such as smote");
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  Typed typed;
  CLI::App app(description, "honest_cv");
  declare_data(app, options, typed);
  declare_contest(app, options, typed);
  declare_output(app, options, typed);
  if (!parse_arguments(app, argc, argv)) return std::nullopt;
  understand(options, typed);
  return options;
}

}  // namespace honest_cv
