// SPDX-License-Identifier: MIT
#include <rebalance/core/random.hpp>

#include <cmath>
#include <set>

#include "../support/catch.hpp"
#include "../support/golden.hpp"

namespace random_test {

using namespace rebalance;
using namespace rebalance::detail;

TEST_CASE("Philox gives the vectors its authors published", "[random][golden]") {
  // Random123 1.09, kat_vectors, philox4x32-10
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == RandomBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t ones = 0xffffffff;
  CHECK(philox({ones, ones, ones, ones}, {ones, ones}) == RandomBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        RandomBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("an address gives the same numbers for ever", "[random][golden]") {
  // Going red here means that every seed of every user makes other rows: never change these without a new major version.
  CHECK(random_pair(0, 0, 0, 0) == RandomPair{0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c});
  CHECK(random_pair(42, 1, 0x0123456789abcdef, 7) == RandomPair{0x3c48ccb9fff72d2c, 0x04406b5bc63ee53f});
}

TEST_CASE("seed, stage, row and draw all count", "[random]") {
  std::set<RandomPair> seen;
  for (const std::uint64_t seed : {0ull, 1ull, 1ull << 32})
    for (const std::uint32_t stage : {0u, 1u})
      for (const std::uint64_t row : {0ull, 1ull, 1ull << 32})
        for (const std::uint32_t draw : {0u, 1u}) seen.insert(random_pair(seed, stage, row, draw));
  CHECK(seen.size() == 36);
}

TEST_CASE("the transforms are pinned at their ends and in between", "[random][golden]") {
  constexpr std::uint64_t top = ~0ull;
  CHECK(unit_interval(0) == 0.0);
  CHECK(unit_interval(top) == 1 - 0x1p-52);
  CHECK(unit_interval(0x8000000000000000) == 0.5);
  CHECK(open_interval(0) == 0x1p-53);
  CHECK(open_interval(top) == 1 - 0x1p-53);
  CHECK(index_below(0, 10) == 0);
  CHECK(index_below(top, 10) == 9);
  CHECK(index_below(0x8000000000000000, 10) == 5);
  CHECK(index_below(0x7fffffffffffffff, 10) == 4);
  CHECK(index_below(top, 1) == 0);
  CHECK(index_below(0x123456789abcdef0, Index{1} << 40) == 0x123456789a);
  CHECK(standard_normal(0x8000000000000000) == 2.7829164246717676e-16);  // the middle of the step behind 1/2
  CHECK(standard_normal(0x0123456789abcdef) == -2.6162982036439675);
  CHECK(standard_normal(0) == -8.2095361516013856);
}

TEST_CASE("index_below is the high half of the 128-bit product", "[random]") {
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const auto bits = random_pair(5, 0, i, 0)[0];
    const auto n = static_cast<Index>(random_pair(6, 0, i, 0)[0] >> (1 + i % 60));
#ifdef __SIZEOF_INT128__
    __extension__ using Wide = unsigned __int128;
    CHECK(index_below(bits, n) == static_cast<Index>(static_cast<Wide>(bits) * static_cast<Wide>(n) >> 64));
#endif
  }
}

TEST_CASE("standard_normal inverts the normal distribution function", "[random]") {
  for (int exponent = 1; exponent <= 52; ++exponent) {
    const std::uint64_t bits = 1ull << (64 - exponent);
    const double p = open_interval(bits);
    const double z = standard_normal(bits);
    CHECK(std::abs(0.5 * std::erfc(-z / std::sqrt(2.0)) - p) < 4e-15 * p + 1e-17);
  }
  double sum = 0, squares = 0;
  constexpr int n = 200'000;
  for (std::uint64_t i = 0; i < n; ++i) {
    const double z = standard_normal(random_pair(3, 0, i, 0)[0]);
    sum += z;
    squares += z * z;
  }
  CHECK(std::abs(sum / n) < 0.01);
  CHECK(std::abs(squares / n - 1) < 0.02);
}

std::vector<double> values(const std::vector<Index>& integers) { return {integers.begin(), integers.end()}; }

/// One line of rng.txt replayed: function and arguments as recorded there.
std::vector<double> replay(std::uint64_t seed, const std::string& function, const std::string& arguments) {
  NumpyRandom random("test", seed);
  std::map<std::string, double> named;
  for (const auto& setting : golden::split(arguments, ';')) {
    const auto equal = setting.find('=');
    if (equal != std::string::npos) named[setting.substr(0, equal)] = std::strtod(setting.c_str() + equal + 1, nullptr);
  }
  const auto n = static_cast<Index>(named["n"]);
  std::vector<double> out;
  const auto repeat = [&](const auto& draw) {
    for (Index i = 0; i < n; ++i) out.push_back(static_cast<double>(draw()));
    return out;
  };
  if (function == "raw32") return repeat([&] { return random.word(); });
  if (function == "random_sample") return repeat([&] { return random.random(); });
  if (function == "uniform")
    return repeat([&] { return named["low"] + (named["high"] - named["low"]) * random.random(); });
  if (function == "randint") return values(random.integers(static_cast<Index>(named["high"]), n));
  if (function == "permutation") return values(random.permutation(n));
  if (function == "choice_without_replacement") {
    auto order = random.permutation(static_cast<Index>(named["population"]));
    order.resize(static_cast<std::size_t>(n));
    return values(order);
  }
  if (function == "randn") return repeat([&] { return random.gauss(); });
  // mixed: randint(30)x3, uniform x2, permutation(4), gauss, randint(7)x2, gauss, uniform
  const auto append = [&](const std::vector<double>& more) { out.insert(out.end(), more.begin(), more.end()); };
  append(values(random.integers(30, 3)));
  append({random.random()});
  append({random.random()});
  append(values(random.permutation(4)));
  append({random.gauss()});
  append(values(random.integers(7, 2)));
  append({random.gauss()});
  append({random.random()});
  return out;
}

TEST_CASE("NumPy's legacy stream comes out value by value", "[random][golden]") {
  int lines = 0;
  for (const auto& line : golden::lines_of(REBALANCE_COMMITTED_DATA "/rng.txt")) {
    if (line.starts_with("#")) continue;
    CAPTURE(line);
    const auto colon = line.find(" : ");
    const auto head = golden::words(line.substr(0, colon));
    const auto seed = std::stoull(head.at(0));
    const auto expected = golden::words(line.substr(colon + 3));
    if (head.at(1) == "raw32_hash") {
      NumpyRandom random("test", seed);
      golden::Hash hash;
      for (int i = 0; i < 100'000; ++i) hash.add(random.word());
      CHECK(hash.text() == expected.at(0));
    } else {
      const auto got = replay(seed, head.at(1), head.at(2));
      REQUIRE(got.size() == expected.size());
      for (std::size_t i = 0; i < got.size(); ++i) CHECK(got[i] == std::stod(expected[i]));
    }
    ++lines;
  }
  CHECK(lines >= 80);
}

TEST_CASE("a seed NumPy would refuse is refused", "[random]") {
  CHECK_NOTHROW(NumpyRandom("Smote", 0xFFFFFFFF));
  CHECK_THROWS_WITH(
      NumpyRandom("Smote", 0x100000000),
      "Smote: seed is 4294967296; it must be at most 4294967295 with Draws::imbalanced_learn (NumPy's limit)");
}

}  // namespace random_test
