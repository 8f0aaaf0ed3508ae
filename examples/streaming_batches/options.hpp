// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <rebalance/core/matrix.hpp>

#include "../common/numeric_set.hpp"

namespace streaming_batches {

using namespace examples;  // what the example programs share
using rebalance::Index;

/// The command line.
struct Options {
  NumericSetOptions set{.csv = EXAMPLE_DATA "/digits_8_first900.csv"};
  Index rows = 0;  ///< of a set made up for the occasion; 0: the CSV file
  Index columns = 30;
  std::string model = "logit";
  Index batch_rows = 65'536;
  std::uint64_t seed = 7;
  int threads = 1;
};

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace streaming_batches
