// SPDX-License-Identifier: MIT
#include <rebalance/combine/smote_tomek.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

namespace smote_tomek_test {

using namespace rebalance;
using sets::Kind;

const std::vector<int> y = sets::labels({100, 40, 20});

TEST_CASE("it is SMOTE, then both ends of every Tomek link go", "[smote_tomek]") {
  for (const Kind kind : {Kind::continuous, Kind::lattice, Kind::duplicates}) {
    const auto X = sets::features(kind, 160, 2);
    const Smote smote{.k_neighbors = 3, .seed = 4};
    const auto out = resample(X, y, SmoteTomek{.smote = smote});
    CHECK(out.plan == make_plan(X, y, smote, TomekLinks{.ends = Ends::both}));
    CHECK(out.plan.size() + static_cast<Index>(out.plan.removed().size()) == 300);
    CHECK(materialize(out.plan, X) == out.X);
    for (const Removal& removal : out.plan.removed()) CHECK(removal.reason == Reason::tomek_link);
  }
}

TEST_CASE("notes count real and synthetic rows; the real rows of filled classes can be spared", "[smote_tomek]") {
  const auto X = sets::features(Kind::continuous, 160, 2);
  const auto gone = [&](const Plan& plan, int label, bool synthetic) {
    return std::count_if(plan.removed().begin(), plan.removed().end(), [&](const Removal& removal) {
      return y[static_cast<std::size_t>(removal.origin.base)] == label && removal.origin.synthetic() == synthetic;
    });
  };
  for (const bool spare : {false, true}) {
    const Plan plan = make_plan(X, y, SmoteTomek{.smote = {.seed = 4}, .spare_real_rows = spare});
    for (const int label : {0, 1, 2}) {
      CHECK((gone(plan, label, false) > 0) == (label == 0 || !spare));
      CHECK(cleaned::note(plan, std::to_string(label)) ==
            detail::text({"cleaning removed ", gone(plan, label, false), " real and ", gone(plan, label, true),
                          " synthetic rows"}));
    }
  }
}

TEST_CASE("threads and backends never change a bit of it", "[smote_tomek]") {
  for (const Kind kind : {Kind::continuous, Kind::lattice})
    cleaned::check_execution(sets::features(kind, 160, 2), y, SmoteTomek{.smote = {.seed = 4}});
}

TEST_CASE("SmoteTomek is a value that can be compared and written down", "[smote_tomek]") {
  CHECK(SmoteTomek{}.tomek.strategy == all());
  CHECK(SmoteTomek{} == SmoteTomek{});
  CHECK_FALSE(SmoteTomek{.smote = {.seed = 1}} == SmoteTomek{});
  CHECK(SmoteTomek{}.describe() == "SmoteTomek{.smote = " + Smote{}.describe() + ", .tomek = " +
                                       TomekLinks{.strategy = all()}.describe() + ", .spare_real_rows = false}");
}

TEST_CASE("smote_tomek: an option of the cleaner does not take a class out of the cleaning", "[smote_tomek]") {
  // {.strict = true} builds the member anew, with balance(): after over-sampling that must not spare the smaller label.
  const auto rows = sets::features(sets::Kind::continuous, 60, 2);
  const auto labels = sets::labels({45, 15});
  CHECK(make_plan(rows, labels, SmoteTomek{.tomek = {.strict = true}}) ==
        make_plan(rows, labels, SmoteTomek{.tomek = {.strategy = all(), .strict = true}}));
  CHECK(resample(rows, labels, SmoteTomek{.tomek = {.strict = true}}).counts[0].after < 45);
  CHECK(make_plan(rows, labels, SmoteTomek{.tomek = {.strategy = only({1})}}).removed().size() <
        make_plan(rows, labels, SmoteTomek{}).removed().size());
}

}  // namespace smote_tomek_test
