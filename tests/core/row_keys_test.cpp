// SPDX-License-Identifier: MIT
#include <rebalance/core/row_keys.hpp>

#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace row_keys_test {

using namespace rebalance;
using namespace rebalance::detail;

TEST_CASE("keys belong to the values of a row, not to its place", "[row_keys]") {
  const auto X = sets::features(sets::Kind::continuous, 50, 4);
  const auto rows = sets::numbers(50);
  const auto keys = row_keys(view_of(X), rows, {});
  const Matrix<double> back = X.colwise().reverse();
  auto reversed = row_keys(view_of(back), rows, {});
  std::reverse(reversed.begin(), reversed.end());
  CHECK(keys == reversed);
  CHECK(std::set<std::uint64_t>(keys.begin(), keys.end()).size() == 50);

  const std::vector<Index> some{3, 17, 40};
  CHECK(row_keys(view_of(X), some, {}) == std::vector<std::uint64_t>{keys[3], keys[17], keys[40]});
}

TEST_CASE("equal rows get keys of their own, in order", "[row_keys]") {
  const auto X = sets::features(sets::Kind::duplicates, 60, 3);
  const auto keys = row_keys(view_of(X), sets::numbers(60), {});
  CHECK(std::set<std::uint64_t>(keys.begin(), keys.end()).size() == 60);
}

TEST_CASE("equal values have equal keys whatever their bits or scalar", "[row_keys]") {
  Matrix<double> X = Matrix<double>::Zero(2, 2);
  Matrix<double> minus = X;
  minus(0, 1) = -0.0;
  const auto rows = sets::numbers(2);
  CHECK(row_keys(view_of(X), rows, {}) == row_keys(view_of(minus), rows, {}));
  const auto wide = sets::features<double>(sets::Kind::lattice, 30, 3);
  const Matrix<float> narrow = wide.cast<float>();
  CHECK(row_keys(view_of(wide), sets::numbers(30), {}) == row_keys(view_of(narrow), sets::numbers(30), {}));
}

TEST_CASE("the order of values within a row counts", "[row_keys]") {
  const Matrix<double> X{{1.0, 2.0}, {2.0, 1.0}, {0.0, 3.0}, {3.0, 0.0}};
  const auto keys = row_keys(view_of(X), sets::numbers(4), {});
  CHECK(std::set<std::uint64_t>(keys.begin(), keys.end()).size() == 4);
}

TEST_CASE("random_order starts with a choice without replacement that only the keys decide", "[row_keys]") {
  std::vector<std::uint64_t> keys;
  for (std::uint64_t i = 0; i < 100; ++i) keys.push_back(mixed(i + 1));
  const auto all = random_order(keys, 7, 0, 100);
  CHECK(std::set<Index>(all.begin(), all.end()).size() == 100);
  for (const std::size_t count : {0u, 1u, 13u, 99u}) {
    const auto some = random_order(keys, 7, 0, count);
    CHECK(std::equal(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count), all.begin()));
    CHECK(std::set<Index>(some.begin(), some.end()).size() == 100);
    const std::set<Index> first(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
    CHECK(random_choice(keys, 7, 0, count) == std::vector<Index>(first.begin(), first.end()));
  }
  CHECK(random_order(keys, 8, 0, 100) != all);
  CHECK(random_order(keys, 7, 1, 100) != all);
}

TEST_CASE("every row is chosen equally often", "[row_keys]") {
  std::vector<std::uint64_t> keys;
  for (std::uint64_t i = 0; i < 10; ++i) keys.push_back(mixed(i + 1));
  std::vector<int> chosen(10, 0);
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    const auto order = random_order(keys, seed, 0, 3);
    for (int i = 0; i < 3; ++i) ++chosen[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])];
  }
  for (const int times : chosen) CHECK(std::abs(times - 6000) < 400);  // 6 standard deviations
}

}  // namespace row_keys_test
