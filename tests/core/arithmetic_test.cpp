// SPDX-License-Identifier: MIT
#include <rebalance/core/arithmetic.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "../support/catch.hpp"

namespace arithmetic_test {

using namespace rebalance::detail;

// The reference: volatile stores make every operation round by itself whatever the compiler may fuse.
double stepwise(double base, double neighbor, double step) {
  const volatile double way = neighbor - base;
  const volatile double product = step * way;
  return base + product;
}
constexpr double largest_step = 1 - 0x1p-52;

TEST_CASE("interpolation rounds three times, also where the compiler may fuse", "[arithmetic]") {
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  int fused = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double a = normal(engine), b = normal(engine), t = std::abs(normal(engine)) / 8;
    REQUIRE(interpolate(a, b, t) == stepwise(a, b, t));
    fused += std::fma(t, b - a, a) != stepwise(a, b, t);
  }
  CHECK(fused > 1000);  // the data can tell the difference
}

TEST_CASE("equal parents give exactly their value", "[arithmetic]") {
  for (const double value : {0.0, 1.0, 0.1, -3e300, 5e-324})
    for (const double step : {0.0, 0.3, 0.7, largest_step}) {
      CHECK(interpolate(value, value, step) == value);
      CHECK(interpolate(static_cast<float>(value / 1e270), static_cast<float>(value / 1e270), step) ==
            static_cast<float>(value / 1e270));
    }
}

TEMPLATE_TEST_CASE("a row stays between its parents up to the largest step", "[arithmetic]", float, double) {
  using S = TestType;
  std::mt19937_64 engine(2);
  std::normal_distribution<double> normal;
  std::uniform_int_distribution<int> exponent(-20, 20);
  for (int i = 0; i < 200'000; ++i) {
    const auto a = static_cast<S>(std::ldexp(normal(engine), exponent(engine)));
    const auto b = static_cast<S>(std::ldexp(normal(engine), exponent(engine)));
    for (const double step : {0.0, 0.5, 1 - 0x1p-20, 1 - 0x1p-30, largest_step}) {
      const S value = interpolate(a, b, step);
      REQUIRE(value >= std::min(a, b));
      REQUIRE(value <= std::max(a, b));
    }
  }
}

TEST_CASE("float differences are rounded to float before the step, as NumPy does", "[arithmetic]") {
  const float a = 0.1f, b = 1.7f;
  const auto way = static_cast<double>(b - a);
  const volatile double product = 0.3 * way;
  CHECK(interpolate(a, b, 0.3) == static_cast<float>(static_cast<double>(a) + product));
}

TEST_CASE("pairwise_sum adds in NumPy's order", "[arithmetic]") {
  // 0.1 added 10 times: from left to right 0.9999999999999999, in NumPy 1.0
  CHECK(pairwise_sum(std::vector<double>(10, 0.1)) == 1.0);
  CHECK(pairwise_sum(std::vector<double>(7, 0.1)) == 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1);
  CHECK(pairwise_sum(std::vector<double>{}) == 0.0);
  CHECK(pairwise_sum(std::vector<double>(1000, 1.0)) == 1000.0);
  std::vector<double> ramp(129);
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = 1.0 / static_cast<double>(i + 1);
  const std::span<const double> all(ramp);
  CHECK(pairwise_sum(all) == pairwise_sum(all.first(64)) + pairwise_sum(all.subspan(64)));
}

}  // namespace arithmetic_test
