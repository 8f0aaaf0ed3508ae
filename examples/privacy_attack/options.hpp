// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "../common/numeric_set.hpp"
#include "../common/samplers.hpp"

namespace privacy_attack {

using namespace examples;  // what the example programs share

/// The command line.
struct Options {
  NumericSetOptions set{.csv = EXAMPLE_DATA "/digits_8_first900.csv"};
  SamplerChoice sampler{"smote", {}};
  bool single_precision = false;
  std::uint64_t seed = 7;
};

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace privacy_attack
