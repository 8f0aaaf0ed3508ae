// SPDX-License-Identifier: MIT
#include <rebalance/audit/real_column.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "../support/catch.hpp"
#include "../support/near.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using namespace rebalance::detail;
using sets::Kind;

TEST_CASE("figures of a column, by hand", "[real_column]") {
  const RealColumn real(std::vector<double>{2, 0, 0, 2});  // mean 1, deviation 1
  const ColumnFigures out = real.compare({3, 1, 2, 2});
  CHECK(out.kolmogorov_smirnov == .5);
  CHECK(out.wasserstein == 1);
  CHECK(out.mean_shift == 1);
  CHECK(near(out.variance_ratio, .5));
  CHECK(out.outside == .25);  // 3
  CHECK(out.unknown == .5);   // 3 and 1
}

TEST_CASE("the same values are at no distance, in any order", "[real_column]") {
  const ColumnFigures out = RealColumn(std::vector<double>{.1, .7, -.3, .7}).compare({.7, .1, .7, -.3});
  CHECK(out.kolmogorov_smirnov == 0);
  CHECK(out.wasserstein == 0);
  CHECK(out.mean_shift == 0);
  CHECK(out.variance_ratio == 1);
  CHECK(out.outside == 0);
  CHECK(out.unknown == 0);
}

TEST_CASE("a constant column is compared in its own unit", "[real_column]") {
  const RealColumn real(std::vector<double>{.1, .1, .1});
  CHECK(real.constant());
  CHECK(real.compare({.1}).variance_ratio == 1);
  const ColumnFigures moved = real.compare({.6, .6});
  CHECK(moved.mean_shift == .5);
  CHECK(moved.wasserstein == .5);
  CHECK(moved.variance_ratio == 1);
  CHECK(real.compare({.1, .6}).variance_ratio == std::numeric_limits<double>::infinity());
  CHECK(real.compare_draw(std::vector<std::uint32_t>{2, 0, 1}, 3).variance_ratio == 1);
}

TEST_CASE("a draw is compared as its values are", "[real_column]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::far_off, Kind::tiny, Kind::huge);
  CAPTURE(sets::name(kind));
  for (const unsigned seed : {1u, 2u, 3u}) {
    const auto X = sets::features(kind, 30, 1, seed);
    const std::vector<double> values(X.data(), X.data() + 30);
    std::vector<std::uint32_t> times;
    std::vector<double> drawn;
    for (std::uint32_t i = 0; i < 30; ++i) {
      times.push_back(i * (seed + 3) % 7 % 4);
      for (std::uint32_t t = 0; t < times.back(); ++t) drawn.push_back(values[i]);
    }
    const RealColumn real(values);
    const ColumnFigures fast = real.compare_draw(times, static_cast<double>(drawn.size())), slow = real.compare(drawn);
    CHECK(near(fast.kolmogorov_smirnov, slow.kolmogorov_smirnov));
    const double tolerance = kind == Kind::far_off ? 1e-7 : 1e-12;  // of values that differ in their last digits
    CHECK(std::abs(fast.wasserstein - slow.wasserstein) < tolerance);
    CHECK(std::abs(fast.mean_shift - slow.mean_shift) < tolerance);
    CHECK(std::abs(fast.variance_ratio - slow.variance_ratio) < tolerance);
  }
}

TEST_CASE("a draw of one value has no variance, not even by rounding", "[real_column]") {
  const RealColumn real(std::vector<double>{.1, .7, 1.3, 2.9, 3.1});
  for (std::uint32_t row = 0; row < 5; ++row) {
    std::vector<std::uint32_t> times(5, 0);
    times[row] = 7;
    CHECK(real.compare_draw(times, 7).variance_ratio == 0);
  }
}

TEST_CASE("what is usual outside or unknown is that of each row among the others", "[real_column]") {
  const RealColumn real(std::vector<double>{5, 1, 2, 2, 3});
  const ColumnFigures once = real.compare_draw(std::vector<std::uint32_t>{1, 1, 1, 1, 1}, 5);
  CHECK(once.outside == .4);  // 1 and 5
  CHECK(once.unknown == .6);  // and 3
  const ColumnFigures drawn = real.compare_draw(std::vector<std::uint32_t>{3, 0, 1, 0, 0}, 4);
  CHECK(drawn.outside == .75);
  CHECK(drawn.unknown == .75);
  CHECK(RealColumn(std::vector<double>{1, 1, 1}).compare_draw(std::vector<std::uint32_t>{1, 1, 1}, 3).unknown == 0);
}
