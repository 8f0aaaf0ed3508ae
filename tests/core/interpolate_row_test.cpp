// SPDX-License-Identifier: MIT
#include <rebalance/core/interpolate_row.hpp>

#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {

/// Pairs of rows, among them equal values, zeros of both signs, and values of very different size.
template <class S>
struct Parents {
  std::vector<S> base, neighbor;

  Parents(Index columns, std::mt19937_64& engine) {
    std::normal_distribution<double> normal;
    std::uniform_int_distribution<int> exponent(-20, 20), kind(0, 7);
    for (Index j = 0; j < columns; ++j) {
      const auto a = static_cast<S>(std::ldexp(normal(engine), exponent(engine)));
      const auto b = static_cast<S>(std::ldexp(normal(engine), exponent(engine)));
      const int k = kind(engine);
      base.push_back(k == 0 ? S(-0.0) : a);
      neighbor.push_back(k == 1 ? a : k == 2 ? S(0) : b);
    }
  }
};

/// Whether N columns at a time give the bytes of one at a time, and nothing behind the row is written.
template <int N, class S>
bool same_as_scalar(const Parents<S>& parents, double step, Index columns) {
  std::vector<S> out(static_cast<std::size_t>(columns) + 8, S(77)), expected = out;
  for (std::size_t j = 0; j < static_cast<std::size_t>(columns); ++j)
    expected[j] = detail::interpolate(parents.base[j], parents.neighbor[j], step);
  detail::interpolate_columns<N>(parents.base.data(), parents.neighbor.data(), step, columns, out.data());
  bool same = std::memcmp(out.data(), expected.data(), out.size() * sizeof(S)) == 0;
  if constexpr (N > 1) same = same && same_as_scalar<N / 2>(parents, step, columns);
  return same;
}

}  // namespace

TEMPLATE_TEST_CASE("vectors give the bits of interpolate, for every width and number of columns", "[interpolate_row]",
                   float, double) {
  std::mt19937_64 engine(5);
  std::uniform_real_distribution<double> uniform;
  for (Index columns = 0; columns <= 40; ++columns)
    for (int repeat = 0; repeat < 500; ++repeat) {
      const Parents<TestType> parents(columns, engine);
      for (const double step : {0.0, uniform(engine), 1 - 0x1p-52})
        REQUIRE(same_as_scalar<detail::double_lanes>(parents, step, columns));
    }
}
