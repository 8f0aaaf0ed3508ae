// SPDX-License-Identifier: MIT
#pragma once

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

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace resample_csv
