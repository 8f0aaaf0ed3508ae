// SPDX-License-Identifier: MIT
#include <rebalance/core/strategy.hpp>

#include <limits>

#include "../support/catch.hpp"

using namespace rebalance;
using Targets = std::vector<std::optional<Index>>;

namespace {
// 10 a, 100 b, 30 c, 10 d, 100 e: two smallest and two largest, of which the smaller label counts
Classes five() {
  std::vector<std::uint32_t> codes;
  const Index sizes[] = {10, 100, 30, 10, 100};
  for (std::uint32_t c = 0; c < 5; ++c) codes.insert(codes.end(), static_cast<std::size_t>(sizes[c]), c);
  return Classes(codes, {"a", "b", "c", "d", "e"});
}
Classes two(Index first, Index second) {
  std::vector<std::uint32_t> codes(static_cast<std::size_t>(first), 0);
  codes.insert(codes.end(), static_cast<std::size_t>(second), 1);
  return Classes(codes, {"no", "yes"});
}
constexpr std::nullopt_t none = std::nullopt;
Targets raised(const Strategy& s, const Classes& c, Draws draws = Draws::even) { return s.raised(c, "Test", draws); }
Targets lowered(const Strategy& s, const Classes& c, Draws draws = Draws::even) { return s.lowered(c, "Test", draws); }
}  // namespace

TEST_CASE("over-sampling raises the classes chosen to the largest", "[strategy]") {
  CHECK(raised(balance(), five()) == Targets{100, none, 100, 100, 100});
  CHECK(raised(Strategy(), five()) == raised(balance(), five()));
  CHECK(raised(minority(), five()) == Targets{100, none, none, none, none});
  CHECK(raised(not_minority(), five()) == Targets{none, 100, 100, 100, 100});
  CHECK(raised(not_majority(), five()) == Targets{100, none, 100, 100, 100});
  CHECK(raised(all(), five()) == Targets{100, 100, 100, 100, 100});
  CHECK_THROWS_WITH(raised(majority(), five()),
                    "Test: strategy majority() names class b with 100 rows, the most; over-sampling cannot raise it: "
                    "use balance() or counts({...})");
}

TEST_CASE("under-sampling lowers the classes chosen to the smallest", "[strategy]") {
  CHECK(lowered(balance(), five()) == Targets{none, 10, 10, 10, 10});
  CHECK(lowered(majority(), five()) == Targets{none, 10, none, none, none});
  CHECK(lowered(not_minority(), five()) == Targets{none, 10, 10, 10, 10});
  CHECK(lowered(not_majority(), five()) == Targets{10, none, 10, 10, 10});
  CHECK(lowered(all(), five()) == Targets{10, 10, 10, 10, 10});
  CHECK_THROWS_AS(lowered(minority(), five()), InvalidOption);
}

TEST_CASE("a ratio counts for any number of classes", "[strategy]") {
  CHECK(raised(ratio(0.2), five()) == Targets{20, none, 30, 20, 100});
  CHECK(lowered(ratio(0.2), five()) == Targets{none, 50, 30, 10, 50});
  CHECK(raised(ratio(1), five()) == raised(balance(), five()));
}

TEST_CASE("a ratio is at least met, without rounding drift", "[strategy]") {
  CHECK(raised(ratio(0.29), two(100, 10)) == Targets{none, 29});  // 100 * 0.29 is 28.999999999999996
  CHECK(raised(ratio(0.07), two(100, 1)) == Targets{none, 7});    // 100 * 0.07 is 7.000000000000001
  CHECK(raised(ratio(0.5), two(357, 100)) == Targets{none, 179});
  CHECK(raised(ratio(0.5), two(357, 100), Draws::imbalanced_learn) == Targets{none, 178});
  CHECK(raised(ratio(0.29), two(100, 10), Draws::imbalanced_learn) == Targets{none, 28});
  for (Index most = 1; most <= 60; ++most)
    for (Index share = 1; share <= most; ++share) {
      const double r = static_cast<double>(share) / static_cast<double>(most);
      CHECK(detail::at_least(r, most) == share);
      CHECK(detail::at_most(r, share) == most);
    }
}

TEST_CASE("ratios that nothing is to be done for, or out of range, are refused with the numbers", "[strategy]") {
  CHECK_THROWS_WITH(raised(ratio(0.2), two(100, 30)),
                    "Test: class yes has 30 rows and the strategy asks for 20; ratio 0.2 of the largest class is "
                    "already met; raise it");
  CHECK_THROWS_AS(raised(ratio(0.3), two(100, 30)), InvalidOption);
  CHECK_THROWS_AS(lowered(ratio(0.2), two(100, 30)), InvalidOption);
  CHECK(lowered(ratio(0.3), two(100, 30)) == Targets{100, none});
  for (const Draws draws : {Draws::even, Draws::imbalanced_learn})
    CHECK_THROWS_AS(lowered(ratio(1e-300), two(100, 30), draws), InvalidOption);
  for (const double r : {0.0, -0.5, 1.0000001, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(raised(ratio(r), five()), InvalidOption);
    CHECK_THROWS_AS(lowered(ratio(r), five()), InvalidOption);
  }
  CHECK_THROWS_WITH(raised(ratio(1.5), five()), "Test: ratio is 1.5; it must be above 0 and at most 1");
}

TEST_CASE("counts name classes by their label", "[strategy]") {
  CHECK(raised(counts({{"a", 10}, {"c", 50}}), five()) == Targets{10, none, 50, none, none});
  CHECK(lowered(counts({{"b", 0}, {"c", 30}}), five()) == Targets{none, 0, 30, none, none});
  CHECK_THROWS_WITH(raised(counts({{"a", 9}}), five()),
                    "Test: class a has 10 rows and the strategy asks for 9; over-sampling removes no rows: ask for at "
                    "least as many as there are");
  CHECK_THROWS_WITH(lowered(counts({{"a", 11}}), five()),
                    "Test: class a has 10 rows and the strategy asks for 11; under-sampling adds no rows: ask for at "
                    "most as many as there are");
  CHECK_THROWS_WITH(raised(counts({{"x", 9}}), five()),
                    "Test: the strategy names class x, but y has no such class; it has a, b, c, d, e");
  CHECK_THROWS_AS(raised(counts({{"a", 20}, {"a", 30}}), five()), InvalidOption);
  CHECK_THROWS_AS(lowered(counts({{"a", -1}}), five()), InvalidOption);
}

TEST_CASE("a function of the sizes can decide", "[strategy]") {
  const auto twice = targets([](const Strategy::Counts& sizes) {
    Strategy::Counts out;
    for (const auto& [label, rows] : sizes)
      if (rows < 50) out.push_back({label, 2 * rows});
    return out;
  });
  CHECK(raised(twice, five()) == Targets{20, none, 60, 20, none});
  CHECK_THROWS_AS(lowered(twice, five()), InvalidOption);
  CHECK_THROWS_AS(targets(nullptr), InvalidOption);
}

TEST_CASE("one class is refused, and classes without rows do not count", "[strategy]") {
  const Classes one({0, 0, 0}, {"a"}), gone({0, 0, 2, 2, 2}, {"a", "b", "c"});
  for (const auto& strategy : {balance(), ratio(0.5), counts({{"a", 3}})}) {
    CHECK_THROWS_AS(raised(strategy, one), TooFewClasses);
    CHECK_THROWS_AS(lowered(strategy, one), TooFewClasses);
  }
  CHECK(raised(all(), gone) == Targets{3, none, 3});
  CHECK(lowered(all(), gone) == Targets{2, none, 2});
}

TEST_CASE("only the classes named", "[strategy]") {
  CHECK(raised(only({"a", "c"}), five()) == Targets{100, none, 100, none, none});
  CHECK(lowered(only({"b"}), five()) == Targets{none, 10, none, none, none});
  CHECK(raised(only({}), five()) == Targets{none, none, none, none, none});
  CHECK_THROWS_WITH(raised(only({"x"}), five()),
                    "Test: the strategy names class x, but y has no such class; it has a, b, c, d, e");
  CHECK_THROWS_AS(lowered(only({"a", "a"}), five()), InvalidOption);
}

TEST_CASE("a cleaner asks which classes may lose rows", "[strategy]") {
  using May = std::vector<bool>;
  const auto cleaned = [](const Strategy& strategy, const Classes& classes) {
    return strategy.cleaned(classes, "Test");
  };
  CHECK(cleaned(balance(), five()) ==
        May{false, true, true, false, true});               // both of the smallest, whatever their labels
  CHECK(cleaned(balance(), two(7, 7)) == May{true, true});  // none is the smallest
  CHECK(cleaned(not_minority(), five()) == May{false, true, true, true, true});
  CHECK(cleaned(majority(), five()) == May{false, true, false, false, false});
  CHECK(cleaned(not_majority(), five()) == May{true, false, true, true, true});
  CHECK(cleaned(all(), five()) == May(5, true));
  CHECK(cleaned(only({"a", "e"}), five()) == May{true, false, false, false, true});
  CHECK(cleaned(only({}), five()) == May(5, false));
  for (const auto& strategy :
       {minority(), ratio(0.5), counts({{"a", 3}}), targets([](auto) { return Strategy::Counts{}; })})
    CHECK_THROWS_AS(cleaned(strategy, five()), InvalidOption);
  CHECK_THROWS_AS(cleaned(all(), Classes({0, 0}, {"a"})), TooFewClasses);
  CHECK(cleaned(all(), Classes({0, 0, 2}, {"a", "b", "c"})) == May{true, false, true});
}

TEST_CASE("strategies compare and describe themselves", "[strategy]") {
  CHECK(balance() == Strategy());
  CHECK_FALSE(balance() == all());
  CHECK(ratio(0.5) == ratio(0.5));
  CHECK_FALSE(ratio(0.5) == ratio(0.6));
  CHECK(counts({{1, 5}}) == counts({{"1", 5}}));
  const auto function = targets([](auto) { return Strategy::Counts{}; });
  CHECK(function == Strategy(function));
  CHECK(balance().describe() == "balance()");
  CHECK(minority().describe() == "minority()");
  CHECK(majority().describe() == "majority()");
  CHECK(not_minority().describe() == "not_minority()");
  CHECK(not_majority().describe() == "not_majority()");
  CHECK(ratio(0.25).describe() == "ratio(0.25)");
  CHECK(counts({{1, 5}, {"x", 6}}).describe() == "counts({{1, 5}, {\"x\", 6}})");
  CHECK(only({1, "x"}).describe() == "only({1, \"x\"})");
  CHECK_FALSE(only({1}) == only({2}));
  CHECK(function.describe() == "targets(function)");
}
