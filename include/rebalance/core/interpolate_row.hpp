// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstring>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

// A compiler cannot vectorize a loop over `interpolate`, since `rounded` pins one double at a time. Here a whole vector
// register is pinned; lane by lane it is the same arithmetic, so the bits are those of `interpolate`.

#if defined(__GNUC__) || defined(__clang__)
/// Doubles in a vector register, as Eigen found out.
inline constexpr int double_lanes = Eigen::internal::packet_traits<double>::size;

template <class S, int N>
using Pack [[gnu::vector_size(N * sizeof(S))]] = S;

/// `interpolate` for N columns at once.
template <int N, class S>
void interpolate_pack(const S* base, const S* neighbor, double step, S* out) noexcept {
  Pack<S, N> a, b;
  std::memcpy(&a, base, sizeof a);
  std::memcpy(&b, neighbor, sizeof b);
  const Pack<double, N> product = pinned(step * __builtin_convertvector(b - a, Pack<double, N>));
  Pack<S, N> value = __builtin_convertvector(__builtin_convertvector(a, Pack<double, N>) + product, Pack<S, N>);
  if constexpr (sizeof(S) == sizeof(float)) {
    const Pack<S, N> low = b < a ? b : a, high = a < b ? b : a;
    value = value < low ? low : high < value ? high : value;
  }
  std::memcpy(out, &value, sizeof value);
}
#else
inline constexpr int double_lanes = 1;
#endif

/// At most N columns at a time; the last step may do some columns again.
template <int N, class S>
void interpolate_columns(const S* base, const S* neighbor, double step, Index columns, S* out) noexcept {
  if constexpr (N == 1) {
    for (Index j = 0; j < columns; ++j) out[j] = interpolate(base[j], neighbor[j], step);
  } else if (columns < N) {
    interpolate_columns<N / 2>(base, neighbor, step, columns, out);
  } else {
    for (Index j = 0; j < columns; j += N) {
      const Index at = std::min(j, columns - N);
      interpolate_pack<N>(base + at, neighbor + at, step, out + at);
    }
  }
}

/// `interpolate` for all columns of a row. `out` must not overlap the parents.
template <class S>
void interpolate_row(const S* base, const S* neighbor, double step, Index columns, S* out) noexcept {
  interpolate_columns<double_lanes>(base, neighbor, step, columns, out);
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
