// SPDX-License-Identifier: MIT
#include <rebalance/core/plan_bytes.hpp>

#include <initializer_list>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <rebalance/core/compose.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"
#include "../support/what.hpp"

namespace plan_bytes_test {

using namespace rebalance;

/// A plan with something of every kind: runs, copies, steps, a rule of each kind, donors, removals, rules for columns, notes.
Plan full_plan() {
  Plan plan(9);
  for (const Index row : {0, 1, 2, 5, 6}) plan.keep(row);
  plan.add_copy(3);
  plan.add(3, 8, 0.25);
  plan.add_by_rule(plan.add_rule({Rule::Kind::box, {}}), 3, 4, 0.5);
  plan.add_by_rule(plan.add_rule({Rule::Kind::noise, {0.5, 2}}), 3, 3, 0.75);
  const Matrix<double> normals{{1, -2}, {0.5, 3}};
  plan.add_by_rule(plan.add_rule({Rule::Kind::listed, {1, 2}, std::make_shared<const Matrix<double>>(normals)}), 4, 4,
                   2);
  const Donor donors[] = {{0, 7}, {1, 8}};
  plan.add_with_donors(3, 4, 0.125, donors);
  plan.remove(4, Reason::tomek_link);
  plan.remove(8, Reason::outvoted, 300);
  plan.rule_columns({integer({0}), from_base({1})});
  plan.note({"Smote", Label("ä"), "a note"});
  plan.note({"", {}, ""});
  return plan;
}

void check_same(const Plan& a, const Plan& b) {
  CHECK(a == b);
  CHECK(a.notes() == b.notes());
  CHECK(a.stages() == b.stages());
  CHECK(digest(a) == digest(b));
}

/// Bytes with the digest that belongs to what stands before it: only the reader itself is left to refuse them.
std::string with_digest(std::string content) {
  detail::ByteWriter digest;
  digest.word(detail::digest_of_bytes(content));
  return content + digest.bytes();
}

std::string content_of(const Plan& plan) {
  const std::string bytes = plan_bytes(plan);
  return bytes.substr(0, bytes.size() - 8);
}

/// A plan over `source_rows` with `rows` of which these bytes tell.
std::string claimed(std::uint64_t source_rows, std::uint64_t rows, const std::string& origins) {
  detail::ByteWriter out;
  for (const char letter : detail::plan_mark) out.byte(static_cast<unsigned char>(letter));
  for (const std::uint64_t number : {source_rows, rows, std::uint64_t{1}, std::uint64_t{0}}) out.count(number);
  return with_digest(out.bytes() + origins);
}

TEST_CASE("a plan comes back from its bytes as it was", "[plan_bytes]") {
  check_same(plan_of_bytes(plan_bytes(full_plan())), full_plan());
  check_same(plan_of_bytes(plan_bytes(full_plan()), 9),
             full_plan());  // rows that are made need not be as few as the input's
  check_same(plan_of_bytes(plan_bytes(Plan(0))), Plan(0));
  check_same(plan_of_bytes(plan_bytes(Plan::keep_all(1000))), Plan::keep_all(1000));
  CHECK(plan_bytes(Plan::keep_all(1'000'000)).size() < 40);  // one run

  Plan twice(2);  // kept more often than there are rows
  for (const Index row : {1, 0, 1, 0, 1}) twice.keep(row);
  check_same(plan_of_bytes(plan_bytes(twice)), twice);
  Plan backwards(300);
  for (Index row = 300; row-- > 0;) backwards.keep(row);
  check_same(plan_of_bytes(plan_bytes(backwards)), backwards);
  const Index rows[] = {2, 0};
  check_same(plan_of_bytes(plan_bytes(Plan::keep_only(3, rows))), Plan::keep_only(3, rows));  // no stage
}

TEST_CASE("the bytes of a plan are pinned", "[plan_bytes]") {
  Plan plan(4);
  plan.keep(0);
  plan.keep(1);
  plan.add(3, 1, 0.5);
  const std::string expected("rbplan1\4\3\1\0\0\2\0\2\1\2\3\0\0\0\0\0\0\340\77\0\0\0\0\0", 31);
  CHECK(content_of(plan) == expected);
  CHECK(detail::hex(detail::digest_of_bytes(expected)) == "7c71b0578aa06c5b");
}

TEST_CASE("a synthetic row takes eleven bytes or little more", "[plan_bytes]") {
  const Index rows = 3000;
  const auto X = sets::features(sets::Kind::continuous, rows, 4);
  const Plan plan = make_plan(X, sets::labels({2500, 500}), Smote{.seed = 1});
  CHECK(static_cast<double>(plan_bytes(plan).size()) / static_cast<double>(plan.size() - rows) < 12);
}

TEST_CASE("a plan that was cut off or changed in one byte is refused", "[plan_bytes]") {
  const std::string bytes = plan_bytes(full_plan());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_THROWS_AS(plan_of_bytes(std::string_view(bytes).substr(0, length)), InvalidPlan);
  CHECK_THROWS_AS(plan_of_bytes(bytes + '\0'), InvalidPlan);
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (int mask = 1; mask < 256; ++mask) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ mask);
      REQUIRE_THROWS_AS(plan_of_bytes(changed), InvalidPlan);
    }
}

TEST_CASE("whatever bytes bear the right digest, a plan comes out that can be used, or InvalidPlan", "[plan_bytes]") {
  const std::string content = content_of(full_plan());
  const Matrix<double> X = sets::features(sets::Kind::continuous, 9, 2);
  Index plans = 0, refused = 0;
  const auto read = [&](const std::string& changed) {
    try {
      const Plan plan = plan_of_bytes(with_digest(changed), 9);
      plan.check();
      CHECK(plan.source_rows() <= 9);
      ++plans;
      if (plan.source_rows() == 9) materialize(plan, X);
    } catch (const InvalidPlan&) {
      ++refused;
    }
  };
  for (std::size_t length = 0; length < content.size(); ++length) read(content.substr(0, length));
  for (std::size_t at = 0; at < content.size(); ++at)
    for (int value = 0; value < 256; ++value) {
      std::string changed = content;
      changed[at] = static_cast<char>(value);
      read(changed);
    }
  CHECK(plans > 1000);  // another step is a plan too
  CHECK(refused > 1000);
}

TEST_CASE("lengths that nothing stands behind are refused before memory is asked for", "[plan_bytes]") {
  constexpr std::uint64_t many = std::uint64_t{1} << 61, all = ~std::uint64_t{0};
  const auto run = [](unsigned form, std::uint64_t length) {
    detail::ByteWriter out;
    out.byte(form);
    out.count(length);
    out.way(0, 0);
    return out.bytes();
  };
  CHECK_THROWS_AS(plan_of_bytes(claimed(many, 1, run(0, 1))), InvalidPlan);  // rows of the input
  CHECK_THROWS_AS(plan_of_bytes(claimed(all, all, run(0, all)), std::numeric_limits<Index>::max()), InvalidPlan);
  CHECK_THROWS_AS(plan_of_bytes(claimed(9, many, run(0, many))), InvalidPlan);         // rows of the output
  CHECK_THROWS_AS(plan_of_bytes(claimed(9, 20, run(0, 9) + run(0, 9))), InvalidPlan);  // kept twice
  CHECK_THROWS_AS(plan_of_bytes(claimed(9, 9, run(0, 10))), InvalidPlan);
  CHECK_THROWS_AS(plan_of_bytes(claimed(9, 9, run(1, 9))), InvalidPlan);            // copies that do not follow
  CHECK_THROWS_AS(plan_of_bytes(claimed(9, 9, run(0, 0))), InvalidPlan);            // a run of nothing
  CHECK_THROWS_AS(plan_of_bytes(claimed(100, 100, run(0, 100)), 99), InvalidPlan);  // more than the caller has
  for (std::size_t places = 0; places < 6; ++places)  // rules, donors, removals, rules for columns, notes
    for (const std::uint64_t count : {many, all, std::uint64_t{1000}}) {
      detail::ByteWriter tail;
      tail.count(count);
      CHECK_THROWS_AS(plan_of_bytes(claimed(9, 9, run(0, 9) + std::string(places, '\0') + tail.bytes())), InvalidPlan);
    }
}

TEST_CASE("what is no plan is told from a plan of another version", "[plan_bytes]") {
  CHECK_THROWS_WITH(plan_of_bytes("PK zip archive, for one"), "these bytes are no plan: write one with plan_bytes");
  for (const char* cut_off : {"", "rbplan", "rbplan1", "rbplan1 1234567"})  // less than a mark and a digest
    CHECK_THROWS_WITH(plan_of_bytes(std::string_view(cut_off).substr(0, 14)),
                      "these bytes are no plan: write one with plan_bytes");
  std::string other = plan_bytes(Plan(3));
  other[6] = '2';
  CHECK_THROWS_WITH(plan_of_bytes(other),
                    "this plan has the form '2', this library reads '1': read it with the version that wrote it");
}

TEST_CASE("the first row may have a rule or donors, and a step of 0 may lie between two rows", "[plan_bytes]") {
  Plan plan(5);
  plan.add_by_rule(plan.add_rule({Rule::Kind::noise, {1, 2}}), 2, 2, 0.5);
  plan.add(1, 4, 0);
  plan.add_by_rule(plan.add_rule({Rule::Kind::box, {}}), 1, 4, 1);  // the step of a rule may be any number
  check_same(plan_of_bytes(plan_bytes(plan)), plan);
  Plan donors(5);
  donors.add_with_donors(0, 1, 0.5, std::vector<Donor>{{2, 3}, {3, 4}});
  donors.add_with_donors(3, 2, 0.5, std::vector<Donor>{{2, 3}});
  check_same(plan_of_bytes(plan_bytes(donors)), donors);
}

TEST_CASE("a synthetic row that was removed comes back with its parents and its step", "[plan_bytes]") {
  Plan first = Plan::keep_all(4);
  first.add(1, 3, 0.375);
  first.add_copy(2);
  Plan second(6);
  second.keep(0);
  second.remove(4, Reason::outvoted);
  second.remove(5, Reason::tomek_link);
  const Plan plan = compose(first, second);
  REQUIRE(plan.removed()[0].origin == Origin{1, 3, 0.375});
  check_same(plan_of_bytes(plan_bytes(plan)), plan);
}

TEST_CASE("many of a kind are not refused as too many for their bytes", "[plan_bytes]") {
  Plan rules(3), removals(3), columns(3), lists(3), notes(3);
  for (Index i = 0; i < 200; ++i) {
    rules.add_rule({Rule::Kind::box, {}});
    removals.remove(1, Reason::outvoted);
    notes.note({"", {}, ""});
  }
  std::vector<Index> many(100);
  std::iota(many.begin(), many.end(), Index{0});
  columns.rule_columns({integer({}), integer({}), integer({}), integer({}), from_base(many)});
  lists.add_rule({Rule::Kind::listed, std::vector<double>(300, 1.0),
                  std::make_shared<const Matrix<double>>(Matrix<double>::Ones(50, 300))});
  for (const Plan* plan : {&rules, &removals, &columns, &lists, &notes})
    check_same(plan_of_bytes(plan_bytes(*plan)), *plan);
}

TEST_CASE("copies take two bytes, as long as the next is near", "[plan_bytes]") {
  Plan plan(200);
  for (Index row = 0; row < 100; ++row) plan.add_copy(row);
  CHECK(content_of(plan).size() < content_of(Plan(200)).size() + 110);
}

TEST_CASE("a choice that there is not is refused where it stands", "[plan_bytes]") {
  const auto bytes = [](std::initializer_list<unsigned> values) {
    detail::ByteWriter out;
    for (const unsigned value : values) out.byte(value);
    return out.bytes();
  };
  const auto number = [](double value) {
    detail::ByteWriter out;
    out.number(value);
    return out.bytes();
  };
  const auto fault = [](const std::string& of_plan) { return what([&] { plan_of_bytes(of_plan); }); };
  const auto ends_with = [](const char* end) {
    return Catch::Matchers::EndsWith(std::string(end) + "; read the file anew or make it again");
  };
  const std::string kept =
      bytes({0, 1, 0});  // one row; then come the columns of rules and of donors, removals, rules for columns
  REQUIRE(fault(claimed(1, 1, kept + bytes({0, 0, 0, 0, 0}))) == "");
  CHECK_THAT(fault(claimed(1, 1, bytes({3, 1, 0, 0, 0, 0, 0, 0}))), ends_with("there is no form of rows 3"));
  CHECK_THAT(fault(claimed(1, 1, kept + bytes({2, 0, 0, 0, 0}))), ends_with("there is no column of rules 2"));
  CHECK_THAT(fault(claimed(1, 1, kept + bytes({0, 2, 0, 0, 0}))), ends_with("there is no column of donors 2"));
  CHECK_THAT(fault(claimed(1, 1, kept + bytes({0, 0, 1, 2, 0, 1, 0, 0, 0}))), ends_with("there is no reason 2"));
  CHECK_THAT(fault(claimed(1, 1, kept + bytes({0, 0, 1, 0, 3, 1, 0, 0, 0}))), ends_with("there is no form of rows 3"));
  const std::string grid = bytes({0}) + number(1) + number(0);  // no columns, step, origin
  REQUIRE(fault(claimed(1, 1, kept + bytes({0, 0, 0, 1, 2}) + grid + bytes({0}))) == "");
  CHECK_THAT(fault(claimed(1, 1, kept + bytes({0, 0, 0, 1, 3}) + grid + bytes({0}))),
             ends_with("there is no kind of column 3"));

  // A plan over no rows, with a rule.
  const auto with_rule = [&](std::initializer_list<unsigned> rule) {
    std::string content = claimed(0, 0, "");
    content.resize(content.size() - 9);  // the digest, and that there are no rules
    return with_digest(content + bytes({1}) + bytes(rule) + bytes({0, 0, 0, 0, 0}));
  };
  REQUIRE(fault(with_rule({2, 0, 0})) == "");
  CHECK_THAT(fault(with_rule({3, 0, 0})), ends_with("there is no kind of rule 3"));
  CHECK_THAT(fault(with_rule({0, 0, 2})), ends_with("there is no list of normals 2"));

  // What plan.check does not look at again: the steps of rows that were removed.
  const auto removed = [&](double step) {
    return claimed(1, 1, kept + bytes({0, 0, 1, 0, 2, 1, 0, 0}) + number(step) + bytes({0, 0}));
  };
  REQUIRE(fault(removed(0.5)) == "");
  CHECK_THAT(fault(removed(std::numeric_limits<double>::infinity())), ends_with("a step is not finite"));
  // As many donors as there are bytes behind are asked for, and no more.
  CHECK_THAT(fault(claimed(2, 2, bytes({0, 2, 0}) + bytes({0, 1, 2, 9}) + std::string(17, '\0'))),
             ends_with("there are not as many donors as it says"));
}

}  // namespace plan_bytes_test
