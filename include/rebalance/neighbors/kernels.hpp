// SPDX-License-Identifier: MIT
#pragma once

#include <cstring>
#include <limits>

#include <rebalance/core/error.hpp>
#include <rebalance/neighbors/lanes.hpp>

#if defined(_MSC_VER)
#pragma warning(push)
#pragma warning(disable : 4068)  // #pragma GCC unroll is not for MSVC
#endif

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

// Two vectors of rows times `strip` queries are sums that all stay in registers; the loops over them must be unrolled
// whole for that, at any level of optimization. A scalar becomes a vector by `x - V{}`, which is x also for -0.
// V is Lanes or PlainLanes.

template <class V, int strip>
[[gnu::always_inline]] inline Index next_product(const Strip& queries, const TileView& tiles, Index first, Index last,
                                                 Hits& hits) {
  constexpr Index lanes = lanes_of<V>;
  for (Index t = first; t < last; ++t) {
    const float* values = tiles.values + t * 2 * lanes * tiles.columns;
    V sum[strip][2];
#pragma GCC unroll 8
    for (int q = 0; q < strip; ++q) sum[q][0] = sum[q][1] = V{};
    for (Index j = 0; j < tiles.columns; ++j, values += 2 * lanes) {
      V left, right;
      std::memcpy(&left, values, sizeof left);
      std::memcpy(&right, values + lanes, sizeof right);
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
        V least = half[side] + (queries.need[q] - V{});
        lower(least, need[side] + (queries.half[q] - V{}));
        raise(most, sum[q][side] - least);
      }
    const auto any = most >= V{};
    if (folded(any) == 0) continue;
#pragma GCC unroll 8
    for (int q = 0; q < strip; ++q) {
      V above[2];
#pragma GCC unroll 2
      for (int side = 0; side < 2; ++side) {
        V least = half[side] + (queries.need[q] - V{});
        lower(least, need[side] + (queries.half[q] - V{}));
        above[side] = sum[q][side] - least;
      }
      const auto left = above[0] >= V{}, right = above[1] >= V{};
      hits.rows[q] = bits_of(left, right);
      std::memcpy(hits.products[q], sum[q], sizeof sum[q]);
    }
    return t;
  }
  return last;
}

template <class V>
[[gnu::always_inline]] inline Index next_within(const float* query, const float* tiles, Index columns, float most,
                                                Index first, Index last, RowBits& hits) {
  constexpr Index lanes = lanes_of<V>;
  const V limit = most - V{};
  for (Index t = first; t < last; ++t) {
    const float* values = tiles + t * 2 * lanes * columns;
    V sum[2] = {V{}, V{}};
    for (Index j = 0; j < columns; ++j, values += 2 * lanes) {
      V left, right;
      std::memcpy(&left, values, sizeof left);
      std::memcpy(&right, values + lanes, sizeof right);
      left -= query[j] - V{};
      right -= query[j] - V{};
      sum[0] += left * left;
      sum[1] += right * right;
    }
    V least = sum[0];
    lower(least, sum[1]);
    const auto any = limit >= least;
    if (folded(any) == 0) continue;
    const auto left = limit >= sum[0], right = limit >= sum[1];
    hits = bits_of(left, right);
    return t;
  }
  return last;
}

/// The squared distance from a point to a box: its least values, then its greatest. Vectors of 16 bytes are everywhere,
/// so this can be inlined; `columns` is a multiple of 4, filled up with zeros in the point and the box.
inline float squared_to_box(const float* point, const float* box, Index columns) {
  using V = Lanes<16>;
  V sum{};
  for (Index j = 0; j < columns; j += 4) {
    V at, low, high;
    std::memcpy(&at, point + j, sizeof at);
    std::memcpy(&low, box + j, sizeof low);
    std::memcpy(&high, box + columns + j, sizeof high);
    low -= at;
    at -= high;
    raise(at, low);
    raise(at, V{});
    sum += at * at;
  }
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

// One copy of both loops for each width. Those for x86 are compiled for their processors whatever the flags of the
// program are, and called only where they can run: a program built for any x86-64 searches as fast as a native one.

inline Index next_product_16(const Strip& queries, const TileView& tiles, Index first, Index last, Hits& hits) {
  return next_product<Lanes<16>, 4>(queries, tiles, first, last, hits);
}
inline Index next_within_16(const float* query, const float* tiles, Index columns, float most, Index first, Index last,
                            RowBits& hits) {
  return next_within<Lanes<16>>(query, tiles, columns, most, first, last, hits);
}

#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] inline Index next_product_32(const Strip& queries, const TileView& tiles, Index first,
                                                         Index last, Hits& hits) {
  return next_product<Lanes<32>, 6>(queries, tiles, first, last, hits);
}
[[gnu::target("avx2,fma")]] inline Index next_within_32(const float* query, const float* tiles, Index columns,
                                                        float most, Index first, Index last, RowBits& hits) {
  return next_within<Lanes<32>>(query, tiles, columns, most, first, last, hits);
}
[[gnu::target("avx512f,avx512dq")]] inline Index next_product_64(const Strip& queries, const TileView& tiles,
                                                                 Index first, Index last, Hits& hits) {
  return next_product<Lanes<64>, 6>(queries, tiles, first, last, hits);
}
[[gnu::target("avx512f,avx512dq")]] inline Index next_within_64(const float* query, const float* tiles, Index columns,
                                                                float most, Index first, Index last, RowBits& hits) {
  return next_within<Lanes<64>>(query, tiles, columns, most, first, last, hits);
}
#endif

/// Those for vectors of so many bytes; 16 exist everywhere.
inline Kernels kernels_for(int bytes) {
#if defined(__x86_64__)
  if (bytes == 64) return {2 * lanes_of<Lanes<64>>, 6, next_product_64, next_within_64};
  if (bytes == 32) return {2 * lanes_of<Lanes<32>>, 6, next_product_32, next_within_32};
#endif
  static_cast<void>(bytes);
  return {2 * lanes_of<Lanes<16>>, 4, next_product_16, next_within_16};
}

/// The widest vectors of this processor, in bytes.
inline int vector_bytes() {
#if defined(__x86_64__) && !defined(_MSC_VER)  // clang for Windows asks by a function that its linker does not find
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return 64;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 32;
#endif
  return 16;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance

#if defined(_MSC_VER)
#pragma warning(pop)
#endif
