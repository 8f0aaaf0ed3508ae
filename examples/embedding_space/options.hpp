// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <rebalance/core/matrix.hpp>

#include "../common/numeric_set.hpp"

namespace embedding_space {

using namespace examples;  // what the example programs share

/// The command line.
struct Options {
  NumericSetOptions set{.csv = EXAMPLE_DATA "/digits_8_first900.csv"};
  std::vector<rebalance::Index> components{5, 10, 20};
  rebalance::Index k_neighbors = 5;
  rebalance::Index folds = 5;
  rebalance::Index repeats = 3;
  std::uint64_t seed = 7;
  int threads = 1;
};

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace embedding_space
