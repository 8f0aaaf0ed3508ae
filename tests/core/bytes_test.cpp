// SPDX-License-Identifier: MIT
#include <rebalance/core/bytes.hpp>

#include <limits>

#include "../support/catch.hpp"

using namespace rebalance;
using detail::ByteReader;
using detail::ByteWriter;

TEST_CASE("numbers of every size come back, small ones in one byte", "[bytes]") {
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
    ByteWriter out;
    out.count(number);
    CHECK((out.bytes().size() == 1) == (number < 128));
    CHECK(ByteReader(out.bytes()).count() == number);
  }
  constexpr Index least = std::numeric_limits<Index>::min(), most = std::numeric_limits<Index>::max();
  for (const Index from : {Index{0}, Index{5}, Index{-64}, least, most})
    for (const Index to : {Index{0}, Index{68}, Index{-64}, least, most}) {
      ByteWriter out;
      out.way(from, to);
      CHECK(ByteReader(out.bytes()).way(from) == to);
    }
  ByteWriter near;
  near.way(10, 9);
  near.way(10, 73);
  near.way(10, -54);
  CHECK(near.bytes() == std::string("\1\176\177"));  // zigzag: -1 is 1, 63 is 126, -64 is 127
}

TEST_CASE("words stand lowest byte first", "[bytes]") {
  ByteWriter out;
  out.word(0x0102030405060708);
  out.number(1.0);
  out.text("ab");
  CHECK(out.bytes() == std::string("\10\7\6\5\4\3\2\1\0\0\0\0\0\0\360\77\2ab", 19));
  ByteReader in(out.bytes());
  CHECK(in.word() == 0x0102030405060708);
  CHECK(in.number() == 1.0);
  CHECK(in.text() == "ab");
  CHECK(in.left() == 0);
}

TEST_CASE("nothing is read that is not there", "[bytes]") {
  CHECK_THROWS_WITH(ByteReader("").byte(),
                    "plan, byte 0: the bytes end too early; read the file anew or make it again");
  CHECK_THROWS_AS(ByteReader("\x80").count(), InvalidPlan);
  CHECK_THROWS_AS(ByteReader(std::string(7, 'a')).word(), InvalidPlan);
  CHECK_THROWS_AS(ByteReader("\3ab").text(), InvalidPlan);
  CHECK_THROWS_AS(ByteReader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02").count(), InvalidPlan);  // a 65th bit
  CHECK_THROWS_AS(ByteReader(std::string(11, '\xff')).count(), InvalidPlan);
  CHECK_THROWS_WITH(ByteReader("\3ab").count_of(1, "letters"),
                    "plan, byte 1: there are not as many letters as it says; read the file anew or make it again");
  CHECK(ByteReader("\2ab").count_of(1, "letters") == 2);
  CHECK_THROWS_AS(ByteReader("\2ab").count_of(2, "pairs"), InvalidPlan);
  CHECK_THROWS_AS(ByteReader("\5").count_up_to(4, "a number"), InvalidPlan);
}
