// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <limits>

#include "csv_record.hpp"
#include "message.hpp"
#include "strategy_text.hpp"

namespace resample_csv {

namespace {

constexpr const char* description =
    "Resamples an imbalanced CSV file: kept rows stay as they are byte for byte, added rows follow.";

/// The options as typed, before they are understood.
struct Typed {
  std::string sampler, drop, categorical, k_neighbors, seed = "0", threads = "1";
  std::string strategy = "auto", draws = "even", missing = "error";
};

/// Column names as a CSV record: quoted where a name holds a comma.
std::vector<std::string> parse_columns(const char* option, const std::string& text) {
  Fields names;
  if (!RecordParser().append(text, names)) throw WrongUsage(std::string(option) + ": the quotes of the list are wrong");
  std::vector<std::string> out;
  for (std::size_t i = 0; i < names.size(); ++i) out.emplace_back(names[i]);
  return out;
}

/// A decimal number and nothing else: CLI11 would wrap -1 around and saturate what is too large.
template <class Number>
Number whole_number(const std::string& option, const std::string& text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end)
    throw WrongUsage(option + " " + text + ": it must be a whole number from " +
                     std::to_string(std::max(Number{0}, std::numeric_limits<Number>::min())) + " to " +
                     std::to_string(std::numeric_limits<Number>::max()));
  return number;
}

void declare(CLI::App& app, Options& options, Typed& typed) {
  app.add_option("IN", options.input, "The set to resample, .csv or .csv.gz")->required();
  app.add_option("OUT", options.output, "The resampled set, which may replace IN; gzip-compressed if it ends in .gz")->required();
  app.add_option("--sampler", typed.sampler, "One of: " + sampler_names())->required();
  app.add_option("--target", options.target, "Column of the classes (default: the last)");
  app.add_option("--drop", typed.drop, "Columns that are not features, COL,..; empty in interpolated rows");
  app.add_option("--categorical", typed.categorical, "Columns that are not numbers, COL,..");
  app.add_option("--strategy", typed.strategy,
                 "auto, minority, majority, not_minority, not_majority, all, ratio=R or counts=LABEL:N,..")
      ->capture_default_str();
  app.add_option("--k-neighbors", typed.k_neighbors, "Neighbors a row may move towards (smote: 5)");
  app.add_option("--seed", typed.seed, "Seed of the random choices")->capture_default_str();
  app.add_option("--draws", typed.draws, "How rows are drawn; imbalanced_learn draws what that package draws")
      ->check(CLI::IsMember({"even", "imbalanced_learn"}))
      ->capture_default_str();
  app.add_option("--threads", typed.threads, "Threads, 0 for all; the result is the same")->capture_default_str();
  app.add_option("--missing", typed.missing, "What to do about empty cells in features or target")
      ->check(CLI::IsMember({"error", "drop-rows"}))
      ->capture_default_str();
  app.add_option("--provenance", options.provenance, "File that says where each row of OUT comes from");
}

void understand(Options& options, const Typed& typed) {
  options.sampler = &sampler_kind(typed.sampler);
  options.sampler_options.strategy = parse_strategy(typed.strategy);
  if (typed.draws == "imbalanced_learn") options.sampler_options.draws = rebalance::Draws::imbalanced_learn;
  options.sampler_options.seed = whole_number<std::uint64_t>("--seed", typed.seed);
  options.threads = whole_number<int>("--threads", typed.threads);
  if (!typed.k_neighbors.empty())
    options.sampler_options.k_neighbors = whole_number<rebalance::Index>("--k-neighbors", typed.k_neighbors);
  options.drop_missing_rows = typed.missing == "drop-rows";
  options.drop = parse_columns("--drop", typed.drop);
  options.categorical = parse_columns("--categorical", typed.categorical);
  if (options.threads < 0) throw WrongUsage("--threads must be at least 0 (0: all the hardware has)");
}

bool same_file(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto whole = [&](const std::string& path) { return fs::weakly_canonical(fs::absolute(path), ignored); };
  return fs::equivalent(a, b, ignored) || whole(a) == whole(b);
}

void require_own_provenance_file(const Options& options) {
  for (const auto& other : {options.input, options.output})
    if (!options.provenance.empty() && same_file(options.provenance, other))
      throw WrongUsage("--provenance " + options.provenance + " would overwrite " + other + "; give it its own file");
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  Typed typed;
  CLI::App app(description, "resample_csv");
  declare(app, options, typed);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw WrongUsage(std::string(error.what()) + "; see resample_csv --help");
  }
  understand(options, typed);
  require_own_provenance_file(options);
  return options;
}

}  // namespace resample_csv
