// SPDX-License-Identifier: MIT
#include <rebalance/core/utf8.hpp>

#include <string_view>

#include "../support/catch.hpp"

namespace utf8_test {

using namespace std::string_view_literals;
using rebalance::detail::utf8_length;

TEST_CASE("the first and the last characters of each length", "[utf8]") {
  for (const auto text : {"\0"sv, "\x7F"sv}) CHECK(utf8_length(text) == 1);
  for (const auto text : {"\xC2\x80"sv, "\xDF\xBF rest"sv}) CHECK(utf8_length(text) == 2);
  for (const auto text : {"\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv})
    CHECK(utf8_length(text) == 3);
  for (const auto text : {"\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv}) CHECK(utf8_length(text) == 4);
}

TEST_CASE("overlong forms, surrogates, what is too large and what is cut off are no characters", "[utf8]") {
  for (const auto text :
       {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xED\xA0\x80"sv,
        "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv, "\xC2"sv, "\xE0\xA0"sv, "\xE1\x80 "sv})
    CHECK(utf8_length(text) == 0);
}

}  // namespace utf8_test
