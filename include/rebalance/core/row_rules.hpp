// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <rebalance/core/column_rules.hpp>
#include <rebalance/core/enum_names.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What becomes of a new row that is not accepted in any try.
enum class Otherwise {
  nearest_parent,  ///< a copy of the parent it is nearer to or, if that would be refused or is of another class, of the
                   ///< other; else as drop
  drop,            ///< it is left out, and the class has a row less
  error            ///< InvalidOption
};

/// Whether a new row, in double, is one that can be. Called on the calling thread, row by row.
using Accept = std::function<bool(std::span<const double> row)>;

/// How often to try, and what then.
struct Tries {
  int most = 20;  ///< steps that are drawn anew for a row between the same parents, at least 0
  Otherwise otherwise = Otherwise::nearest_parent;  ///< what becomes of a row that none of them made acceptable
  friend bool operator==(const Tries&, const Tries&) = default;
};

/// What must hold for every new row.
struct RowRules {
  std::vector<ColumnRule> columns;  ///< what columns hold
  Accept accept;                    ///< what else must hold; empty: nothing
  Tries tries;                      ///< what is done about rows that are refused
};

namespace detail {
template <>
inline constexpr EnumNames enum_names<Otherwise>{"Otherwise", {"nearest_parent", "drop", "error"}};
}  // namespace detail

}  // inline namespace
}  // namespace rebalance
