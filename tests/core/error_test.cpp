// SPDX-License-Identifier: MIT
#include <rebalance/core/error.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("every exception is an Error and a runtime_error", "[error]") {
  CHECK_THROWS_AS(throw InvalidOption("x"), Error);
  CHECK_THROWS_AS(throw ShapeMismatch("x"), Error);
  CHECK_THROWS_AS(throw BadValue("x", 1, 2), Error);
  CHECK_THROWS_AS(throw TooFewRows("x"), Error);
  CHECK_THROWS_AS(throw TooFewClasses("x"), Error);
  CHECK_THROWS_AS(throw InvalidPlan("x"), Error);
  CHECK_THROWS_AS(throw InvalidRecord("x"), Error);
  CHECK_THROWS_AS(throw Cancelled("x"), std::runtime_error);
}

TEST_CASE("text joins pieces of any kind, numbers in their shortest exact form", "[error]") {
  CHECK(detail::text({"a", std::string("b"), std::string_view("c"), 1, -2L, 3u, true}) == "abc1-23true");
  CHECK(detail::text({0.1, " ", 1e300, " ", 2.0}) == "0.1 1e+300 2");
  CHECK(detail::text({std::numeric_limits<std::uint64_t>::max()}) == "18446744073709551615");
}

TEST_CASE("a bad value is reported with its place", "[error]") {
  try {
    detail::throw_bad_value("X", 3, 4, 1e200, 1e150);
  } catch (const BadValue& error) {
    CHECK(error.row == 3);
    CHECK(error.column == 4);
    CHECK(std::string(error.what()) ==
          "X(3, 4) is 1e+200; features must be finite and at most 1e+150 in size: remove, impute or rescale the value");
  }
}
