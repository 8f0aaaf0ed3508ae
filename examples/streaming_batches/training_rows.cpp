// SPDX-License-Identifier: MIT
#include "training_rows.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace streaming_batches {

namespace {

/// SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  /// Mean 0, deviation 1, bell-shaped: the sum of four uniform numbers.
  float bell() {
    const std::uint64_t four = bits();
    double sum = 0;
    for (int shift = 0; shift < 64; shift += 16) sum += static_cast<double>(four >> shift & 0xFFFF) / 65536;
    return static_cast<float>((sum - 2) * std::sqrt(3.0));
  }

 private:
  std::uint64_t state_;
};

TrainingRows made_up_rows(const Options& options) {
  TrainingRows out{rebalance::Matrix<float>(options.rows, options.columns),
                   std::vector<int>(static_cast<std::size_t>(options.rows))};
  Random random(options.seed);
  for (Index i = 0; i < out.X.rows(); ++i) {
    const bool rare = i % 100 == 99;
    out.y[static_cast<std::size_t>(i)] = rare;
    for (Index j = 0; j < out.X.cols(); ++j) out.X(i, j) = random.bell() + (rare && j < 2 ? 1.0f : 0.0f);
  }
  return out;
}

}  // namespace

TrainingRows training_rows(const Options& options) {
  if (options.rows > 0) return made_up_rows(options);
  NumericSet set = read_numeric_set(options.set);
  return {set.X.cast<float>(), std::move(set.y)};
}

}  // namespace streaming_batches
