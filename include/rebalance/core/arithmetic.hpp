// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <rebalance/core/version.hpp>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
// clang-format off
#error "rebalance finds NaN and promises the same bits everywhere; it cannot under -ffast-math, -Ofast or -ffinite-math-only: compile this file without"
// clang-format on
#endif

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Arithmetic in a fixed order in which every operation rounds by itself.
///
/// A compiler that may use fused multiply-add (g++ by default with -march=native, clang with
/// -ffp-contract=fast) turns `a + b * c` into one operation with one rounding. The result then depends
/// on the machine and on the optimizer, and so would a neighbor at nearly equal distance.
namespace detail {

/// The value itself, a double or a vector register of doubles, opaque to the optimizer. Costs no instruction.
template <class T>
T pinned(T value) noexcept {
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__SSE2_MATH__))
  asm("" : "+x"(value));
#elif defined(__GNUC__) && defined(__aarch64__)
  asm("" : "+w"(value));
#elif defined(__GNUC__)
  asm("" : "+m"(value));
#endif  // MSVC does not contract under its default /fp:precise
  return value;
}

/// A product that is not fused into a later sum. (`#pragma STDC FP_CONTRACT OFF` is ignored by g++; a named variable
/// does not help either.)
inline double rounded(double product) noexcept { return pinned(product); }

/// `base + step * (neighbor - base)`, three roundings. Equal parents give their value (-0.0 becomes 0.0), and
/// for 0 <= step <= 1 - 2^-52 the result stays between the parents: the two roundings of the product's
/// factors grow it by less than (1 + 2^-53)^2, which step takes back, and rounding is monotone.
inline double interpolate(double base, double neighbor, double step) noexcept {
  return base + rounded(step * (neighbor - base));
}

/// For float the difference is rounded to float and the rest done in double, as NumPy does with a
/// float32 matrix and float64 steps. That difference may be too long by half a unit, hence the clamp.
inline float interpolate(float base, float neighbor, double step) noexcept {
  const float way = neighbor - base;
  const auto value = static_cast<float>(base + rounded(step * static_cast<double>(way)));
  return std::clamp(value, std::min(base, neighbor), std::max(base, neighbor));
}

/// The sum as NumPy adds a contiguous vector (`add.reduce`): eight accumulators in blocks of at most 128,
/// blocks in pairs. Smaller error than from left to right, and the very bits of NumPy.
inline double pairwise_sum(std::span<const double> values) noexcept {
  const std::size_t n = values.size();
  double sum = 0;
  if (n < 8) {
    for (const double value : values) sum += value;
  } else if (n <= 128) {
    std::array<double, 8> part;
    std::copy_n(values.begin(), 8, part.begin());
    std::size_t i = 8;
    for (; i < n - n % 8; i += 8)
      for (std::size_t lane = 0; lane < 8; ++lane) part[lane] += values[i + lane];
    sum = ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
    for (; i < n; ++i) sum += values[i];
  } else {
    const std::size_t half = n / 2 - n / 2 % 8;
    sum = pairwise_sum(values.first(half)) + pairwise_sum(values.subspan(half));
  }
  return sum;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
