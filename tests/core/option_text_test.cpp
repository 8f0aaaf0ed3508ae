// SPDX-License-Identifier: MIT
#include <rebalance/core/option_text.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {
template <class T>
T read(std::string_view value) {
  T out{};
  detail::read_option("option", value, out);
  return out;
}
using Fields = std::vector<std::string>;
}  // namespace

TEST_CASE("strategies by name, ratio, counts and list", "[option_text]") {
  CHECK(read_strategy("auto") == balance());
  CHECK(read_strategy("balance") == balance());
  CHECK(read_strategy("minority") == minority());
  CHECK(read_strategy("majority") == majority());
  CHECK(read_strategy("not_minority") == not_minority());
  CHECK(read_strategy("not_majority") == not_majority());
  CHECK(read_strategy("all") == all());
  CHECK(read_strategy("ratio=0.25") == ratio(0.25));
  CHECK(read_strategy("counts=1:500,ill:70") == counts({{1, 500}, {"ill", 70}}));
  CHECK(read_strategy("list=1,ill") == only({1, "ill"}));
  CHECK(read_strategy("only=1") == only({1}));
}

TEST_CASE("labels with commas, colons and quotes", "[option_text]") {
  CHECK(read_strategy("counts=a:b:4,\"c,d:3\"") == counts({{"a:b", 4}, {"c,d", 3}}));
  CHECK(read_strategy("list=\"c,d\",\"say \"\"x\"\"\",e=f") == only({"c,d", "say \"x\"", "e=f"}));
  CHECK(detail::fields_of("o", "") == Fields{});
  CHECK(detail::fields_of("o", "a") == Fields{"a"});
  CHECK(detail::fields_of("o", "a,,\"\",") == Fields{"a", "", "", ""});
  CHECK_THROWS_AS(detail::fields_of("o", "\"a"), InvalidOption);
  CHECK_THROWS_AS(detail::fields_of("o", "\"a\"b,c"), InvalidOption);
  CHECK_THROWS_AS(detail::fields_of("o", "a\"b,c"), InvalidOption);  // not silently a label with a quote
}

TEST_CASE("what is no strategy is refused with the forms there are", "[option_text]") {
  CHECK_THROWS_WITH(
      read_strategy("best"),
      "strategy = 'best' is not understood; write auto, minority, majority, not_minority, not_majority, all, ratio=R, "
      "counts=LABEL:ROWS,.. or list=LABEL,..");
  CHECK_THROWS_WITH(read_strategy("ratio=half", "--strategy"),
                    "--strategy = 'ratio=half' is not understood; write a number, as in ratio=0.5");
  for (const char* bad : {"", "ratio", "ratio=", "ratio=0.5x", "counts", "counts=", "counts=1", "counts=1:many",
                          "counts=1:5,", "list", "list=", "Auto", "auto "})
    CHECK_THROWS_AS(read_strategy(bad), InvalidOption);
}

TEST_CASE("numbers are read whole, or not at all", "[option_text]") {
  CHECK(read<Index>("-3") == -3);
  CHECK(read<std::uint64_t>("18446744073709551615") == 18446744073709551615ull);
  CHECK(read<int>("2") == 2);
  for (const char* bad : {"", " 1", "1 ", "1.5", "1e3", "0x1", "+1", "99999999999999999999"})
    CHECK_THROWS_AS(read<Index>(bad), InvalidOption);
  CHECK_THROWS_WITH(read<std::uint64_t>("-1"),
                    "option = '-1' is not understood; write a whole number from 0 up to 18446744073709551615");
  CHECK_THROWS_AS(read<int>("3000000000"), InvalidOption);
}

TEST_CASE("truth, enums and columns", "[option_text]") {
  CHECK(read<bool>("true"));
  CHECK_FALSE(read<bool>("false"));
  CHECK_THROWS_WITH(read<bool>("1"), "option = '1' is not understood; write true or false");
  CHECK(read<Draws>("imbalanced_learn") == Draws::imbalanced_learn);
  CHECK_THROWS_WITH(read<Draws>("odd"), "option = 'odd' is not understood; write one of: even, imbalanced_learn");
  CHECK_THROWS_AS(read<Draws>(""), InvalidOption);
  CHECK(read<std::vector<Index>>("2,5") == std::vector<Index>{2, 5});
  CHECK(read<std::vector<Index>>("").empty());
  CHECK_THROWS_AS(read<std::vector<Index>>("2,,5"), InvalidOption);
}
