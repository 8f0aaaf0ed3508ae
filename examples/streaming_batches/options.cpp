// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>

#include "../common/command_line.hpp"
#include "../common/option_values.hpp"

namespace streaming_batches {

namespace {

constexpr const char* description =
    "Learns from a balanced set that never exists: SMOTE plans it, and a model is fed with it batch by batch. Prints\n"
    "the memory that takes. Status 3: more than the plan, a batch and what is stated beside them.";

/// The numbers as typed, before they are understood.
struct Typed {
  std::string rows = "0", columns = "30", batch_rows = "65536", seed = "7", threads = "1";
};

void declare(CLI::App& app, Options& options, Typed& typed) {
  declare_set(app, options.set);
  const std::string data = "The data";
  app.add_option("--rows", typed.rows, "Rows of a set made up instead, 1 in 100 of the class to find; 0: none")
      ->excludes("--csv")
      ->capture_default_str()
      ->group(data);
  app.add_option("--columns", typed.columns, "Columns of that set")->capture_default_str()->group(data);

  const std::string stream = "The stream";
  app.add_option("--model", options.model,
                 "logit: logistic regression by Newton's method, a pass over all batches for each step;\n"
                 "xgb: boosted trees of XGBoost, which pulls the batches through its data iterator")
      ->check(CLI::IsMember({"logit", "xgb"}))
      ->capture_default_str()
      ->group(stream);
  app.add_option("--batch-rows", typed.batch_rows, "Rows of a batch")->capture_default_str()->group(stream);
  app.add_option("--seed", typed.seed, "Seed of all random choices")->capture_default_str()->group(stream);
  app.add_option("--threads", typed.threads, "Threads, 0 for all; the batches are the same")
      ->capture_default_str()
      ->group(stream);
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  Typed typed;
  CLI::App app(description, "streaming_batches");
  declare(app, options, typed);
  if (!parse_arguments(app, argc, argv)) return std::nullopt;
  options.rows = whole_number<Index>("--rows", typed.rows, 0);
  options.columns = whole_number<Index>("--columns", typed.columns, 1);
  options.batch_rows = whole_number<Index>("--batch-rows", typed.batch_rows, 1);
  options.seed = whole_number<std::uint64_t>("--seed", typed.seed, 0);
  options.threads = thread_count(typed.threads);
  return options;
}

}  // namespace streaming_batches
