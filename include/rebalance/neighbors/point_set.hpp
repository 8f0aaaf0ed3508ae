// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include <rebalance/core/matrix.hpp>

namespace rebalance {
inline namespace v0 {
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

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
