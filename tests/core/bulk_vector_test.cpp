// SPDX-License-Identifier: MIT
#include <rebalance/core/bulk_vector.hpp>

#include <numeric>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("a bulk vector is a vector", "[bulk_vector]") {
  detail::BulkVector<int> numbers;
  for (int i = 0; i < 2'000'000; ++i) numbers.push_back(i);
  numbers.resize(3'000'000);
  std::iota(numbers.begin() + 2'000'000, numbers.end(), 2'000'000);
  const auto copy = numbers;
  CHECK(copy == numbers);
  const auto moved = std::move(numbers);
  CHECK(copy == moved);
  for (std::size_t i = 0; i < moved.size(); ++i) REQUIRE(moved[i] == static_cast<int>(i));
  const detail::BulkVector<int> listed{1, 2, 3};
  CHECK(std::accumulate(listed.begin(), listed.end(), 0) == 6);
  CHECK(detail::BulkVector<int>(5, 7) == detail::BulkVector<int>{7, 7, 7, 7, 7});
}

TEST_CASE("what resize adds is left unwritten", "[bulk_vector]") {
  detail::BulkAllocator<int> memory;
  int number = 9;
  memory.construct(&number);
  CHECK(number == 9);
  memory.construct(&number, 4);
  CHECK(number == 4);
}
