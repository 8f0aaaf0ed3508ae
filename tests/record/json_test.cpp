// SPDX-License-Identifier: MIT
#include <rebalance/record/json.hpp>

#include <limits>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("scalars are written as JSON has them", "[json]") {
  CHECK(Json().text() == "null");
  CHECK(Json(nullptr).text() == "null");
  CHECK(Json(true).text() == "true");
  CHECK(Json(false).text() == "false");
  CHECK(Json(5).text() == "5");
  CHECK(Json(-7L).text() == "-7");
  CHECK(Json(std::numeric_limits<std::int64_t>::min()).text() == "-9223372036854775808");
  CHECK(Json("a text").text() == "\"a text\"");
  CHECK(Json(std::string_view("view")).text() == "\"view\"");
}

TEST_CASE("doubles in the fewest digits that read back, and never as a whole number", "[json]") {
  CHECK(Json(0.1).text() == "0.1");
  CHECK(Json(2.0).text() == "2.0");
  CHECK(Json(-0.0).text() == "-0.0");
  CHECK(Json(1e300).text() == "1e+300");
  CHECK(Json(5e-324).text() == "5e-324");
  CHECK(Json(1.0 / 3).text() == "0.3333333333333333");
  CHECK(Json(static_cast<double>(0.1f)).text() == "0.10000000149011612");
  CHECK(Json(std::numeric_limits<double>::quiet_NaN()).text() == "null");
  CHECK(Json(-std::numeric_limits<double>::infinity()).text() == "null");
}

TEST_CASE("text is escaped where JSON needs it and nowhere else", "[json]") {
  CHECK(Json("\"\\/").text() == R"("\"\\/")");
  CHECK(Json("\n\t\r").text() == R"("\n\t\r")");
  CHECK(Json(std::string("\0\x1f\x7f", 3)).text() == "\"\\u0000\\u001f\x7f\"");
  CHECK(Json("ä €😀").text() == "\"ä €😀\"");
}

TEST_CASE("what is not UTF-8 is refused with its byte", "[json]") {
  CHECK_THROWS_WITH(Json("ab\xff"),
                    "JSON: byte 2 of a text is 255, which is not UTF-8 there; convert the text to UTF-8 first");
  for (const char* bytes :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xc3(", "\xe2(\x82", "\xf0\x9f(\x80"})
    CHECK_THROWS_AS(Json(bytes), InvalidRecord);
  for (const char* text :
       {"\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    CHECK(Json(text).text() == "\"" + std::string(text) + "\"");
  CHECK_THROWS_AS(Json::object().set("\xff", 1), InvalidRecord);
}

TEST_CASE("short arrays and objects of scalars stand on one line, others a line each", "[json]") {
  Json table = Json::array();
  table.add(Json::object().set("label", "a").set("rows", 3)).add(Json::object().set("label", "b").set("rows", 4));
  Json numbers = Json::array();
  for (int i = 0; i < 40; ++i) numbers.add(100 + i);
  const Json report = Json::object()
                          .set("empty", Json::array())
                          .set("table", table)
                          .set("none", Json::object())
                          .set("numbers", numbers);
  std::string expected =
      "{\n  \"empty\": [],\n  \"table\": [\n    {\"label\": \"a\", \"rows\": 3},\n    {\"label\": \"b\", \"rows\": "
      "4}\n  ],\n"
      "  \"none\": {},\n  \"numbers\": [";
  for (int i = 0; i < 40; ++i) expected += (i ? ",\n    " : "\n    ") + std::to_string(100 + i);
  CHECK(report.text() == expected + "\n  ]\n}");
}

TEST_CASE("keys keep their order, and none comes twice", "[json]") {
  Json object = Json::object();
  object.set("z", 1).set("a", 2);
  CHECK(object.text() == R"({"z": 1, "a": 2})");
  CHECK_THROWS_WITH(object.set("z", 3), "JSON: the key 'z' is set twice; set it once");
  CHECK(object.text() == R"({"z": 1, "a": 2})");
}

TEST_CASE("only arrays take items, only objects keys", "[json]") {
  CHECK_THROWS_AS(Json::object().add(1), InvalidRecord);
  CHECK_THROWS_AS(Json(3).add(1), InvalidRecord);
  CHECK_THROWS_AS(Json::array().set("a", 1), InvalidRecord);
  CHECK_THROWS_AS(Json("text").set("a", 1), InvalidRecord);
}

TEST_CASE("numbers that 63 bits cannot hold are refused", "[json]") {
  CHECK(Json(std::uint64_t{1} << 62).text() == "4611686018427387904");
  CHECK_THROWS_WITH(Json(std::uint64_t{1} << 63),
                    "JSON: 9223372036854775808 needs more than 63 bits; write it as text");
}

TEST_CASE("values are regular", "[json]") {
  const Json one = Json::object().set("a", Json::array().add(1).add(2.5));
  Json other = one;
  CHECK(other == one);
  other.set("b", nullptr);
  CHECK_FALSE(other == one);
  CHECK_FALSE(Json(5) == Json(5.0));
  CHECK_FALSE(Json(1) == Json(true));
}
