// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How a sampler draws its random numbers.
enum class Draws {
  /// Every base row is used equally often, and a draw belongs to its row: it depends on the seed and on
  /// the row's values, not on the order of the rows, the names of the classes or the number of threads.
  even,
  /// The draws of imbalanced-learn 0.12 and later with the same integer seed (0 .. 2^32 - 1), through
  /// NumPy's legacy RandomState: the same rows in the same order, wherever no two neighbors are exactly
  /// equally far. For a team that moves a pipeline from Python.
  imbalanced_learn
};

namespace detail {

template <>
inline constexpr EnumNames enum_names<Draws>{"Draws", {"even", "imbalanced_learn"}};

// ---- The counter-based generator ---------------------------------------------------------------------
// Nothing is consumed: a number is looked up by its address, so any thread can have any of them.

using RandomBlock = std::array<std::uint32_t, 4>;

/// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
constexpr RandomBlock philox(RandomBlock counter, std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

using RandomPair = std::array<std::uint64_t, 2>;

/// The two 64-bit numbers at an address: `seed` of the sampler, `stage` in the chain, `row` key, `draw`.
constexpr RandomPair random_pair(std::uint64_t seed, std::uint32_t stage, std::uint64_t row,
                                 std::uint32_t draw) noexcept {
  const auto low = [](std::uint64_t bits) { return static_cast<std::uint32_t>(bits); };
  const auto high = [](std::uint64_t bits) { return static_cast<std::uint32_t>(bits >> 32); };
  const RandomBlock block = philox({low(row), high(row), stage, draw}, {low(seed), high(seed)});
  return {block[0] | std::uint64_t{block[1]} << 32, block[2] | std::uint64_t{block[3]} << 32};
}

/// A multiple of 2^-52 in [0, 1 - 2^-52]; 52 bits and not 53 because `interpolate` needs that room.
constexpr double unit_interval(std::uint64_t bits) noexcept { return static_cast<double>(bits >> 12) * 0x1p-52; }

/// As unit_interval, but in the middle of each step: never 0 or 1.
constexpr double open_interval(std::uint64_t bits) noexcept {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// A number in [0, n): the high half of bits * n. Its bias is below n / 2^64.
constexpr Index index_below(std::uint64_t bits, Index n) noexcept {
  const auto m = static_cast<std::uint64_t>(n);
  const std::uint64_t low = (bits & 0xFFFFFFFFu) * (m & 0xFFFFFFFFu);
  const std::uint64_t middle = (bits >> 32) * (m & 0xFFFFFFFFu) + (low >> 32);
  const std::uint64_t cross = (bits & 0xFFFFFFFFu) * (m >> 32) + (middle & 0xFFFFFFFFu);
  return static_cast<Index>((bits >> 32) * (m >> 32) + (middle >> 32) + (cross >> 32));
}

inline double polynomial(double x, const std::array<double, 8>& coefficients) noexcept {
  double value = 0;
  for (const double coefficient : coefficients) value = rounded(value * x) + coefficient;
  return value;
}

/// A standard normal by the inverse distribution function, accurate to about 1e-16.
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Appl. Statist. 37, 1988
/// (PPND16). Uses log and sqrt of the C library.
inline double standard_normal(std::uint64_t bits) noexcept {
  const double p = open_interval(bits);
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - rounded(q * q);
    return q *
           polynomial(r, {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
                          13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608}) /
           polynomial(r, {5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
                          5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0});
  }
  double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  double size;
  if (r <= 5) {
    r -= 1.6;
    size =
        polynomial(r, {7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177, 1.27045825245236838258,
                       3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734}) /
        polynomial(r,
                   {1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966, .14810397642748007459,
                    .68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0});
  } else {
    r -= 5;
    size = polynomial(r, {2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784386,
                          .026532189526576123093, .29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
                          6.6579046435011037772}) /
           polynomial(r, {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
                          7.868691311456132591e-4, .0148753612908506148525, .13692988092273580531,
                          .59983220655588793769, 1.0});
  }
  return q < 0 ? -size : size;
}

// ---- NumPy's legacy RandomState, for Draws::imbalanced_learn -----------------------------------------

/// The stream of `numpy.random.RandomState(seed)`: MT19937 (Matsumoto, Nishimura 1998) and NumPy's own
/// transforms, which NumPy has frozen. Consumed in order, unlike the generator above.
class NumpyRandom {
 public:
  /// Throws InvalidOption for a seed that NumPy would refuse.
  NumpyRandom(std::string_view sampler, std::uint64_t seed) {
    if (seed > 0xFFFFFFFFu)
      throw_option(sampler, "seed", seed, "at most 4294967295 with Draws::imbalanced_learn (NumPy's limit)");
    state_[0] = static_cast<std::uint32_t>(seed);
    for (std::uint32_t i = 1; i < state_.size(); ++i)
      state_[i] = 1812433253u * (state_[i - 1] ^ (state_[i - 1] >> 30)) + i;
  }

  std::uint32_t word() {
    if (next_ == state_.size()) twist();
    std::uint32_t x = state_[next_++];
    x ^= x >> 11;
    x ^= (x << 7) & 0x9D2C5680u;
    x ^= (x << 15) & 0xEFC60000u;
    return x ^ (x >> 18);
  }

  /// `random_sample()`: 53 random bits in [0, 1).
  double random() {
    const std::uint32_t a = word() >> 5;
    const std::uint32_t b = word() >> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;  // exact: both operands are integers below 2^53
  }

  /// Uniform in [0, top] by masking and rejection; top = 0 draws nothing.
  std::uint64_t interval(std::uint64_t top) {
    if (top == 0) return 0;
    std::uint64_t mask = top;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    std::uint64_t value;
    do {
      value = word();
      if (top > 0xFFFFFFFFu) value = value << 32 | word();
      value &= mask;
    } while (value > top);
    return value;
  }

  /// `randint(0, high, count)`.
  std::vector<Index> integers(Index high, Index count) {
    std::vector<Index> out(static_cast<std::size_t>(count));
    for (Index& value : out) value = static_cast<Index>(interval(static_cast<std::uint64_t>(high - 1)));
    return out;
  }

  /// `permutation(count)`: Fisher and Yates from the end.
  std::vector<Index> permutation(Index count) {
    std::vector<Index> out(static_cast<std::size_t>(count));
    std::iota(out.begin(), out.end(), Index{0});
    for (std::size_t i = out.size(); i-- > 1;) std::swap(out[i], out[interval(i)]);
    return out;
  }

  /// `randn()`: Marsaglia's polar method, which makes two values at a time and keeps the spare one.
  double gauss() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    double x1, x2, r2;
    do {
      x1 = 2.0 * random() - 1.0;
      x2 = 2.0 * random() - 1.0;
      r2 = rounded(x1 * x1) + rounded(x2 * x2);
    } while (r2 >= 1.0 || r2 == 0.0);
    const double factor = std::sqrt(-2.0 * std::log(r2) / r2);
    spare_ = factor * x1;
    has_spare_ = true;
    return factor * x2;
  }

 private:
  void twist() {
    const std::size_t n = state_.size();
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t y = (state_[i] & 0x80000000u) | (state_[(i + 1) % n] & 0x7FFFFFFFu);
      state_[i] = state_[(i + 397) % n] ^ (y >> 1) ^ ((y & 1u) != 0 ? 0x9908B0DFu : 0u);
    }
    next_ = 0;
  }

  std::array<std::uint32_t, 624> state_;
  std::size_t next_ = 624;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
