// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../common/samplers.hpp"

namespace honest_cv {

using namespace examples;  // what the example programs share

/// The command line.
struct Options {
  std::string csv;
  std::optional<std::string> target;    // the last column where not given
  std::optional<std::string> positive;  // the rarer of two classes where not given
  std::optional<std::string> group;
  std::optional<std::string> time;
  std::vector<std::string> drop;
  std::vector<std::string> categorical;
  bool drop_missing_rows = false;

  std::string model = "knn";
  SamplerChoice sampler;
  int folds = 5;
  int repeats = 3;
  std::uint64_t seed = 7;
  int threads = 1;

  std::string out;                   // folder of pictures and scores; empty: none wanted
  std::vector<std::string> columns;  // the two of the scatter plot; empty: the two most telling
};

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace honest_cv
