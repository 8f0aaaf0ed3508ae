// SPDX-License-Identifier: MIT
#pragma once

#include <numeric>
#include <span>
#include <vector>

#include <rebalance/core/matrix.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Some rows of a matrix, in place: what a search looks through. `rows` are ascending.
template <class S>
struct PointSet {
  MatrixView<S> space;
  std::span<const Index> rows;

  Index size() const noexcept { return static_cast<Index>(rows.size()); }
  Index row(Index i) const { return rows[static_cast<std::size_t>(i)]; }
  /// Coordinates of a row of the matrix (not: of the set).
  const S* coordinates(Index row) const { return space.data() + row * space.outerStride(); }
};

/// The numbers 0 .. rows-1: the whole matrix as a set.
inline std::vector<Index> all_rows(Index rows) {
  std::vector<Index> out(static_cast<std::size_t>(rows));
  std::iota(out.begin(), out.end(), Index{0});
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
