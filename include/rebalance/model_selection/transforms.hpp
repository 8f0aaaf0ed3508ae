// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>

#include <rebalance/core/column_scaling.hpp>
#include <rebalance/core/matrix.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What is learned from training rows and then done to any rows: a value whose `fit(rows)` returns a function from
/// rows to as many rows, of any number of columns. Yours may be PCA, a log of some columns, an embedding:
///
///     struct Halve { auto fit(const auto& train) const { return [](const auto& rows) { return rows / 2; }; } };
template <class T, class S>
concept Transform = std::copyable<T> && requires(const T& transform, const MatrixView<S>& rows) {
  { Matrix<S>(transform.fit(rows)(rows)) };
};

}  // inline namespace
}  // namespace rebalance
