// SPDX-License-Identifier: MIT
#include <rebalance/record/json_parser.hpp>

#include <bit>
#include <random>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("what was written reads back equal", "[json_parser]") {
  std::mt19937_64 engine(1);
  Json numbers = Json::array();
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t bits = engine();
    const double number = std::bit_cast<double>(bits);
    if (std::isfinite(number)) numbers.add(number);
    numbers.add(static_cast<std::int64_t>(bits)).add(static_cast<double>(bits >> 40));
  }
  std::string every;
  for (int c = 0; c < 128; ++c) every += static_cast<char>(c);
  const Json all =
      Json::object()
          .set("", Json::array().add(nullptr).add(true).add(false).add(Json::array()).add(Json::object()))
          .set(every, every + "äß€😀")
          .set("numbers", numbers)
          .set("least", Json::array().add(5e-324).add(-0.0).add(2.2250738585072014e-308).add(1.7976931348623157e308));
  CHECK(parse_json(all.text()) == all);
  CHECK(parse_json(parse_json(all.text()).text()).text() == all.text());
}

TEST_CASE("any layout and every escape is read", "[json_parser]") {
  CHECK(parse_json(" \t\r\n[ 1 ,\n{\"a\" :\t[ ] } ]\r\n") ==
        Json::array().add(1).add(Json::object().set("a", Json::array())));
  CHECK(parse_json(R"("\"\\\/\b\f\n\r\t")") == Json("\"\\/\b\f\n\r\t"));
  CHECK(parse_json(R"("\u0041\u00e4\u20AC\ud83d\ude00\u0000")") == Json(std::string("Aä€😀\0", 11)));
  CHECK(parse_json("-0") == Json(-0.0));
  CHECK(std::signbit(*parse_json("-0").number()));
  CHECK(parse_json("1E5") == Json(1e5));
  CHECK(parse_json("1.50e-1") == Json(0.15));
  CHECK(parse_json("-9223372036854775808") == Json(std::numeric_limits<std::int64_t>::min()));
}

TEST_CASE("what the standard does not have is refused with its place", "[json_parser]") {
  const std::pair<const char*, const char*> cases[] = {
      {"", "1, column 1: the text ends where a value must stand; is the file complete?"},
      {"[1,\n 2,]",
       "2, column 4: no value begins like this; write a number, text in double quotes, true, false, null, [ or {"},
      {"{\"a\": 1,}", "1, column 9: a key in double quotes must stand here"},
      {"{a: 1}", "1, column 2: a key in double quotes must stand here"},
      {"{\"a\" 1}", "1, column 6: a colon must follow a key"},
      {"{\"a\": 1 \"b\": 2}", "1, column 9: an object goes on with a comma or ends with }"},
      {"[1 2]", "1, column 4: an array goes on with a comma or ends with ]"},
      {"1 2", "1, column 3: there is more text after the value; remove it"},
      {"\n\n {\"k\": 1, \"k\": 2}", "3, column 2: the object that begins here has the key 'k' twice"},
      {"01", "1, column 1: a number begins with 0; remove it"},
      {"[-01]", "1, column 2: a number begins with 0; remove it"},
      {"1.", "1, column 1: a number lacks digits"},
      {"-", "1, column 1: a number lacks digits"},
      {"1e+", "1, column 1: a number lacks digits"},
      {"1e309", "1, column 1: no double is as large, or as small, as this number"},
      {"1e-400", "1, column 1: no double is as large, or as small, as this number"},
      {"9223372036854775808", "1, column 1: this whole number has more than 63 bits; write it as text"},
      {"\"abc", "1, column 1: the text that begins here has no closing quote"},
      {"\"a\nb\"", "1, column 3: a control character stands in text; write it as \\u00.."},
      {"\"\\x\"", "1, column 2: a backslash must be followed by one of \"\\/bfnrt or by u and four digits"},
      {"\"\\u12g4\"", "1, column 2: four hexadecimal digits must follow \\u"},
      {"\"\\ud800\"", "1, column 2: half of a surrogate pair stands alone"},
      {"\"\\ud800\\u0041\"", "1, column 2: half of a surrogate pair stands alone"},
      {"\"\\udc00\"", "1, column 2: half of a surrogate pair stands alone"},
      {"\"\xff\"", "1, column 2: these bytes are not UTF-8; convert the file to UTF-8"},
      {"\"\xed\xa0\x80\"", "1, column 2: these bytes are not UTF-8; convert the file to UTF-8"}};
  for (const auto& [text, message] : cases) CHECK_THROWS_WITH(parse_json(text), std::string("JSON, line ") + message);
  for (const char* text : {"+1",       ".5",
                           "0x10",     "NaN",
                           "Infinity", "-Infinity",
                           "nul",      "True",
                           "'a'",      "[1] // comment",
                           "/**/1",    "\xef\xbb\xbf[]",
                           "[",        "{",
                           "[1,",      "{\"a\"",
                           "{\"a\":",  "]",
                           "}",        ",",
                           "\"\\",     "\"\\u",
                           "\"\\u00"})
    CHECK_THROWS_AS(parse_json(text), InvalidRecord);
  CHECK_THROWS_AS(parse_json(std::string_view("[1]\0", 4)), InvalidRecord);
  CHECK_THROWS_AS(parse_json(std::string_view("\"\\\0\"", 4)), InvalidRecord);
}

TEST_CASE("no text is too deep or too long for the stack or the clock", "[json_parser]") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK_NOTHROW(parse_json(nested(101)));
  CHECK_THROWS_WITH(parse_json(nested(102)),
                    "JSON, line 1, column 102: more than 100 arrays and objects within each other");
  CHECK_THROWS_AS(parse_json(std::string(1'000'000, '[')), InvalidRecord);
  CHECK_THROWS_AS(parse_json(std::string(1'000'000, '{')), InvalidRecord);
  std::string keys = "{\"0\": 0";
  for (int i = 1; i < 100'000; ++i) keys += ", \"" + std::to_string(i) + "\": 0";
  CHECK(parse_json(keys + "}").members()->size() == 100'000);
}

TEST_CASE("cut off anywhere or changed in any byte, a text is refused or another value", "[json_parser]") {
  const std::string text =
      Json::object().set("a\n€", Json::array().add(1).add(-2.5e-7).add(true).add(nullptr).add("\\😀")).text();
  for (std::size_t length = 0; length < text.size(); ++length)
    CHECK_THROWS_AS(parse_json(text.substr(0, length)), InvalidRecord);
  for (std::size_t at = 0; at < text.size(); ++at)
    for (int value = 0; value < 256; ++value) {
      std::string changed = text;
      changed[at] = static_cast<char>(value);
      try {
        const Json read = parse_json(changed);
        CHECK(parse_json(read.text()) == read);
      } catch (const InvalidRecord&) {
      }
    }
}
