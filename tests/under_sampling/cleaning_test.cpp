// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/cleaning.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using cleaned::RowNumbers;
using detail::Cleaning;
using detail::Suspect;

namespace {

Classes classes_of(const std::vector<std::uint32_t>& codes) { return {codes, {Label("a"), Label("b"), Label("c")}}; }

}  // namespace

TEST_CASE("suspects go, the rest stays in order, and the plan lists both", "[cleaning]") {
  const Classes classes = classes_of({0, 1, 0, 1, 0});
  Cleaning cleaning("Test", classes, Reason::outvoted, 1);
  CHECK(cleaning.remove({{3, 1, 0, 0}}) == 1);
  CHECK_FALSE(cleaning.has(3));
  CHECK(cleaning.count(1) == 1);
  CHECK(cleaning.remove({{4, 1, 0, 0}, {0, 1, 0, 0}}, 1) == 2);
  const Plan plan = cleaning.plan();
  CHECK(cleaned::kept(plan) == RowNumbers{1, 2});
  CHECK(plan.removed() == std::vector<Removal>{{{3, 3, 0}, Reason::outvoted, 1},
                                               {{0, 0, 0}, Reason::outvoted, 2},
                                               {{4, 4, 0}, Reason::outvoted, 2}});
  CHECK(plan.notes().empty());
}

TEST_CASE("removals are listed by pass, then by row", "[cleaning]") {
  const Classes classes = classes_of({0, 0, 0, 0, 1});
  Cleaning cleaning("Test", classes, Reason::outvoted, 1);
  cleaning.remove({{2, 1, 0, 0}, {0, 2, 0, 0}, {1, 1, 0, 0}});
  CHECK(cleaned::removed(cleaning.plan()) == RowNumbers{1, 2, 0});
}

TEST_CASE("the floor keeps the best supported: most friends, then the farther foe, then the smaller row",
          "[cleaning]") {
  const Classes classes = classes_of({0, 0, 0, 0, 0, 1});
  const std::vector<Suspect> suspects{{0, 1, 0, 9}, {1, 1, 1, 2}, {2, 1, 1, 3}, {3, 1, 1, 3}, {4, 1, 0, 1}};
  const auto kept = [&](Index floor) {
    Cleaning cleaning("Test", classes, Reason::outvoted, floor);
    cleaning.remove(suspects);
    return cleaned::kept(cleaning.plan());
  };
  CHECK(kept(0) == RowNumbers{5});
  CHECK(kept(1) == RowNumbers{2, 5});
  CHECK(kept(2) == RowNumbers{2, 3, 5});
  CHECK(kept(3) == RowNumbers{1, 2, 3, 5});
  CHECK(kept(4) == RowNumbers{0, 1, 2, 3, 5});
  CHECK(kept(9) == RowNumbers{0, 1, 2, 3, 4, 5});  // more than there are: all
}

TEST_CASE("the floor holds over several passes", "[cleaning]") {
  const Classes classes = classes_of({0, 0, 0, 0, 1});
  Cleaning cleaning("Test", classes, Reason::outvoted, 2);
  CHECK(cleaning.remove({{0, 1, 0, 1}}) == 1);
  CHECK(cleaning.remove({{1, 1, 0, 1}, {2, 1, 0, 2}, {3, 1, 0, 3}}, 1) == 1);
  CHECK(cleaning.remove({{2, 1, 0, 2}, {3, 1, 0, 3}}, 2) == 0);
  const Plan plan = cleaning.plan();
  CHECK(cleaned::kept(plan) == RowNumbers{2, 3, 4});
  CHECK(cleaned::note(plan, "a") == "would have lost all 4 rows; kept 2, the best supported (min_per_class = 2)");
}

TEST_CASE("a class that the floor saved, and one that vanished, are told", "[cleaning]") {
  const Classes classes = classes_of({0, 0, 0, 1});
  const std::vector<Suspect> suspects{{0, 1, 0, 1}, {1, 1, 0, 1}, {3, 1, 0, 1}};
  Cleaning guarded("Test", classes, Reason::outvoted, 2);
  guarded.remove(suspects);
  CHECK(cleaned::note(guarded.plan(), "a") ==
        "would have lost 2 of 3 rows; kept 2, the best supported (min_per_class = 2)");
  CHECK(cleaned::note(guarded.plan(), "b") ==
        "would have lost its only row; kept 1, the best supported (min_per_class = 2)");
  CHECK(cleaned::note(guarded.plan(), "c").empty());  // it had no rows to begin with

  Cleaning free("Test", classes, Reason::outvoted, 0);
  free.remove(suspects);
  CHECK(cleaned::note(free.plan(), "a").empty());
  CHECK(cleaned::note(free.plan(), "b") == "lost its only row; min_per_class = 1 would keep one");
}

TEST_CASE("the classes left count the rows left", "[cleaning]") {
  const Classes classes = classes_of({0, 1, 0, 1, 0});
  Cleaning cleaning("Test", classes, Reason::outvoted, 0);
  cleaning.remove({{0, 1, 0, 0}, {1, 1, 0, 0}});
  const Classes left = cleaning.classes();
  CHECK(std::vector<std::uint32_t>(left.codes().begin(), left.codes().end()) == std::vector<std::uint32_t>{0, 1, 0});
  CHECK(left.size() == 3);
}

TEST_CASE("a negative floor is refused", "[cleaning]") {
  const Classes classes = classes_of({0, 1});
  CHECK_THROWS_AS(Cleaning("Test", classes, Reason::outvoted, -1), InvalidOption);
}
