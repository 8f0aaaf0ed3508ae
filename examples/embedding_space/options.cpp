// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <string>

#include "../common/command_line.hpp"
#include "../common/option_values.hpp"

namespace embedding_space {

namespace {

using rebalance::Index;

constexpr const char* description =
    "Cross-validates SMOTE that searches neighbors among the columns as they are, standardized columns, and principal\n"
    "components fitted on each training side, and makes rows in the columns as they are. Says where the rows land and\n"
    "whether models are any better for it.";

/// The numbers as typed, before they are understood.
struct Typed : examples::TypedFolds {
  std::string components = "5,10,20", k_neighbors = "5";
};

void understand(Options& options, const Typed& typed) {
  options.components.clear();
  for (const auto& number : parse_columns("--components", typed.components))
    options.components.push_back(whole_number<Index>("--components", number, 1));
  options.k_neighbors = whole_number<Index>("--k-neighbors", typed.k_neighbors, 1);
  options.folds = whole_number<Index>("--folds", typed.folds, 2);
  options.repeats = whole_number<Index>("--repeats", typed.repeats, 1);
  options.seed = whole_number<std::uint64_t>("--seed", typed.seed, 0);
  options.threads = thread_count(typed.threads);
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  Typed typed;
  CLI::App app(description, "embedding_space");
  declare_set(app, options.set);
  const std::string group = "The comparison";
  app.add_option("--components", typed.components, "Numbers of principal components to try, N,..")
      ->capture_default_str()
      ->group(group);
  app.add_option("--k-neighbors", typed.k_neighbors, "Neighbors a row may move towards")
      ->capture_default_str()
      ->group(group);
  examples::declare_folds(app, group, typed);
  if (!parse_arguments(app, argc, argv)) return std::nullopt;
  understand(options, typed);
  return options;
}

}  // namespace embedding_space
