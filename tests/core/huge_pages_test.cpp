// SPDX-License-Identifier: MIT
#include <rebalance/core/huge_pages.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("advice about pages changes no value, whatever the size and the address", "[huge_pages]") {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, 4 * mebibyte - 1, 4 * mebibyte, 9 * mebibyte + 17}) {
    std::vector<char> bytes(size + 100, 'a');
    detail::advise_huge_pages(bytes.data() + 33, size);
    CHECK(std::count(bytes.begin(), bytes.end(), 'a') == static_cast<std::ptrdiff_t>(size + 100));
  }
  detail::advise_huge_pages(nullptr, 0);
}

TEST_CASE("room in huge pages is room", "[huge_pages]") {
  for (const std::size_t count : {std::size_t{0}, std::size_t{10}, std::size_t{3'000'000}}) {
    std::vector<int> numbers{7};
    detail::reserve_in_huge_pages(numbers, count);
    CHECK(numbers.capacity() >= count);
    CHECK(numbers == std::vector<int>{7});
    std::vector<bool> bits;
    detail::reserve_in_huge_pages(bits, count);
    CHECK(bits.capacity() >= count);
  }
}
