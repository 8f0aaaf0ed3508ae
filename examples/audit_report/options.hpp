// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <rebalance/neighbors/neighbor_space.hpp>

#include "../common/numeric_set.hpp"
#include "../common/samplers.hpp"

namespace audit_report {

using namespace examples;  // what the example programs share

/// The command line.
struct Options {
  NumericSetOptions set;
  std::string page;
  std::string json;  ///< empty: none wanted
  SamplerChoice sampler;
  rebalance::NeighborSpace space;  ///< of the sampler and of the audit
  int threads = 1;
};

/// Nothing where help was asked for, and given. Throws WrongUsage.
std::optional<Options> parse_command_line(int argc, char** argv);

}  // namespace audit_report
