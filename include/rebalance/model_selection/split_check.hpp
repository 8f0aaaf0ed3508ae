// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/model_selection/split.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Which side a row is seen on.
enum class Seen : std::uint8_t { nowhere, train, test };

/// Where a split is that is checked, for messages.
struct CheckedSplit {
  std::string fold;             ///< its name
  std::span<const Index> rows;  ///< the caller's numbers of the rows it speaks of; empty: it speaks of these

  Index number_of(Index row) const { return rows.empty() ? row : rows[static_cast<std::size_t>(row)]; }
};

inline void mark_side(const std::vector<Index>& rows, Seen side, const CheckedSplit& split, std::vector<Seen>& seen) {
  const std::string_view name = side == Seen::train ? "training" : "test";
  if (rows.empty())
    throw InvalidSplit(text({"the ", name, " side of ", split.fold, " has no row; give it at least one"}));
  for (const Index row : rows) {
    if (row < 0 || row >= static_cast<Index>(seen.size()))
      throw InvalidSplit(
          text({"the ", name, " side of ", split.fold, " has row ", row, "; name rows 0 to ", seen.size() - 1}));
    Seen& before = seen[static_cast<std::size_t>(row)];
    if (before == side)
      throw InvalidSplit(
          text({"the ", name, " side of ", split.fold, " has row ", split.number_of(row), " twice; name it once"}));
    if (before != Seen::nowhere)
      throw InvalidSplit(text({split.fold, " has row ", split.number_of(row),
                               " on both sides; a model cannot be tested on a row it was trained on"}));
    before = side;
  }
}

/// Throws InvalidSplit for rows that do not exist, stand twice or on both sides, for an empty side, and for a class
/// that the training side lacks: no model can learn it there. Cost O(n).
inline void check_split(const Split& split, const CheckedSplit& named, const Classes& classes) {
  std::vector<Seen> seen(static_cast<std::size_t>(classes.rows()), Seen::nowhere);
  mark_side(split.train, Seen::train, named, seen);
  mark_side(split.test, Seen::test, named, seen);

  std::vector<bool> trained(classes.size());
  for (const Index row : split.train) trained[classes.code(row)] = true;
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    if (!trained[c] && classes.count(c) > 0)
      throw InvalidSplit(text({"the training side of ", named.fold, " has no row of class ", classes.label(c).text,
                               " (", classes.count(c), classes.count(c) == 1 ? " row" : " rows",
                               " in all); shuffle or stratify the folds, or leave the class out"}));
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
