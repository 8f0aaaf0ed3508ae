// SPDX-License-Identifier: MIT
#include <rebalance/core/classes.hpp>

#include <Eigen/Core>
#include <array>
#include <deque>
#include <list>

#include "../support/catch.hpp"

using namespace rebalance;
using detail::encode;
using detail::label_of;

namespace {
enum class Fraud : unsigned char { no = 3, yes = 1 };
enum Plain { red = -1, green = 5 };

template <class Y>
auto encoded(const Y& y) {
  return encode<label_of<Y>>(y);
}
}  // namespace

TEST_CASE("codes follow the sorted order of the labels", "[classes]") {
  const auto integers = encoded(std::vector<int>{10, -2, 10, 9});
  CHECK(integers.values == std::vector<int>{-2, 9, 10});
  CHECK(integers.codes == std::vector<std::uint32_t>{2, 0, 2, 1});

  const auto strings = encoded(std::vector<std::string>{"b", "a", "B", "b"});
  CHECK(strings.values == std::vector<std::string>{"B", "a", "b"});
  CHECK(strings.codes == std::vector<std::uint32_t>{2, 1, 0, 2});

  const auto enums = encoded(std::vector<Fraud>{Fraud::no, Fraud::yes});
  CHECK(enums.values == std::vector<Fraud>{Fraud::yes, Fraud::no});

  const auto bools = encoded(std::vector<bool>{true, false, true});
  CHECK(bools.values == std::vector<bool>{false, true});
  CHECK(bools.codes == std::vector<std::uint32_t>{1, 0, 1});

  const std::uint64_t top = ~0ull;
  CHECK(encoded(std::vector<std::uint64_t>{top, 0}).values == std::vector<std::uint64_t>{0, top});
}

TEST_CASE("any sized range of labels is taken", "[classes]") {
  const std::vector<std::uint32_t> codes{1, 0, 1};
  CHECK(encoded(std::array{7, 3, 7}).codes == codes);
  CHECK(encoded(std::deque<short>{7, 3, 7}).codes == codes);
  CHECK(encoded(std::list<char>{'b', 'a', 'b'}).codes == codes);
  const int raw[] = {7, 3, 7};
  CHECK(encoded(raw).codes == codes);
  CHECK(encoded(std::span<const int>(raw)).codes == codes);
  const Eigen::VectorXi vector = Eigen::Map<const Eigen::VectorXi>(raw, 3);
  CHECK(encoded(vector).codes == codes);
  CHECK(encoded(std::vector<Plain>{green, red, green}).codes == codes);
  const auto text = encoded(std::vector<const char*>{"y", "x", "y"});
  CHECK(text.codes == codes);
  STATIC_REQUIRE(std::same_as<label_of<std::vector<std::string_view>>, std::string>);
}

TEST_CASE("what is no range of labels is told apart", "[classes]") {
  STATIC_REQUIRE_FALSE(LabelRange<std::vector<double>>);
  STATIC_REQUIRE_FALSE(LabelRange<Eigen::VectorXd>);
  STATIC_REQUIRE_FALSE(LabelRange<int>);
  STATIC_REQUIRE_FALSE(LabelRange<std::vector<std::vector<int>>>);
}

TEST_CASE("a label is named by its number or its text", "[classes]") {
  CHECK(Label(7).text == "7");
  CHECK(Label(-7L).text == "-7");
  CHECK(Label(~0ull).text == "18446744073709551615");
  CHECK(Label(true).text == "1");
  CHECK(Label('a').text == "97");
  CHECK(Label(Fraud::no).text == "3");
  CHECK(Label("yes").text == "yes");
  CHECK(Label(std::string("yes")) == Label(std::string_view("yes")));
}

TEST_CASE("members of a class are its rows in ascending order", "[classes]") {
  const Classes classes({1, 0, 1, 3, 1}, {"a", "b", "c", "d"});
  CHECK(classes.rows() == 5);
  CHECK(classes.size() == 4);
  const auto members = classes.members(1);
  CHECK(std::vector<Index>(members.begin(), members.end()) == std::vector<Index>{0, 2, 4});
  CHECK(classes.count(1) == 3);
  CHECK(classes.count(2) == 0);
  CHECK(classes.members(2).empty());
  CHECK(classes.others(1) == std::vector<Index>{1, 3});
  CHECK(classes.others(2) == std::vector<Index>{0, 1, 2, 3, 4});
  CHECK(detail::rows_of_classes(classes, {true, false, false, true}) == std::vector<Index>{1, 3});
  CHECK(classes.code(3) == 3);
  CHECK(classes.label(3) == Label("d"));
}
