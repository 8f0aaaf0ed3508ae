// SPDX-License-Identifier: MIT
#include <rebalance/core/plan.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include <rebalance/core/materialize.hpp>

#include "../support/catch.hpp"
#include "../support/what.hpp"

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
  Plan one_by_one(3);
  for (Index row = 0; row < 3; ++row) one_by_one.keep(row);
  CHECK(plan == one_by_one);
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
    CHECK_THROWS_WITH(plan.check(Execution{.threads = threads}),
                      Catch::Matchers::StartsWith("row 200000 of the plan has step 1.5"));
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
  for (const double noise : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    Plan plan(3);
    const Matrix<double> normals = Matrix<double>::Constant(1, 2, noise);
    plan.add_rule({Rule::Kind::listed, {1, 1}, std::make_shared<Matrix<double>>(normals)});
    CHECK_THROWS_AS(plan.check(), InvalidPlan);
  }
  for (const double line : {0.0, 3.0, -1.0}) {
    Plan listed(3);
    const Matrix<double> normals = Matrix<double>::Zero(2, 2);
    listed.add_by_rule(listed.add_rule({Rule::Kind::listed, {1, 1}, std::make_shared<Matrix<double>>(normals)}), 0, 0,
                       line);
    CHECK_THROWS_AS(listed.check(), InvalidPlan);
  }
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

TEST_CASE("what is not said of an origin, a donor or a removal is zero, and the first pass", "[plan]") {
  CHECK(Origin{} == Origin{0, 0, 0});
  CHECK(Donor{} == Donor{0, 0});
  CHECK(Removal{} == Removal{{0, 0, 0}, Reason::outvoted, 1});
  CHECK(Plan{} == Plan(0));
  CHECK(Plan{}.size() == 0);
  CHECK(Plan{}.stages() == 1);
}

TEST_CASE("a plan that keeps some rows selects, and is no stage", "[plan]") {
  const Plan plan = Plan::keep_only(5, std::vector<Index>{4, 1});
  CHECK(plan.source_rows() == 5);
  CHECK(plan.stages() == 0);
  REQUIRE(plan.size() == 2);
  CHECK(plan[0] == Origin{4, 4, 0});
  CHECK(plan[1] == Origin{1, 1, 0});
  CHECK(plan.is_selection());
}

TEST_CASE("a plan that makes a row is no selection, wherever the row stands", "[plan]") {
  CHECK(Plan(3).is_selection());
  for (Index made = 0; made < 3; ++made) {
    Plan copies(3), between(3), by_rule(3), with_donor(3);
    const auto rule = by_rule.add_rule({Rule::Kind::noise, {1}, {}});
    for (Index row = 0; row < 3; ++row) {
      copies.add_copy(row);
      row == made ? between.add(row, (row + 1) % 3, 0) : between.keep(row);
      row == made ? by_rule.add_by_rule(rule, row, row, 0.5) : by_rule.keep(row);
      row == made ? with_donor.add_with_donors(row, row, 0, std::vector<Donor>{{0, 1}}) : with_donor.keep(row);
    }
    CHECK(copies.is_selection());
    CHECK_FALSE(between.is_selection());
    CHECK_FALSE(by_rule.is_selection());
    CHECK_FALSE(with_donor.is_selection());
  }
}

TEST_CASE("a plan rewritten has the rows that were chosen, with their recipes where these were not given up",
          "[plan]") {
  Plan plan(4);
  plan.keep(0);
  const auto rule = plan.add_rule({Rule::Kind::noise, {1, 2}, {}});
  plan.add_by_rule(rule, 1, 1, 0.5);
  plan.add_by_rule(rule, 2, 2, 0.5);
  plan.add_with_donors(0, 1, 0.5, std::vector<Donor>{{1, 3}});
  plan.add_with_donors(0, 2, 0.5, std::vector<Donor>{{1, 3}});
  plan.remove(3, Reason::tomek_link);
  plan.note({"Test", {}, "a note"});
  plan.rule_columns({integer({1})});
  const Plan out = plan.rewritten([&](Index row) -> std::optional<Plan::Rewritten> {
    if (row == 0) return std::nullopt;
    if (row == 2 || row == 4) return Plan::Rewritten{{3, 3, 1}, true};
    return Plan::Rewritten{plan[row]};
  });
  REQUIRE(out.size() == 4);
  CHECK(out[0] == plan[1]);
  REQUIRE(out.rule(0));
  CHECK(out.rule(0)->kind == Rule::Kind::noise);
  CHECK(out[1] == Origin{3, 3, 1});
  CHECK(out.is_verbatim(1));
  CHECK(out[2] == plan[3]);
  CHECK(std::vector<Donor>(out.donors(2).begin(), out.donors(2).end()) == std::vector<Donor>{{1, 3}});
  CHECK(out.is_verbatim(3));
  CHECK(out.removed() == plan.removed());
  CHECK(out.notes() == plan.notes());
  CHECK(out.column_rules() == plan.column_rules());
  CHECK(out.stages() == plan.stages());
}

TEST_CASE("plans whose rows are equal differ by each part of their recipes", "[plan]") {
  const auto normals = [](double value) { return std::make_shared<const Matrix<double>>(Matrix<double>{{value, 1}}); };
  const Rule listed{Rule::Kind::listed, {1, 1}, normals(2)};
  CHECK(listed == Rule{Rule::Kind::listed, {1, 1}, listed.normals});
  CHECK(listed == Rule{Rule::Kind::listed, {1, 1}, normals(2)});  // the same values elsewhere
  CHECK_FALSE(listed == Rule{Rule::Kind::listed, {1, 1}, normals(3)});
  CHECK_FALSE(listed == Rule{Rule::Kind::listed, {1, 1}, nullptr});
  CHECK_FALSE(Rule{Rule::Kind::listed, {1, 1}, nullptr} == listed);
  CHECK_FALSE(listed == Rule{Rule::Kind::listed, {1, 2}, listed.normals});
  CHECK_FALSE(listed == Rule{Rule::Kind::noise, {1, 1}, listed.normals});

  const Plan plain = Plan::keep_all(3);
  CHECK_FALSE(plain == Plan::keep_only(4, std::vector<Index>{0, 1, 2}));
  Plan one = plain, two = plain, other = plain, donor = plain, removal = plain, columns = plain;
  one.add_rule(listed);
  two.add_rule(listed);
  two.add_rule(listed);
  other.add_rule({Rule::Kind::box, {}, {}});
  CHECK_FALSE(one == two);
  CHECK_FALSE(one == other);
  two = one;
  one.add_by_rule(1, 0, 0, 1);
  two.add_copy(0);
  CHECK_FALSE(one == two);
  donor.add_with_donors(0, 1, 0.5, std::vector<Donor>{{0, 2}});
  other = plain;
  other.add_with_donors(0, 1, 0.5, std::vector<Donor>{{1, 2}});
  CHECK_FALSE(donor == other);
  removal.remove(1, Reason::outvoted);
  CHECK_FALSE(removal == plain);
  columns.rule_columns({integer({0})});
  CHECK_FALSE(columns == plain);
}

TEST_CASE("what is wrong with a plan is told with the row and what there is", "[plan]") {
  const auto fault = [](const auto& spoil) {
    Plan plan = Plan::keep_all(3);
    spoil(plan);
    return what([&] { plan.check(); });
  };
  CHECK(fault([](Plan& plan) { plan.add(0, 3, 0.5); }) ==
        "row 3 of the plan has base 0 and neighbor 3; both must be rows of the input, 0 to 2");
  CHECK(fault([](Plan& plan) { plan.add_with_donors(0, 1, 0.5, std::vector<Donor>{{0, 3}}); }) ==
        "row 3 of the plan takes column 0 from row 3; the column cannot be negative and the row must be one of the "
        "input, 0 to 2");
  CHECK(fault([](Plan& plan) { plan.remove(3, Reason::outvoted); }) ==
        "the plan removes a row with base 3 and neighbor 3; both must be rows of the input, 0 to 2");
  CHECK(fault([](Plan& plan) { plan.rule_columns({integer({-1})}); }).starts_with("in the plan "));
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK(fault([&](Plan& plan) { plan.add_by_rule(plan.add_rule({Rule::Kind::box, {}, {}}), 0, 1, infinite); }) ==
        "row 3 of the plan has step inf; it must be a finite number");
  CHECK(fault([&](Plan& plan) { plan.add(1, 1, infinite); }) ==
        "row 3 of the plan has step inf; it must be a finite number");
  const auto normals = std::make_shared<Matrix<double>>(2, 3);
  CHECK(fault([&](Plan& plan) { plan.add_by_rule(plan.add_rule({Rule::Kind::listed, {1, 1}, normals}), 0, 0, 1); }) ==
        "row 3 of the plan takes its noise from line 1 of a list that has no such line");
  CHECK(fault([&](Plan& plan) { plan.add_by_rule(plan.add_rule({Rule::Kind::listed, {1, 1}, {}}), 0, 0, 1); }) != "");
  CHECK(fault([&](Plan& plan) {
          plan.add_by_rule(plan.add_rule({Rule::Kind::listed, {1, 1, 1}, normals}), 0, 0, 2);
        }) == "");
  CHECK(fault([](Plan& plan) { plan.add_rule({Rule::Kind::noise, {0}, {}}); }) == "");
  CHECK(what([] { Plan(3).add_by_rule(1, 0, 0, 0.5); }) ==
        "rule 1 is not declared; the plan has 0: call add_rule first");
}
