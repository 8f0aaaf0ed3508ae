// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include <rebalance/core/matrix.hpp>
#include <rebalance/core/row_keys.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Whether two rows hold the same values: both zeros are one value, and so are all NaN.
template <class S>
bool equal_values(const S* a, const S* b, Index columns) noexcept {
  for (Index j = 0; j < columns; ++j)
    if (canonical_bits(static_cast<double>(a[j])) != canonical_bits(static_cast<double>(b[j]))) return false;
  return true;
}

/// For each of the rows, the first among them that has its values: itself, if none stands before it.
/// A hash table of distinct rows with linear probing; values are compared, so a shared key makes no two rows equal.
/// Cost O(n d) however many rows are equal; memory: 32 to 64 bytes a row.
template <class S>
std::vector<Index> first_equal_rows(const MatrixView<S>& X, std::span<const Index> rows, const Execution& how) {
  const auto values = [&](Index row) { return X.data() + row * X.outerStride(); };
  std::vector<std::uint64_t> keys(rows.size());
  parallel_for(how, "keying rows", static_cast<Index>(rows.size()), rows_per_chunk(X.cols()),
               [&](Index first, Index last) {
                 for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i)
                   keys[i] = key_of_values(values(rows[i]), X.cols());
               });

  struct Slot {
    std::uint64_t key = 0;
    Index row = -1;
  };
  std::vector<Slot> slots(std::bit_ceil(2 * rows.size() + 1));
  const std::size_t mask = slots.size() - 1;
  std::vector<Index> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto holds_it = [&](const Slot& slot) {
      return slot.key == keys[i] && equal_values(values(slot.row), values(rows[i]), X.cols());
    };
    std::size_t at = keys[i] & mask;
    while (slots[at].row >= 0 && !holds_it(slots[at])) at = (at + 1) & mask;
    if (slots[at].row < 0) slots[at] = {keys[i], rows[i]};
    out.push_back(slots[at].row);
  }
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
