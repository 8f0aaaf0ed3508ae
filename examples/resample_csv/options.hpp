// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/strata.hpp>

#include "../common/samplers.hpp"

namespace resample_csv {

using namespace examples;  // what the example programs share

/// A column in which new numbers are multiples of a step.
struct GridColumn {
  std::string column;
  double step = 1;
  const char* flag = "--integer";  // or --grid
};

/// The command line.
struct Options {
  std::string input;
  std::string output;
  std::string provenance;  // empty: none wanted
  std::string removed;     // empty: none wanted
  std::string audit;       // empty: none wanted
  std::string manifest;    // empty: none wanted
  std::string metrics;     // empty: none wanted
  std::map<std::string, std::string> tags;
  SamplerChoice sampler;
  std::vector<std::string> without_effect;  // what was given that the sampler has no use for
  std::optional<std::string> target;        // the last column where not given
  std::vector<std::string> drop;
  std::vector<std::string> copy;
  std::vector<std::string> categorical;
  std::vector<GridColumn> grids;
  std::optional<std::string> strata;  // the column of their keys
  rebalance::StrataRules strata_rules;
  int threads = 1;
  bool drop_missing_rows = false;
};

/// The command line of `resample_csv replay`.
struct ReplayOptions {
  std::string manifest;
  std::string input;
  std::string output;
  int threads = 1;
};

// Nothing where help was asked for, and given. Both throw WrongUsage.

std::optional<Options> parse_command_line(int argc, char** argv);
/// `argv[1]` is `replay`.
std::optional<ReplayOptions> parse_replay(int argc, char** argv);

}  // namespace resample_csv
