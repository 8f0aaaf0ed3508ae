// SPDX-License-Identifier: MIT
#include <rebalance/core/plan.hpp>

#include <cmath>
#include <limits>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("kept, copied and interpolated rows are told apart", "[plan]") {
  Plan plan(5);
  plan.keep(2);
  plan.add_copy(2);
  plan.add(1, 4, 0.25);
  plan.add(1, 4, 0.0);  // a step of 0 between two rows is still a synthetic row
  CHECK(plan.size() == 4);
  CHECK(plan[0] == Origin{2, 2, 0});
  CHECK_FALSE(plan[0].synthetic());
  CHECK(plan[1] == Origin{2, 2, 1});
  CHECK(plan[1].synthetic());
  CHECK(plan[2] == Origin{1, 4, 0.25});
  CHECK(plan[3].synthetic());
  CHECK(plan.rule(2) == nullptr);
  STATIC_REQUIRE(sizeof(Origin) == 24);
}

TEST_CASE("keep_all keeps every row in order", "[plan]") {
  const Plan plan = Plan::keep_all(3, 10);
  CHECK(plan.source_rows() == 3);
  REQUIRE(plan.size() == 3);
  for (Index row = 0; row < 3; ++row) CHECK(plan[row] == Origin{row, row, 0});
}

TEST_CASE("rules belong to rows", "[plan]") {
  Plan plan = Plan::keep_all(3);
  const auto box = plan.add_rule({Rule::Kind::box, {}, {}});
  plan.add_by_rule(box, 0, 1, 0.5);
  plan.add(0, 1, 0.5);
  CHECK(plan.rule(0) == nullptr);
  REQUIRE(plan.rule(3) != nullptr);
  CHECK(plan.rule(3)->kind == Rule::Kind::box);
  CHECK(plan.rule(4) == nullptr);
  CHECK_NOTHROW(plan.check());
}

TEST_CASE("a plan that refers to what is not there is found out", "[plan]") {
  for (const auto& [base, neighbor] : {std::pair<Index, Index>{-1, 0}, {3, 0}, {0, -1}, {0, 3}}) {
    Plan plan(3);
    plan.add(base, neighbor, 0.5);
    CHECK_THROWS_AS(plan.check(), InvalidPlan);
  }
  CHECK_THROWS_AS(Plan(-1), InvalidPlan);
  Plan undeclared(3);
  CHECK_THROWS_AS(undeclared.add_by_rule(1, 0, 1, 0.5), InvalidPlan);
  for (const double step : {-0.1, 1.0, 5.0, std::nan("")}) {
    Plan plan(3);
    plan.add(0, 1, step);
    CHECK_THROWS_AS(plan.check(), InvalidPlan);
  }
  for (const double scale : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    Plan plan(3);
    plan.add_rule({Rule::Kind::noise, {1, scale}, {}});
    CHECK_THROWS_AS(plan.check(), InvalidPlan);
  }
  for (const double line : {0.0, 3.0, -1.0}) {
    Plan listed(3);
    listed.add_by_rule(listed.add_rule({Rule::Kind::listed, {1, 1}, std::make_shared<Matrix<double>>(2, 2)}), 0, 0, line);
    CHECK_THROWS_AS(listed.check(), InvalidPlan);
  }
}

TEST_CASE("composition speaks of the first input", "[plan]") {
  Plan first(10);  // rows 7, 3, and one between them
  first.keep(7);
  first.keep(3);
  first.add(7, 3, 0.5);
  first.note({"First", "a", "one"});

  Plan second(3);
  second.keep(2);         // the synthetic row stays what it is
  second.keep(0);
  second.add(1, 0, 0.25);  // between two kept rows
  second.add_copy(1);     // a copy of a kept row
  second.add_copy(2);     // a copy of a synthetic row
  second.note({"Second", "a", "two"});

  const Plan both = compose(first, second);
  CHECK(both.source_rows() == 10);
  CHECK(both.stages() == 2);
  REQUIRE(both.size() == 5);
  CHECK(both[0] == Origin{7, 3, 0.5});
  CHECK(both[1] == Origin{7, 7, 0});
  CHECK(both[2] == Origin{3, 7, 0.25});
  CHECK(both[3] == Origin{3, 3, 1});
  CHECK(both[4] == Origin{7, 3, 0.5});
  REQUIRE(both.notes().size() == 2);
  CHECK(both.notes()[0].text == "one");
  CHECK(both.notes()[1].text == "two");
}

TEST_CASE("rules survive composition", "[plan]") {
  Plan first = Plan::keep_all(3);
  first.add_by_rule(first.add_rule({Rule::Kind::noise, {1, 2}, {}}), 0, 0, 0.5);
  Plan second = Plan::keep_all(4);
  second.add_by_rule(second.add_rule({Rule::Kind::box, {}, {}}), 1, 2, 0.5);
  const Plan both = compose(first, second);
  CHECK(both.rule(2) == nullptr);
  REQUIRE(both.rule(3));
  CHECK(both.rule(3)->kind == Rule::Kind::noise);
  REQUIRE(both.rule(4));
  CHECK(both.rule(4)->kind == Rule::Kind::box);
  CHECK_NOTHROW(both.check());
}

TEST_CASE("plans compare by their rows and recipes", "[plan]") {
  Plan a = Plan::keep_all(3), b = a;
  CHECK(a == b);
  a.note({"Test", "x", "a note"});
  CHECK(a == b);
  b.add(0, 1, 0.5);
  CHECK_FALSE(a == b);
  a.add_by_rule(a.add_rule({Rule::Kind::box, {}, {}}), 0, 1, 0.5);
  CHECK_FALSE(a == b);
}

TEST_CASE("a composition checks what it is given", "[plan]") {
  Plan first(20), second(1), broken(20);
  first.keep(0);
  second.keep(7);
  broken.keep(20);
  CHECK_THROWS_AS(compose(first, second), InvalidPlan);
  CHECK_THROWS_AS(compose(broken, Plan(1)), InvalidPlan);
}

TEST_CASE("a synthetic row cannot be a parent", "[plan]") {
  Plan first = Plan::keep_all(3);
  first.add(0, 1, 0.5);
  Plan second(4);
  second.add(0, 3, 0.5);
  CHECK_THROWS_WITH(compose(first, second),
                    "row 0 would be made from row 3, which an earlier stage made; a synthetic row cannot be a parent, so put "
                    "the stage that adds rows first, or let the two stages fill different classes");
  Plan moved = Plan::keep_all(3);  // a copy moved by noise is no real row either
  moved.add_by_rule(moved.add_rule({Rule::Kind::noise, {1}, {}}), 0, 0, 0.5);
  CHECK_THROWS_AS(compose(moved, second), InvalidPlan);
  Plan copied = Plan::keep_all(3);  // a plain copy is
  copied.add_copy(2);
  CHECK(compose(copied, second)[0] == Origin{0, 2, 0.5});
  CHECK_THROWS_AS(compose(first, first), InvalidPlan);  // made for 3 rows, given 4
}
