// SPDX-License-Identifier: MIT
#include <rebalance/core/plan.hpp>

#include <cmath>
#include <limits>

#include <rebalance/core/materialize.hpp>

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

TEST_CASE("rows added together are rows added one by one", "[plan]") {
  const std::vector<Donor> donors{{0, 1}, {1, 2}, {0, 2}, {1, 0}};
  Plan one(3), many(3);
  for (Plan* plan : {&one, &many}) {
    plan->keep(2);
    plan->add_rule({Rule::Kind::box, {}, {}});
  }
  one.add(0, 1, 0.5);
  one.add_copy(2);
  one.add_by_rule(1, 1, 0, 0.25);
  one.add_with_donors(0, 1, 0.5, std::span(donors).first(2));
  one.add_with_donors(1, 2, 0.75, std::span(donors).last(2));
  one.keep(0);

  many.add_rows(0);
  const auto plain = many.add_rows(2);
  plain.origins[0] = {0, 1, 0.5};
  plain.origins[1] = {2, 2, 1};
  CHECK(plain.donors.empty());
  many.add_rows(1, 1).origins[0] = {1, 0, 0.25};
  const auto with_donors = many.add_rows(2, 0, 2);
  with_donors.origins[0] = {0, 1, 0.5};
  with_donors.origins[1] = {1, 2, 0.75};
  std::copy(donors.begin(), donors.end(), with_donors.donors.begin());
  many.add_rows(1).origins[0] = {0, 0, 0};

  CHECK(many == one);
  CHECK(many.has_donors());
  CHECK_NOTHROW(many.check());
  CHECK(std::vector<Donor>(many.donors(5).begin(), many.donors(5).end()) == std::vector<Donor>{{0, 2}, {1, 0}});
  CHECK(many.donors(6).empty());
  CHECK_THROWS_AS(many.add_rows(1, 2), InvalidPlan);
}

TEST_CASE("of several wrong rows the first is told, on any number of threads", "[plan]") {
  Plan plan = Plan::keep_all(200'000, 0, Execution{.threads = 3});
  CHECK(plan == Plan::keep_all(200'000));
  plan.add(0, 1, 1.5);
  for (Index row = 0; row < 100'000; ++row) plan.keep(row);
  plan.add(-1, 0, 0.5);
  for (const int threads : {1, 2, 3})
    CHECK_THROWS_WITH(plan.check(Execution{.threads = threads}), Catch::Matchers::StartsWith("row 200000 of the plan has step 1.5"));
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
                    "a row would be made from row 3, which an earlier stage made; a synthetic row cannot be a parent, so put "
                    "the stage that adds rows first, or let the two stages fill different classes");
  Plan moved = Plan::keep_all(3);  // a copy moved by noise is no real row either
  moved.add_by_rule(moved.add_rule({Rule::Kind::noise, {1}, {}}), 0, 0, 0.5);
  CHECK_THROWS_AS(compose(moved, second), InvalidPlan);
  Plan copied = Plan::keep_all(3);  // a plain copy is
  copied.add_copy(2);
  CHECK(compose(copied, second)[0] == Origin{0, 2, 0.5});
  CHECK_THROWS_AS(compose(first, first), InvalidPlan);  // made for 3 rows, given 4
}

TEST_CASE("a cell with a donor is the donor's, whatever else the row is", "[plan]") {
  Plan plan = Plan::keep_all(3);
  plan.add_with_donors(0, 1, 0.5, std::vector<Donor>{{1, 2}, {3, 0}});
  plan.add(0, 2, 0.25);
  plan.add_with_donors(2, 2, 1, std::vector<Donor>{{0, 1}});
  CHECK(plan.donors(0).empty());
  CHECK(plan.donors(4).empty());
  REQUIRE(plan.donors(3).size() == 2);
  CHECK(plan.donors(3)[0] == Donor{1, 2});
  CHECK(plan.donors(3)[1] == Donor{3, 0});
  CHECK(plan.is_verbatim(0));
  CHECK_FALSE(plan.is_verbatim(3));
  CHECK_FALSE(plan.is_verbatim(4));
  CHECK_FALSE(plan.is_verbatim(5));  // its base but for one cell
  CHECK_NOTHROW(plan.check());

  const Matrix<double> X{{0, 1, 2, 3}, {10, 11, 12, 13}, {20, 21, 22, 23}};
  CHECK(materialize(plan, X).row(3) == Matrix<double>{{5, 21, 7, 3}}.row(0));
  CHECK(materialize(plan, X).row(5) == Matrix<double>{{10, 21, 22, 23}}.row(0));
  CHECK_THROWS_AS(materialize(plan, Matrix<double>(X.leftCols(3))), InvalidPlan);  // column 3 is not there

  for (const Donor bad : {Donor{-1, 0}, Donor{0, 3}, Donor{0, -1}}) {
    Plan broken = Plan::keep_all(3);
    broken.add_with_donors(0, 1, 0.5, {&bad, 1});
    CHECK_THROWS_AS(broken.check(), InvalidPlan);
  }
}

TEST_CASE("donors survive composition, and must be real rows", "[plan]") {
  Plan first(5);
  for (const Index row : {4, 2, 0}) first.keep(row);
  first.add_with_donors(4, 2, 0.5, std::vector<Donor>{{1, 0}});
  Plan second = Plan::keep_all(4);
  second.add_with_donors(0, 1, 0.25, std::vector<Donor>{{1, 2}});
  second.add_copy(3);
  const Plan both = compose(first, second);
  CHECK(both.donors(2).empty());
  CHECK(both.donors(3)[0] == Donor{1, 0});
  CHECK(both.donors(4)[0] == Donor{1, 0});  // row 2 of the second input is row 0 of the first
  CHECK(both.donors(5)[0] == Donor{1, 0});

  Plan from_synthetic = Plan::keep_all(4);
  from_synthetic.add_with_donors(0, 1, 0.25, std::vector<Donor>{{1, 3}});
  CHECK_THROWS_AS(compose(first, from_synthetic), InvalidPlan);
}

TEST_CASE("what was removed is told in rows of the first input", "[plan]") {
  Plan first(5);
  for (const Index row : {4, 2}) first.keep(row);
  first.add(4, 2, 0.5);
  first.remove(0, Reason::tomek_link);
  Plan second(3);
  second.keep(0);
  second.remove(1, Reason::outvoted, 2);
  second.remove(2, Reason::outvoted, 3);
  const Plan both = compose(first, second);
  CHECK(both.removed() == std::vector<Removal>{{{0, 0, 0}, Reason::tomek_link, 1},
                                               {{2, 2, 0}, Reason::outvoted, 2},
                                               {{4, 2, 0.5}, Reason::outvoted, 3}});
  Plan same_rows(5);
  same_rows.keep(4);
  CHECK_FALSE(both == same_rows);  // the same rows, but nothing said of the others
  Plan broken(2);
  broken.remove(2, Reason::outvoted);
  CHECK_THROWS_AS(broken.check(), InvalidPlan);
  CHECK(name_of(Reason::tomek_link) == "tomek_link");
}
