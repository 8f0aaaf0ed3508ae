// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../common/samplers.hpp"

namespace resample_csv {

using namespace examples;  // what the example programs share

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
  std::vector<std::string> categorical;
  int threads = 1;
  bool drop_missing_rows = false;
};

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace resample_csv
