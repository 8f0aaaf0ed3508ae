// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/kernels.hpp>

#include <limits>
#include <random>
#include <vector>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {

constexpr Index tiles = 9, columns = 7;

/// Those of all widths that this processor runs, and those for compilers without vectors.
std::vector<detail::Kernels> all_kernels() {
  using Plain = detail::PlainLanes<16>;
  std::vector<detail::Kernels> out{{8, 4, detail::next_product<Plain, 4>, detail::next_within<Plain>}};
  for (const int bytes : {16, 32, 64})
    if (bytes <= detail::vector_bytes()) out.push_back(detail::kernels_for(bytes));
  return out;
}

/// Small whole numbers, whose products and sums are exact in any order.
std::vector<float> whole_numbers(Index count, unsigned seed) {
  std::mt19937 engine(seed);
  std::vector<float> out;
  for (Index i = 0; i < count; ++i) out.push_back(static_cast<float>(static_cast<int>(engine() % 9) - 4));
  return out;
}

float tile_value(const std::vector<float>& values, Index tile_rows, Index row, Index column) {
  return values[static_cast<std::size_t>((row / tile_rows * columns + column) * tile_rows + row % tile_rows)];
}

}  // namespace

TEST_CASE("products: every tile with a hit is found, with its rows and products", "[kernels]") {
  const auto kernels = GENERATE(from_range(all_kernels()));
  CAPTURE(kernels.tile_rows);
  const Index rows = tiles * kernels.tile_rows;
  const auto values = whole_numbers(rows * columns, 1), queries = whole_numbers(6 * columns, 2);
  const auto half = whole_numbers(rows, 3);
  std::vector<float> need(static_cast<std::size_t>(rows), std::numeric_limits<float>::infinity());
  need[5] = -20;
  detail::Strip strip;
  for (int q = 0; q < 6; ++q) {
    strip.rows[q] = queries.data() + q * columns;
    strip.half[q] = static_cast<float>(q);
    strip.need[q] = static_cast<float>(35 + 5 * q);
  }
  const detail::TileView view{values.data(), half.data(), need.data(), columns};
  detail::Hits hits;
  Index next = kernels.next_product(strip, view, 0, tiles, hits), found = 0;
  for (Index t = 0; t < tiles; ++t) {
    bool any = false;
    std::vector<detail::RowBits> expected(static_cast<std::size_t>(kernels.strip), 0);
    for (int q = 0; q < kernels.strip; ++q)
      for (Index p = 0; p < kernels.tile_rows; ++p) {
        const auto row = static_cast<std::size_t>(t * kernels.tile_rows + p);
        float product = 0;
        for (Index j = 0; j < columns; ++j)
          product += strip.rows[q][j] * tile_value(values, kernels.tile_rows, static_cast<Index>(row), j);
        const bool hit = product >= half[row] + strip.need[q] || product >= need[row] + strip.half[q];
        if (hit) expected[static_cast<std::size_t>(q)] |= detail::RowBits{1} << p;
        any = any || hit;
        if (t == next) CHECK(hits.products[q][p] == product);
      }
    REQUIRE((t == next) == any);
    if (!any) continue;
    ++found;
    for (int q = 0; q < kernels.strip; ++q) CHECK(hits.rows[q] == expected[static_cast<std::size_t>(q)]);
    next = kernels.next_product(strip, view, t + 1, tiles, hits);
  }
  CHECK(next == tiles);
  CHECK((found > 0 && found < tiles));
}

TEST_CASE("distances: every tile with a row within is found", "[kernels]") {
  const auto kernels = GENERATE(from_range(all_kernels()));
  CAPTURE(kernels.tile_rows);
  auto values = whole_numbers(tiles * kernels.tile_rows * columns, 4);
  values[0] = std::numeric_limits<float>::infinity();  // a row that fills up a tile
  const auto query = whole_numbers(columns, 5);
  for (const float most : {float{-1}, float{20}, float{40}}) {
    for (Index t = 0, next = -1; t < tiles; ++t) {
      detail::RowBits expected = 0, hits = 0;
      for (Index p = 0; p < kernels.tile_rows; ++p) {
        float squared = 0;
        for (Index j = 0; j < columns; ++j) {
          const float apart =
              tile_value(values, kernels.tile_rows, t * kernels.tile_rows + p, j) - query[static_cast<std::size_t>(j)];
          squared += apart * apart;
        }
        if (squared <= most) expected |= detail::RowBits{1} << p;
      }
      next = kernels.next_within(query.data(), values.data(), columns, most, t, t + 1, hits);
      REQUIRE((next == t) == (expected != 0));
      if (next == t) REQUIRE(hits == expected);
    }
  }
}

TEST_CASE("the distance to a box is that to its nearest point", "[kernels]") {
  const float point[8] = {0, 5, -3, 1, 2, 0, 0, 0};
  const float box[16] = {1, 0, -2, 1, 0, 0, 0, 0, 2, 3, 4, 1, 9, 0, 0, 0};
  CHECK(detail::squared_to_box(point, box, 8) == 1 + 4 + 1);
  CHECK(detail::squared_to_box(box, box, 8) == 0);
}
