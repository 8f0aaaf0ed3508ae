// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <rebalance/model_selection/fold_numbers.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The groups that have rows, numbered 0 .. G-1 in the sorted order of their names: what GroupKFold and
/// StratifiedGroupKFold share. Such a splitter gives each group a fold, and with it all its rows.
struct WholeGroups {
  std::vector<std::uint32_t> of_row;
  std::vector<Index> rows;       ///< how many each group has
  std::vector<Index> first_row;  ///< says which group it is, whatever it is called

  Index size() const noexcept { return static_cast<Index>(rows.size()); }

  std::vector<Split> splits(const std::vector<std::uint32_t>& fold_of_group, Index n_splits) const {
    std::vector<std::uint32_t> fold_of_row(of_row.size());
    for (std::size_t row = 0; row < of_row.size(); ++row) fold_of_row[row] = fold_of_group[of_row[row]];
    return splits_of(fold_of_row, n_splits);
  }
};

/// Throws InvalidOption where the rows know no groups, or there are fewer of them than folds. A group code may have no
/// row: in a fold within a fold, or after the caller left rows out.
inline WholeGroups whole_groups(std::string_view splitter, const RowFacts& rows, Index n_splits) {
  if (rows.groups.empty())
    throw InvalidOption(
        text({splitter, " needs groups: Data(X, y).groups(patient), or without features Rows(y).groups(patient)"}));

  constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> number(*std::max_element(rows.groups.begin(), rows.groups.end()) + std::size_t{1}, unseen);
  for (const std::uint32_t code : rows.groups) number[code] = 0;
  std::uint32_t present = 0;
  for (std::uint32_t& group : number)
    if (group != unseen) group = present++;

  WholeGroups out;
  out.rows.assign(present, 0);
  out.first_row.assign(present, 0);
  for (const std::uint32_t code : rows.groups) {
    const std::uint32_t group = number[code];
    if (out.rows[group]++ == 0) out.first_row[group] = static_cast<Index>(out.of_row.size());
    out.of_row.push_back(group);
  }
  require_n_splits(splitter, n_splits, out.size(), "groups");
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
