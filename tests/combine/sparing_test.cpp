// SPDX-License-Identifier: MIT
#include <rebalance/combine/sparing.hpp>

#include <rebalance/under_sampling/cleaning.hpp>

#include "../support/catch.hpp"
#include "../support/cleaned.hpp"

using namespace rebalance;
using cleaned::kept;
using cleaned::RowNumbers;

namespace {

/// Leaves out every row it may.
struct Everything {
  Strategy strategy = all();
};

template <class S>
std::vector<Index> judged_rows(const Everything& cleaner, const DataView<S>& data) {
  return detail::rows_of_classes(data.classes, cleaner.strategy.cleaned(data.classes, "Everything"));
}
template <class S>
Plan clean(const Everything&, const DataView<S>& data, std::span<const Index> judged, const Execution&) {
  detail::Cleaning cleaning("Everything", data.classes, Reason::outvoted, 0);
  std::vector<detail::Suspect> suspects;
  for (const Index row : judged) suspects.push_back({row, 1, 0, 0});
  cleaning.remove(suspects);
  return cleaning.plan();
}

Plan cleaned_plan(bool spare, const Strategy& strategy = all(),
                  std::vector<std::uint8_t> synthetic = {0, 0, 0, 0, 0, 1, 1}) {
  const auto X = cleaned::line({0, 1, 2, 3, 4, 5, 6});
  const std::vector<std::string> y{"a", "a", "a", "b", "b", "b", "b"};
  const Data data(X, y);
  DataView<double> view = data.view();
  view.synthetic = synthetic;
  return detail::Sparing<Everything>{"Combination", {strategy}, spare}.plan(view, {});
}

std::string note_of(const Plan& plan, const std::string& label) {
  std::string out;
  for (const Note& note : plan.notes())
    if (note.label.text == label && note.sampler == "Combination") out += note.text;
  return out;
}

}  // namespace

TEST_CASE("real and synthetic rows that went are counted by class", "[sparing]") {
  const Plan plan = cleaned_plan(false);
  CHECK(plan.size() == 0);
  CHECK(note_of(plan, "a") == "cleaning removed 3 real and 0 synthetic rows");
  CHECK(note_of(plan, "b") == "cleaning removed 2 real and 2 synthetic rows");
}

TEST_CASE("the real rows of a class that was filled up are spared, no others", "[sparing]") {
  const Plan plan = cleaned_plan(true);
  CHECK(kept(plan) == RowNumbers{3, 4});
  CHECK(note_of(plan, "a") == "cleaning removed 3 real and 0 synthetic rows");
  CHECK(note_of(plan, "b") == "cleaning removed 0 real and 2 synthetic rows");
  CHECK(cleaned::note(plan, "b") == note_of(plan, "b"));  // the cleaner does not say that b lost all its rows
}

TEST_CASE("classes that the strategy leaves alone lose nothing and get no note", "[sparing]") {
  const Plan plan = cleaned_plan(true, only({"b"}));
  CHECK(kept(plan) == RowNumbers{0, 1, 2, 3, 4});
  CHECK(note_of(plan, "a").empty());
}

TEST_CASE("without an earlier stage every row is real", "[sparing]") {
  const Plan plan = cleaned_plan(true, only({"b"}), {});
  CHECK(kept(plan) == RowNumbers{0, 1, 2});
  CHECK(note_of(plan, "b") == "cleaning removed 4 real and 0 synthetic rows");
}
