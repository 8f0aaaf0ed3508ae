// SPDX-License-Identifier: MIT
#pragma once

// Splitters so simple that a test of something else can be read at once.

#include <vector>

#include <rebalance/model_selection/split.hpp>

namespace splitters {

using rebalance::Index;
using rebalance::RowFacts;
using rebalance::Split;

/// Row i is tested in fold i % n.
struct EveryNth {
  Index n = 3;
  std::vector<Split> split(const RowFacts& rows) const {
    std::vector<Split> out(static_cast<std::size_t>(n));
    for (Index row = 0; row < rows.rows(); ++row)
      for (Index fold = 0; fold < n; ++fold) {
        Split& split = out[static_cast<std::size_t>(fold)];
        (row % n == fold ? split.test : split.train).push_back(row);
      }
    return out;
  }
};

/// Each group is tested once.
struct EachGroup {
  std::vector<Split> split(const RowFacts& rows) const {
    std::uint32_t groups = 0;
    for (const std::uint32_t group : rows.groups) groups = std::max(groups, group + 1);
    std::vector<Split> out(groups);
    for (Index row = 0; row < rows.rows(); ++row)
      for (std::uint32_t fold = 0; fold < groups; ++fold)
        (rows.groups[static_cast<std::size_t>(row)] == fold ? out[fold].test : out[fold].train).push_back(row);
    return out;
  }
};

}  // namespace splitters
