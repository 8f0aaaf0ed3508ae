// SPDX-License-Identifier: MIT
#include <rebalance/combine/smote_enn.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

namespace smote_enn_test {

using namespace rebalance;
using sets::Kind;

Matrix<double> overlapping(Kind kind = Kind::continuous) { return sets::features(kind, 160, 2); }
const std::vector<int> y = sets::labels({100, 40, 20});

/// Real and synthetic rows of a class that the plan lists as removed.
std::pair<Index, Index> gone(const Plan& plan, int label) {
  std::pair<Index, Index> out{0, 0};
  for (const Removal& removal : plan.removed())
    if (y[static_cast<std::size_t>(removal.origin.base)] == label)
      ++(removal.origin.synthetic() ? out.second : out.first);
  return out;
}

TEST_CASE("it is SMOTE, then editing of every class", "[smote_enn]") {
  for (const Kind kind : {Kind::continuous, Kind::lattice, Kind::duplicates}) {
    const auto X = overlapping(kind);
    for (const Vote vote : {Vote::majority, Vote::unanimous}) {
      const Smote smote{.k_neighbors = 3, .seed = 4};
      const EditedNearestNeighbors enn{.vote = vote, .strategy = all()};
      const auto out = resample(X, y, SmoteEnn{.smote = smote, .enn = enn});
      CHECK(out.plan == make_plan(X, y, smote, enn));
      CHECK(out.plan.stages() == 2);
      CHECK(materialize(out.plan, X) == out.X);
    }
  }
}

TEST_CASE("the plan names parents in the caller's rows and accounts for every row", "[smote_enn]") {
  const auto X = overlapping();
  const Plan plan = make_plan(X, y, SmoteEnn{.smote = {.seed = 4}});
  CHECK(plan.source_rows() == 160);
  CHECK(plan.size() + static_cast<Index>(plan.removed().size()) == 300);  // three classes of 100
  bool synthetic_seen = false;
  for (const Removal& removal : plan.removed()) {
    CHECK(removal.origin.base < 160);
    CHECK(removal.origin.neighbor < 160);
    CHECK(removal.reason == Reason::outvoted);
    synthetic_seen = synthetic_seen || removal.origin.synthetic();
  }
  CHECK(synthetic_seen);
}

TEST_CASE("notes count the real and the synthetic rows that each class lost", "[smote_enn]") {
  const auto X = overlapping();
  const Plan plan =
      make_plan(X, y, SmoteEnn{.smote = {.seed = 4}, .enn = {.vote = Vote::unanimous, .strategy = all()}});
  for (const int label : {0, 1, 2}) {
    const auto [real, synthetic] = gone(plan, label);
    CHECK(real > 0);
    CHECK((synthetic > 0) == (label > 0));
    CHECK(cleaned::note(plan, std::to_string(label)) ==
          "cleaning removed " + std::to_string(real) + " real and " + std::to_string(synthetic) + " synthetic rows");
  }
  CHECK(plan.notes().size() == 3);
}

TEST_CASE("spared: real rows of the classes that were filled up stay, all other outvoted rows go", "[smote_enn]") {
  const auto X = overlapping();
  SmoteEnn sampler{.smote = {.seed = 4}, .enn = {.vote = Vote::unanimous, .strategy = all()}};
  const Plan hard = make_plan(X, y, sampler);
  sampler.spare_real_rows = true;
  const Plan soft = make_plan(X, y, sampler);
  CHECK(gone(soft, 0) == gone(hard, 0));
  for (const int label : {1, 2}) {
    CHECK(gone(soft, label).first == 0);
    CHECK(gone(soft, label).second == gone(hard, label).second);
  }
  const auto out = resample(X, y, sampler);
  CHECK(out.counts[2].after >= 20);
}

TEST_CASE("separable classes are only filled up", "[smote_enn]") {
  Matrix<double> X = overlapping();
  for (Index row = 0; row < 160; ++row) X(row, 0) += 100.0 * y[static_cast<std::size_t>(row)];
  const Plan plan = make_plan(X, y, SmoteEnn{});
  CHECK(plan.size() == 300);
  CHECK(plan.notes().empty());
}

TEST_CASE("it works in a chain and on any number of threads, from both backends", "[smote_enn]") {
  const auto X = overlapping();
  const SmoteEnn sampler{.smote = {.seed = 4}};
  cleaned::check_execution(X, y, sampler);
  cleaned::check_execution(X, y, Chain{EditedNearestNeighbors{}, sampler});
}

TEST_CASE("options of both parts are checked", "[smote_enn]") {
  const auto X = overlapping();
  CHECK_THROWS_AS(make_plan(X, y, SmoteEnn{.smote = {.k_neighbors = 0}}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, SmoteEnn{.enn = {.n_neighbors = 0}}), InvalidOption);
  CHECK_THROWS_AS(make_plan(X, y, SmoteEnn{.enn = {.n_neighbors = 300}}), InvalidOption);
}

TEST_CASE("SmoteEnn is a value that can be compared and written down", "[smote_enn]") {
  CHECK(SmoteEnn{}.enn.strategy == all());
  CHECK(SmoteEnn{} == SmoteEnn{});
  CHECK_FALSE(SmoteEnn{.spare_real_rows = true} == SmoteEnn{});
  CHECK(SmoteEnn{}.describe() == "SmoteEnn{.smote = " + Smote{}.describe() +
                                     ", .enn = " + EditedNearestNeighbors{.strategy = all()}.describe() +
                                     ", .spare_real_rows = false}");
}

TEST_CASE("smote_enn: an option of the cleaner does not take a class out of the cleaning", "[smote_enn]") {
  // {.n_neighbors = 5} builds the member anew, with balance(): after over-sampling that must not spare the smaller label.
  const auto rows = sets::features(sets::Kind::continuous, 60, 2);
  const auto labels = sets::labels({45, 15});
  CHECK(make_plan(rows, labels, SmoteEnn{.enn = {.n_neighbors = 5}}) ==
        make_plan(rows, labels, SmoteEnn{.enn = {.n_neighbors = 5, .strategy = all()}}));
  CHECK(resample(rows, labels, SmoteEnn{.enn = {.n_neighbors = 5}}).counts[0].after < 45);
  CHECK(make_plan(rows, labels, SmoteEnn{.enn = {.strategy = only({1})}}).removed().size() <
        make_plan(rows, labels, SmoteEnn{}).removed().size());
}

}  // namespace smote_enn_test
