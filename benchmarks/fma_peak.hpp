// SPDX-License-Identifier: MIT
#pragma once

// What the processor can do at most with the instructions this build may use: the yardstick of kernels that multiply
// and add.

#include <Eigen/Core>
#include <algorithm>
#include <chrono>

namespace bench {

/// Single-precision operations a second of one thread, a multiplication and an addition being two: the best of some
/// runs of multiply-adds on registers, enough of them not to wait for each other. Takes some milliseconds.
inline double fma_peak() {
  using Wide = Eigen::Array<float, EIGEN_MAX_STATIC_ALIGN_BYTES / sizeof(float), 1>;  // a register
  constexpr int chains = 12, repeats = 1 << 16;
  double best = 0;
  for (int run = 0; run < 20; ++run) {
    volatile float opaque = 0.5F;  // or the compiler would know the result
    const float half = opaque;
    const Wide factor = Wide::Constant(half), term = Wide::Constant(half);
    Wide sums[chains];
    for (int chain = 0; chain < chains; ++chain) sums[chain] = term * static_cast<float>(chain);
    const auto start = std::chrono::steady_clock::now();
    for (int repeat = 0; repeat < repeats; ++repeat)
      for (Wide& sum : sums) sum = sum * factor + term;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    for (const Wide& sum : sums) opaque = sum.sum();
    best = std::max(best, 2.0 * chains * repeats * static_cast<double>(Wide::SizeAtCompileTime) / seconds.count());
  }
  return best;
}

}  // namespace bench
