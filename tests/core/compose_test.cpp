// SPDX-License-Identifier: MIT
#include <rebalance/core/compose.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("composition speaks of the first input", "[compose]") {
  Plan first(10);  // rows 7, 3, and one between them
  first.keep(7);
  first.keep(3);
  first.add(7, 3, 0.5);
  first.note({"First", "a", "one"});

  Plan second(3);
  second.keep(2);  // the synthetic row stays what it is
  second.keep(0);
  second.add(1, 0, 0.25);  // between two kept rows
  second.add_copy(1);      // a copy of a kept row
  second.add_copy(2);      // a copy of a synthetic row
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

TEST_CASE("rules survive composition", "[compose]") {
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

TEST_CASE("a composition checks what it is given", "[compose]") {
  Plan first(20), second(1), broken(20);
  first.keep(0);
  second.keep(7);
  broken.keep(20);
  CHECK_THROWS_AS(compose(first, second), InvalidPlan);
  CHECK_THROWS_AS(compose(broken, Plan(1)), InvalidPlan);
}

TEST_CASE("a synthetic row cannot be a parent", "[compose]") {
  Plan first = Plan::keep_all(3);
  first.add(0, 1, 0.5);
  Plan second(4);
  second.add(0, 3, 0.5);
  CHECK_THROWS_WITH(
      compose(first, second),
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

TEST_CASE("donors survive composition, and must be real rows", "[compose]") {
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

TEST_CASE("what was removed is told in rows of the first input", "[compose]") {
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
