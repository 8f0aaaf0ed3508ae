// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// A bit for each row of a tile.
using RowBits = std::uint32_t;

/// Floats side by side in plain C++, for compilers without vectors of their own (MSVC), which may make some of its
/// loops. It has the operations of g++'s vectors that the kernels use, and no others.
template <int bytes>
struct PlainLanes {
  static constexpr std::size_t count = bytes / sizeof(float);
  /// Of a comparison: all bits of a lane, or none.
  struct Mask {
    std::array<std::uint32_t, count> lanes;
    friend Mask operator&(Mask a, const Mask& b) {
      for (std::size_t i = 0; i < count; ++i) a.lanes[i] &= b.lanes[i];
      return a;
    }
    friend Mask operator|(Mask a, const Mask& b) {
      for (std::size_t i = 0; i < count; ++i) a.lanes[i] |= b.lanes[i];
      return a;
    }
  };
  std::array<float, count> lanes;

  float operator[](std::size_t i) const { return lanes[i]; }
  PlainLanes& operator+=(const PlainLanes& b) {
    for (std::size_t i = 0; i < count; ++i) lanes[i] += b.lanes[i];
    return *this;
  }
  PlainLanes& operator-=(const PlainLanes& b) {
    for (std::size_t i = 0; i < count; ++i) lanes[i] -= b.lanes[i];
    return *this;
  }
  PlainLanes& operator*=(const PlainLanes& b) {
    for (std::size_t i = 0; i < count; ++i) lanes[i] *= b.lanes[i];
    return *this;
  }
  friend PlainLanes operator+(PlainLanes a, const PlainLanes& b) { return a += b; }
  friend PlainLanes operator-(PlainLanes a, const PlainLanes& b) { return a -= b; }
  friend PlainLanes operator*(PlainLanes a, const PlainLanes& b) { return a *= b; }
  friend PlainLanes operator-(float a, const PlainLanes& b) {
    PlainLanes all;
    all.lanes.fill(a);
    return all -= b;
  }
  friend PlainLanes operator-(const PlainLanes& a, float b) { return a - (b - PlainLanes{}); }
  friend Mask operator>=(const PlainLanes& a, const PlainLanes& b) {
    Mask out;
    for (std::size_t i = 0; i < count; ++i) out.lanes[i] = a.lanes[i] >= b.lanes[i] ? ~std::uint32_t{0} : 0;
    return out;
  }
};

#if defined(__GNUC__) || defined(__clang__)
/// Vectors of so many bytes, as g++ and clang have them for every machine.
template <int bytes>
struct NativeLanes {
  using type [[gnu::vector_size(bytes)]] = float;
};
#else
template <int bytes>
struct NativeLanes {
  using type = PlainLanes<bytes>;
};
#endif
template <int bytes>
using Lanes = typename NativeLanes<bytes>::type;

template <class V>
inline constexpr Index lanes_of = static_cast<Index>(sizeof(V) / sizeof(float));

// By reference, here and below: a wide vector that is passed or returned by value has no calling convention where the
// flags of the program do not know it, inlined or not.

/// Each lane the lesser of two; where one is no number, `bound`.
template <class V>
[[gnu::always_inline]] inline void lower(V& value, const V& bound) {
  value = value < bound ? value : bound;
}
template <int bytes>
void lower(PlainLanes<bytes>& value, const PlainLanes<bytes>& bound) {
  for (std::size_t i = 0; i < bound.lanes.size(); ++i)
    value.lanes[i] = value.lanes[i] < bound.lanes[i] ? value.lanes[i] : bound.lanes[i];
}

/// Each lane the greater of two; where one is no number, `value`.
template <class V>
[[gnu::always_inline]] inline void raise(V& value, const V& bound) {
  value = bound > value ? bound : value;
}
template <int bytes>
void raise(PlainLanes<bytes>& value, const PlainLanes<bytes>& bound) {
  for (std::size_t i = 0; i < bound.lanes.size(); ++i)
    value.lanes[i] = bound.lanes[i] > value.lanes[i] ? bound.lanes[i] : value.lanes[i];
}

/// Both halves of the words that a comparison is made of, one over the other.
template <class Mask>
[[gnu::always_inline]] inline RowBits folded(const Mask& mask) {
  std::uint64_t words[sizeof(Mask) / 8], any = 0;
  std::memcpy(words, &mask, sizeof mask);
  for (const std::uint64_t word : words) any |= word;
  return static_cast<RowBits>(any | any >> 32);
}

/// The rows of a tile that two comparisons, of its one half and its other, are true of.
template <class Mask>
[[gnu::always_inline]] inline RowBits bits_of(const Mask& left, const Mask& right) {
  constexpr std::size_t count = sizeof(Mask) / sizeof(RowBits);
  static constexpr auto bit = [] {
    std::array<RowBits, 2 * count> bits{};
    for (std::size_t row = 0; row < bits.size(); ++row) bits[row] = RowBits{1} << row;
    return bits;
  }();
  Mask of_left, of_right;
  std::memcpy(&of_left, bit.data(), sizeof of_left);
  std::memcpy(&of_right, bit.data() + count, sizeof of_right);
  return folded((left & of_left) | (right & of_right));
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
