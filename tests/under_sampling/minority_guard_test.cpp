// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/minority_guard.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using detail::Cleaning;
using detail::MinorityGuard;

namespace {

struct Outcome {
  bool stops;
  std::string note;  // about class `of`
};

Outcome after_removing(const std::vector<std::uint32_t>& codes, const std::vector<Index>& rows, bool allow_minority,
                       std::string of) {
  const Classes classes(codes, {Label("a"), Label("b"), Label("c")});
  Cleaning cleaning("Test", classes, Reason::outvoted, 0);
  std::vector<detail::Suspect> suspects;
  for (const Index row : rows) suspects.push_back({row, 1, 0, 0});
  cleaning.remove(suspects);
  const bool stops = MinorityGuard(classes, allow_minority).stops(cleaning, 2);
  Plan plan = cleaning.plan();
  std::string note;
  for (const Note& each : plan.notes())
    if (each.label.text == of && each.text.starts_with("stopped")) note = each.text;
  return {stops, note};
}

}  // namespace

TEST_CASE("it stops when a class is smaller than the smallest was", "[guard]") {
  const std::vector<std::uint32_t> codes{0, 0, 0, 0, 1, 1};
  CHECK_FALSE(after_removing(codes, {0, 1}, false, "a").stops);  // as many left: not yet
  const auto [stops, note] = after_removing(codes, {0, 1, 2}, false, "a");
  CHECK(stops);
  CHECK(note == "stopped after pass 2, which left 1 row, fewer than the 2 of the smallest class at first");
  CHECK_FALSE(after_removing(codes, {0, 1, 2}, true, "a").stops);
}

TEST_CASE("the smallest class itself may lose rows, but not all", "[guard]") {
  const std::vector<std::uint32_t> codes{0, 0, 0, 0, 1, 1};
  CHECK_FALSE(after_removing(codes, {4}, false, "b").stops);
  for (const bool allow : {false, true})
    CHECK(after_removing(codes, {4, 5}, allow, "b").note == "stopped after pass 2, which left no row");
}

TEST_CASE("of equally small classes the one seen first is the smallest; classes without rows do not count", "[guard]") {
  const std::vector<std::uint32_t> codes{1, 0, 0, 1};  // b is seen first; c has no rows
  CHECK_FALSE(after_removing(codes, {0}, false, "b").stops);
  CHECK(after_removing(codes, {1}, false, "a").stops);
}
