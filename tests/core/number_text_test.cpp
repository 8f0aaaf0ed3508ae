// SPDX-License-Identifier: MIT
#include <rebalance/core/number_text.hpp>

#include <clocale>
#include <cstdint>
#include <string>

#include "../support/catch.hpp"

using rebalance::detail::read_number;

TEST_CASE("a double is read to the last bit, from the largest to the smallest", "[number_text]") {
  double number = 0;
  REQUIRE(read_number("0.1", number));
  CHECK(number == 0.1);
  REQUIRE(read_number("-1.7976931348623157e308", number));
  CHECK(number == -1.7976931348623157e308);
  REQUIRE(read_number("5e-324", number));  // the smallest, a denormal one
  CHECK(number == 5e-324);
  REQUIRE(read_number("2.2250738585072011e-308", number));
  CHECK(number == 2.2250738585072011e-308);
  REQUIRE(read_number("-0", number));
  CHECK(1 / number < 0);
}

TEST_CASE("what is not a number as a whole, or has no double, is none and changes nothing", "[number_text]") {
  for (const std::string text :
       {"", " 1", "1 ", "+1", "0x10", "1,5", "1e", "--1", "1e400", "-1e400", "1e-400", "one"}) {
    CAPTURE(text);
    double number = 7;
    CHECK_FALSE(read_number(text, number));
    CHECK(number == 7);
  }
}

TEST_CASE("a whole number neither wraps nor is cut off", "[number_text]") {
  std::uint64_t number = 7;
  CHECK_FALSE(read_number("-1", number));
  CHECK_FALSE(read_number("18446744073709551616", number));
  CHECK_FALSE(read_number("1.0", number));
  CHECK(number == 7);
  REQUIRE(read_number("18446744073709551615", number));
  CHECK(number == UINT64_MAX);
}

TEST_CASE("the decimal point is a point whatever locale the program has set", "[number_text]") {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  const bool comma = std::setlocale(LC_NUMERIC, "de_DE.UTF-8") != nullptr;  // not every system has it
  double number = 0;
  CHECK(read_number("1.5", number));
  std::setlocale(LC_NUMERIC, before.c_str());
  CAPTURE(comma);
  CHECK(number == 1.5);
}
