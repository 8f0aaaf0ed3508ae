// SPDX-License-Identifier: MIT
#include <rebalance/audit/two_samples.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "../support/catch.hpp"
#include "../support/near.hpp"
#include "../support/sets.hpp"

namespace two_samples_test {

using namespace rebalance;

using Sample = std::vector<double>;

Sample sorted(Sample values) {
  std::sort(values.begin(), values.end());
  return values;
}

Sample scaled(Sample values, double factor, double shift = 0) {
  for (double& value : values) value = value * factor + shift;
  return values;
}

const Sample a = sorted({.5, 1.25, 1.25, 2, 3.5, -1, .75}), b = sorted({1.25, 0, 4, 4, 2.5});
const Sample p{-1.75, -0.75, -0.625, -0.5, -0.125, 0, 0, 0, 0.375, 0.625, 1, 1.75};
const Sample q{-1.75, -1.625, 0.125, 0.125, 0.625, 0.875, 1.25, 1.375, 3};

// SciPy 1.10.1: ks_2samp(a, b).statistic, wasserstein_distance(a, b).
TEST_CASE("distances of two samples are SciPy's", "[two_samples]") {
  CHECK(near(kolmogorov_smirnov(a, b), .45714285714285713));
  CHECK(near(wasserstein(a, b), 1.2285714285714284));
  CHECK(near(kolmogorov_smirnov(p, q), 0.4444444444444444));
  CHECK(near(wasserstein(p, q), 0.7083333333333335));
  CHECK(near(wasserstein(scaled(p, 1, 1e6), scaled(q, 1, 1e6)), 0.7083333333333335));
  CHECK(near(kolmogorov_smirnov(Sample{0, 0, 0, 1}, Sample{0, 1, 1, 1, 1}), .55));
  CHECK(near(wasserstein(Sample{0, 0, 0, 1}, Sample{0, 1, 1, 1, 1}), .55));
  CHECK(kolmogorov_smirnov(Sample{1, 2, 3}, Sample{10, 20}) == 1);
  CHECK(near(wasserstein(Sample{1, 2, 3}, Sample{10, 20}), 13));
}

// NumPy 1.24.2: mean, std, corrcoef.
TEST_CASE("moments and correlation are NumPy's", "[two_samples]") {
  CHECK(near(moments(a).mean, 1.1785714285714286));
  CHECK(near(moments(a).deviation, 1.279748061940637));
  CHECK(near(moments(b).deviation, 1.562049935181331));
  CHECK(near(moments(scaled(p, 1, 1e6)).deviation, 0.8599903100229289));
  CHECK(near(correlation(Sample{1, 2, 4, 8, 16}, Sample{3, 1, 4, 1, 5}), 0.5086821802303193));
  CHECK(near(correlation(Sample{2.5, -1, 0, 7, 7, 3}, Sample{-1.5, 2, .25, -6, -5, 1}), -0.921258323648285));
  CHECK(near(correlation(a, scaled(a, -2, 1)), -1));
}

TEST_CASE("distances are 0 of a sample and itself, the same both ways, and keep or take the unit", "[two_samples]") {
  for (const unsigned seed : {1u, 2u, 3u}) {
    const auto X = sets::features(sets::Kind::continuous, 30, 2, seed);
    Sample s, t;
    for (Index i = 0; i < 30; ++i) s.push_back(X(i, 0));
    for (Index i = 0; i < 17; ++i) t.push_back(X(i, 1));
    s = sorted(s), t = sorted(t);
    CHECK(kolmogorov_smirnov(s, s) == 0);
    CHECK(wasserstein(s, s) == 0);
    CHECK(kolmogorov_smirnov(s, t) == kolmogorov_smirnov(t, s));
    CHECK(near(wasserstein(s, t), wasserstein(t, s)));
    CHECK(kolmogorov_smirnov(scaled(s, 3, 1), scaled(t, 3, 1)) == kolmogorov_smirnov(s, t));
    CHECK(near(wasserstein(scaled(s, 3, 1), scaled(t, 3, 1)), 3 * wasserstein(s, t)));
    CHECK(near(wasserstein(s, scaled(s, 1, 5)), 5));  // a shift costs what it is
    CHECK(near(correlation(s, scaled(s, 4, -7)), 1));
  }
}

TEST_CASE("a column is constant if and only if its values are one, however small or large", "[two_samples]") {
  CHECK(moments(Sample{.1, .1, .1}) == Moments{.1, 0});  // whose sum is .30000000000000004
  CHECK(near(moments(Sample{1e-300, 3e-300}).deviation * 1e300, 1));
  CHECK(near(moments(Sample{1e200, 3e200}).deviation * 1e-200, 1));
  CHECK(moments(Sample{1, std::nextafter(1, 2)}).deviation > 0);
  CHECK(std::isnan(correlation(Sample{.1, .1, .1}, Sample{1, 2, 3})));
  CHECK(near(correlation(Sample{1e-300, 3e-300, 2e-300}, Sample{1e200, 3e200, 2e200}), 1));
}

TEST_CASE("what is no sample is refused", "[two_samples]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH(kolmogorov_smirnov(a, {}), "kolmogorov_smirnov: a sample is empty; it needs at least one value");
  CHECK_THROWS_AS(wasserstein({}, a), ShapeMismatch);
  CHECK_THROWS_AS(moments({}), ShapeMismatch);
  CHECK_THROWS_WITH(wasserstein(a, Sample{1, nan}), "wasserstein: value 1 of a sample is nan; it must be finite");
  CHECK_THROWS_AS(kolmogorov_smirnov(Sample{nan}, a), BadValue);
  CHECK_THROWS_AS(moments(Sample{1, std::numeric_limits<double>::infinity()}), BadValue);
  CHECK_THROWS_WITH(kolmogorov_smirnov(Sample{1, 3, 2}, a),
                    "kolmogorov_smirnov: value 2 of a sample is 2 and stands after 3; sort it ascending");
  CHECK_THROWS_AS(wasserstein(a, Sample{3, 2}), InvalidOption);
  CHECK_THROWS_WITH(correlation(Sample{1, 2}, Sample{1}),
                    "correlation: one column has 2 values and the other 1; both must speak of the same rows");
}

}  // namespace two_samples_test
