// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

// The two inner loops of all neighbor search, in the widest vectors the processor has. They run over tiles: some rows
// side by side, column after column, so that one load brings the same column of a vector of rows. Both only screen:
// whoever calls them decides by the canonical distance, so width, order and fused operations cannot change a result.

/// A few queries at a time: their values and halves of their squared lengths.
struct Strip {
  static constexpr int most = 6;
  const float* rows[most];
  float half[most];
  float need[most];  ///< with half the squared length of a point: the least product that matters to the query
};

/// Tiles of rows, with one number a row beside them; rows that only fill up a tile have half = need = infinity.
struct TileView {
  const float* values;
  const float* half;
  const float* need;  ///< with half the squared length of a query: the least product that matters to the row
  Index columns;
};

/// A bit for each row of a tile.
using RowBits = std::uint32_t;

/// What a tile has for a strip: which of its rows matter to a query, or the query to them, and the products of the two.
struct Hits {
  static constexpr int most_rows = 2 * (64 / sizeof(float));
  RowBits rows[Strip::most];
  float products[Strip::most][most_rows];
};

/// The first of the tiles [first, last) with a product q.p that matters to its query or its row; `last` if there is
/// none. `hits` is that tile's.
using NextProduct = Index (*)(const Strip&, const TileView&, Index first, Index last, Hits& hits);

/// The first of the tiles [first, last) with rows whose squared distance from the query is at most `most`; `last` if
/// there is none. `hits` are those rows.
using NextWithin = Index (*)(const float* query, const float* tiles, Index columns, float most, Index first, Index last,
                             RowBits& hits);

struct Kernels {
  Index tile_rows;
  int strip;  ///< queries of a strip
  NextProduct next_product;
  NextWithin next_within;
};

/// Vectors of so many bytes, as g++ and clang have them for every machine.
template <int bytes>
struct Lanes {
  using type [[gnu::vector_size(bytes)]] = float;
  static constexpr int count = bytes / static_cast<int>(sizeof(float));
  static constexpr Index tile_rows = Index{2} * count;
};

/// Both halves of the words that a comparison of so many bytes is made of, one over the other.
template <int bytes, class Mask>
[[gnu::always_inline]] inline RowBits folded(const Mask& mask) {
  std::uint64_t words[bytes / 8], any = 0;
  std::memcpy(words, &mask, bytes);
  for (const std::uint64_t word : words) any |= word;
  return static_cast<RowBits>(any | any >> 32);
}

/// The rows of a tile that two comparisons, of its one half and its other, are true of.
template <int bytes, class Mask>
[[gnu::always_inline]] inline RowBits bits_of(const Mask& left, const Mask& right) {
  static constexpr auto bit = [] {
    std::array<RowBits, 2 * Lanes<bytes>::count> bits{};
    for (std::size_t row = 0; row < bits.size(); ++row) bits[row] = RowBits{1} << row;
    return bits;
  }();
  Mask of_left, of_right;
  std::memcpy(&of_left, bit.data(), bytes);
  std::memcpy(&of_right, bit.data() + Lanes<bytes>::count, bytes);
  return folded<bytes>((left & of_left) | (right & of_right));
}

// Two vectors of rows times `strip` queries are sums that all stay in registers; the loops over them must be unrolled
// whole for that, at any level of optimization. A scalar becomes a vector by `x - V{}`, which is x also for -0.

template <int bytes, int strip>
[[gnu::always_inline]] inline Index next_product(const Strip& queries, const TileView& tiles, Index first,
                                                 Index last, Hits& hits) {
  using V = typename Lanes<bytes>::type;
  constexpr Index lanes = Lanes<bytes>::count;
  for (Index t = first; t < last; ++t) {
    const float* values = tiles.values + t * 2 * lanes * tiles.columns;
    V sum[strip][2];
#pragma GCC unroll 8
    for (int q = 0; q < strip; ++q) sum[q][0] = sum[q][1] = V{};
    for (Index j = 0; j < tiles.columns; ++j, values += 2 * lanes) {
      V left, right;
      std::memcpy(&left, values, bytes);
      std::memcpy(&right, values + lanes, bytes);
#pragma GCC unroll 8
      for (int q = 0; q < strip; ++q) {
        const V query = queries.rows[q][j] - V{};
        sum[q][0] += left * query;
        sum[q][1] += right * query;
      }
    }
    V half[2], need[2];
    std::memcpy(half, tiles.half + t * 2 * lanes, sizeof half);
    std::memcpy(need, tiles.need + t * 2 * lanes, sizeof need);
    // A product matters where it is not below the lesser of two needs. One comparison for all: g++ takes a disjunction
    // of comparisons in wide vectors apart, value by value.
    V most = sum[0][0] - std::numeric_limits<float>::infinity();
#pragma GCC unroll 8
    for (int q = 0; q < strip; ++q)
#pragma GCC unroll 2
      for (int side = 0; side < 2; ++side) {
        const V of_query = half[side] + (queries.need[q] - V{}), of_row = need[side] + (queries.half[q] - V{});
        const V above = sum[q][side] - (of_query < of_row ? of_query : of_row);
        most = above > most ? above : most;
      }
    const auto any = most >= V{};
    if (folded<bytes>(any) == 0) continue;
#pragma GCC unroll 8
    for (int q = 0; q < strip; ++q) {
      V above[2];
#pragma GCC unroll 2
      for (int side = 0; side < 2; ++side) {
        const V of_query = half[side] + (queries.need[q] - V{}), of_row = need[side] + (queries.half[q] - V{});
        above[side] = sum[q][side] - (of_query < of_row ? of_query : of_row);
      }
      const auto left = above[0] >= V{}, right = above[1] >= V{};
      hits.rows[q] = bits_of<bytes>(left, right);
      std::memcpy(hits.products[q], sum[q], 2 * bytes);
    }
    return t;
  }
  return last;
}

template <int bytes>
[[gnu::always_inline]] inline Index next_within(const float* query, const float* tiles, Index columns, float most, Index first,
                                                Index last, RowBits& hits) {
  using V = typename Lanes<bytes>::type;
  constexpr Index lanes = Lanes<bytes>::count;
  const V limit = most - V{};
  for (Index t = first; t < last; ++t) {
    const float* values = tiles + t * 2 * lanes * columns;
    V sum[2] = {V{}, V{}};
    for (Index j = 0; j < columns; ++j, values += 2 * lanes) {
      V left, right;
      std::memcpy(&left, values, bytes);
      std::memcpy(&right, values + lanes, bytes);
      left -= query[j] - V{};
      right -= query[j] - V{};
      sum[0] += left * left;
      sum[1] += right * right;
    }
    const auto any = (sum[0] < sum[1] ? sum[0] : sum[1]) <= limit;
    if (folded<bytes>(any) == 0) continue;
    const auto left = sum[0] <= limit, right = sum[1] <= limit;
    hits = bits_of<bytes>(left, right);
    return t;
  }
  return last;
}

/// The squared distance from a point to a box: its least values, then its greatest. Vectors of 16 bytes are everywhere,
/// so this can be inlined; `columns` is a multiple of 4, filled up with zeros in the point and the box.
inline float squared_to_box(const float* point, const float* box, Index columns) {
  using V = Lanes<16>::type;
  V sum = V{};
  for (Index j = 0; j < columns; j += 4) {
    V at, low, high;
    std::memcpy(&at, point + j, sizeof at);
    std::memcpy(&low, box + j, sizeof low);
    std::memcpy(&high, box + columns + j, sizeof high);
    low -= at;
    at -= high;
    V beyond = low > at ? low : at;
    beyond = beyond > V{} ? beyond : V{};
    sum += beyond * beyond;
  }
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

// One copy of both loops for each width. Those for x86 are compiled for their processors whatever the flags of the
// program are, and called only where they can run: a program built for any x86-64 searches as fast as a native one.

inline Index next_product_16(const Strip& queries, const TileView& tiles, Index first, Index last, Hits& hits) {
  return next_product<16, 4>(queries, tiles, first, last, hits);
}
inline Index next_within_16(const float* query, const float* tiles, Index columns, float most, Index first, Index last, RowBits& hits) {
  return next_within<16>(query, tiles, columns, most, first, last, hits);
}

#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] inline Index next_product_32(const Strip& queries, const TileView& tiles, Index first,
                                                  Index last, Hits& hits) {
  return next_product<32, 6>(queries, tiles, first, last, hits);
}
[[gnu::target("avx2,fma")]] inline Index next_within_32(const float* query, const float* tiles, Index columns, float most, Index first,
                                                 Index last, RowBits& hits) {
  return next_within<32>(query, tiles, columns, most, first, last, hits);
}
[[gnu::target("avx512f,avx512dq")]] inline Index next_product_64(const Strip& queries, const TileView& tiles, Index first,
                                                 Index last, Hits& hits) {
  return next_product<64, 6>(queries, tiles, first, last, hits);
}
[[gnu::target("avx512f,avx512dq")]] inline Index next_within_64(const float* query, const float* tiles, Index columns, float most, Index first,
                                                Index last, RowBits& hits) {
  return next_within<64>(query, tiles, columns, most, first, last, hits);
}
#endif

/// Those for vectors of so many bytes; 16 exist everywhere.
inline Kernels kernels_for(int bytes) {
#if defined(__x86_64__)
  if (bytes == 64) return {Lanes<64>::tile_rows, 6, next_product_64, next_within_64};
  if (bytes == 32) return {Lanes<32>::tile_rows, 6, next_product_32, next_within_32};
#endif
  static_cast<void>(bytes);
  return {Lanes<16>::tile_rows, 4, next_product_16, next_within_16};
}

/// The widest vectors of this processor, in bytes.
inline int vector_bytes() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return 64;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 32;
#endif
  return 16;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
