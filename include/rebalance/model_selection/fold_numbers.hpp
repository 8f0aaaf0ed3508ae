// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <rebalance/core/random.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/model_selection/split.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What the splitters share: a random order of the rows, and splits from the number of the fold each row is tested in.
namespace detail {

/// Stands where the samplers have their place in the chain, so that a splitter and a sampler of one seed share no
/// random number. Repetition r of a splitter draws at split_stage + r.
inline constexpr std::uint32_t split_stage = 0x53504C54;  // "SPLT"

/// The folds there shall be are at least two and no more than there is to divide: `what` is "rows" or "groups".
[[gnu::cold]] inline void require_n_splits(std::string_view splitter, Index n_splits, Index have,
                                           std::string_view what) {
  if (n_splits < 2) throw_option(splitter, "n_splits", n_splits, "at least 2");
  if (n_splits > have) throw_option(splitter, "n_splits", n_splits, text({"at most ", have, ", the number of ", what}));
}

/// The places 0 .. addresses.size()-1 in a random order. `addresses` are rows, each another one: a draw belongs to
/// its row, whatever its class or group is called.
inline std::vector<Index> shuffled(const std::vector<Index>& addresses, std::uint64_t seed, Index repetition = 0,
                                   std::uint32_t stage = split_stage) {
  const std::vector<std::uint64_t> keys(addresses.begin(), addresses.end());
  return random_order(keys, seed, stage + static_cast<std::uint32_t>(repetition), keys.size());
}

/// Where a block begins if `entries` are cut into `blocks`, of which the first ones are one longer if need be.
constexpr Index block_begin(Index block, Index entries, Index blocks) noexcept {
  return block * (entries / blocks) + std::min(block, entries % blocks);
}

/// The fold of each entry if this order of them is cut into blocks, one for each fold.
inline std::vector<std::uint32_t> cut_into_blocks(const std::vector<Index>& order, Index n_splits) {
  const auto entries = static_cast<Index>(order.size());
  std::vector<std::uint32_t> fold_of(order.size());
  for (Index fold = 0, place = 0; fold < n_splits; ++fold)
    for (; place < block_begin(fold + 1, entries, n_splits); ++place)
      fold_of[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])] = static_cast<std::uint32_t>(fold);
  return fold_of;
}

/// A split for each fold: its rows are tested on, all others trained on, both ascending.
inline std::vector<Split> splits_of(const std::vector<std::uint32_t>& fold_of_row, Index n_splits) {
  std::vector<Index> sizes(static_cast<std::size_t>(n_splits), 0);
  for (const std::uint32_t fold : fold_of_row) ++sizes[fold];

  std::vector<Split> out(sizes.size());
  for (std::size_t fold = 0; fold < out.size(); ++fold) {
    out[fold].test.reserve(static_cast<std::size_t>(sizes[fold]));
    out[fold].train.reserve(fold_of_row.size() - static_cast<std::size_t>(sizes[fold]));
    for (std::size_t row = 0; row < fold_of_row.size(); ++row)
      (fold_of_row[row] == fold ? out[fold].test : out[fold].train).push_back(static_cast<Index>(row));
  }
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
