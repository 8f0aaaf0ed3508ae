// SPDX-License-Identifier: MIT
//
// Every kind of leak planted by itself and all together; the definitions once more, without any shortcut, on random
// sets; and real data, resampled before the split and after it.

#include <rebalance/rebalance.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../support/catch.hpp"
#include "../support/golden.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

namespace {

using RowList = std::vector<Index>;

/// The kinds that were found, by name: what is not named was not found.
std::map<std::string, RowList> found(const LeakageReport& report) {
  std::map<std::string, RowList> out{{"repeated_in_train", report.repeated_in_train},
                                     {"repeated_in_test", report.repeated_in_test},
                                     {"synthetic_in_test", report.synthetic_in_test},
                                     {"on_both_sides", report.on_both_sides},
                                     {"parent_in_test", report.parent_in_test},
                                     {"group_in_train", report.group_in_train},
                                     {"wrong_time", report.wrong_time},
                                     {"equal", report.equal},
                                     {"equal_other_label", report.equal_other_label},
                                     {"near", report.near}};
  std::erase_if(out, [](const auto& kind) { return kind.second.empty(); });
  return out;
}
using Found = std::map<std::string, RowList>;

/// Twelve rows on a line, one apart, in pairs of one group, one a day: 0 .. 7 for training, 8 .. 11 for testing.
///
///     row     0  1  2  3  4  5  6  7 | 8  9 10 11
///     x       0  1  2  3  4  5  6  7 | 8  9 10 11      median distance to the nearest training row: 1
///     group   a  a  b  b  c  c  d  d | e  e  f  f
///     time    0  1  2  3  4  5  6  7 | 8  9 10 11
///     y       0  1  0  1  0  1  0  1 | 0  1  0  1
struct Line {
  Matrix<double> X = Matrix<double>::Zero(12, 1);
  std::vector<int> y;
  std::vector<std::string> group;
  std::vector<double> time;
  Split split{{0, 1, 2, 3, 4, 5, 6, 7}, {8, 9, 10, 11}};

  Line() {
    for (Index row = 0; row < 12; ++row) {
      X(row, 0) = static_cast<double>(row);
      y.push_back(static_cast<int>(row % 2));
      group.push_back(std::string(1, static_cast<char>('a' + row / 2)));
      time.push_back(static_cast<double>(row));
    }
  }
  auto data() const { return Data(X, y).groups(group).times(time); }
  LeakageReport report(const LeakageRules& rules = {}) const { return leakage_report(data(), split, rules); }
};

const RowList line_test{8, 9, 10, 11};

Plan line_training() {  // the honest training side: row k is row k of the line
  Plan plan(12);
  for (Index row = 0; row < 8; ++row) plan.keep(row);
  return plan;
}

}  // namespace

// ---- One fault, one entry ---------------------------------------------------------------------------------------

TEST_CASE("a clean split has no fault of any kind, however it is given", "[leakage]") {
  const Line line;
  for (const auto order : {TimeOrder::forward, TimeOrder::purged, TimeOrder::any}) {
    const LeakageRules rules{.order = order};
    CHECK(found(line.report(rules)) == Found{});
    CHECK(found(leakage_report(line.data(), Plan::keep_all(12), line.split, rules)) == Found{});
    CHECK(found(leakage_report(line.data(), line_training(), line_test, rules)) == Found{});
  }
  CHECK(found(leakage_report(line.X.topRows(8), line.X.bottomRows(4))) == Found{});
  const auto report = line.report();
  CHECK(report.ok());
  CHECK(report.sound());
  CHECK(report.train_rows == 8);
  CHECK(report.test_rows == 4);
  CHECK(report.near_distance == 0.01);
}

TEST_CASE("a row that the split names twice is told once, and checked once", "[leakage]") {
  Line line;
  line.split.train.insert(line.split.train.end(), {3, 3});
  line.split.test.push_back(10);
  const auto report = line.report();
  CHECK(found(report) == Found{{"repeated_in_train", {3}}, {"repeated_in_test", {10}}});
  CHECK_FALSE(report.sound());
  CHECK(report.train_rows == 8);
  CHECK(report.test_rows == 4);
  CHECK(found(leakage_report(line.data(), line_training(), RowList{8, 8, 11})) == Found{{"repeated_in_test", {8}}});
}

TEST_CASE("a row on both sides shares neither group nor time nor values besides", "[leakage]") {
  Line line;
  SECTION("of the training side, put into the test") { line.split.test.push_back(3); }
  SECTION("of the test side, put into training") { line.split.train.push_back(9); }
  const Index planted = line.split.train.size() > 8 ? 9 : 3;
  const auto report = line.report();
  CHECK(found(report) == Found{{"on_both_sides", {planted}}});
  CHECK_FALSE(report.sound());
  CHECK(report.shared_groups == 0);
}

TEST_CASE("a plan that keeps a row twice may still not put it on both sides", "[leakage]") {
  const Line line;
  Plan plan(12);
  for (const Index row : {3, 4, 5, 3}) plan.keep(row);
  CHECK(found(leakage_report(line.data(), plan, Split{{0, 1}, {2, 3}}, {.order = TimeOrder::any})) ==
        Found{{"group_in_train", {2}}, {"on_both_sides", {3}}});
  CHECK(found(leakage_report(line.data(), plan, Split{{0, 3}, {1, 2}})) == Found{});  // twice in training: a choice
}

TEST_CASE("a synthetic row on the test side is one fault, whatever its parents", "[leakage]") {
  const Line line;
  const Split with_last{line.split.train, {8, 9, 10, 11, 12}};
  const auto planted = [&](const auto& add) {
    Plan plan = Plan::keep_all(12);
    add(plan);
    return found(leakage_report(line.data(), plan, with_last));
  };
  const Found expected{{"synthetic_in_test", {12}}};
  CHECK(planted([](Plan& plan) { plan.add(1, 3, 0.5); }) == expected);     // parents in training
  CHECK(planted([](Plan& plan) { plan.add(8, 10, 0.5); }) == expected);    // parents in the test
  CHECK(planted([](Plan& plan) { plan.add_copy(2); }) == expected);        // the original is in training
  CHECK(planted([](Plan& plan) { plan.add(1, 3, 0.0001); }) == expected);  // a near duplicate of its parent
  CHECK(planted([](Plan& plan) { plan.add(1, 3, 0); }) == expected);       // equal to its parent
}

TEST_CASE("a synthetic row that stands on both sides is a fault of the test side", "[leakage]") {
  const Line line;
  Plan plan = Plan::keep_all(12);
  plan.add(1, 3, 0.5);
  Split split = line.split;
  split.train.push_back(12);
  split.test.push_back(12);
  CHECK(found(leakage_report(line.data(), plan, split)) == Found{{"synthetic_in_test", {12}}});
}

TEST_CASE("a training row with a parent on the test side is one fault", "[leakage]") {
  const Line line;
  const Split with_last{{0, 1, 2, 3, 4, 5, 6, 7, 12}, line.split.test};
  const auto planted = [&](const auto& add) {
    Plan plan = Plan::keep_all(12);
    add(plan);
    Plan training = line_training();
    add(training);
    auto out = found(leakage_report(line.data(), plan, with_last));
    const auto named_by_place = found(leakage_report(line.data(), training, line_test));
    CHECK(out.size() == named_by_place.size());
    if (!out.empty()) CHECK(named_by_place == Found{{"parent_in_test", {8}}});
    return out;
  };
  const Found expected{{"parent_in_test", {12}}};
  CHECK(planted([](Plan& plan) { plan.add(9, 3, 0.5); }) == expected);
  CHECK(planted([](Plan& plan) { plan.add(3, 9, 0.5); }) == expected);
  CHECK(planted([](Plan& plan) { plan.add(9, 11, 0.5); }) == expected);
  CHECK(planted([](Plan& plan) { plan.add(9, 3, 0.0001); }) == expected);
  CHECK(planted([](Plan& plan) { plan.add_copy(9); }) == expected);  // its original is tested
  CHECK(planted([](Plan& plan) { plan.add_with_donors(1, 3, 0.5, std::vector<Donor>{{0, 9}}); }) == expected);
  CHECK(planted([](Plan& plan) { plan.add_by_rule(plan.add_rule({Rule::Kind::noise, {0.1}}), 9, 9, 0.3); }) ==
        expected);
  CHECK(planted([](Plan& plan) { plan.add(1, 3, 0.5); }) == Found{});
  CHECK(planted([](Plan& plan) { plan.add_copy(1); }) == Found{});
}

TEST_CASE("where a row is on both sides, its children in training are named too", "[leakage]") {
  const Line line;
  Plan training = line_training();
  training.add(3, 5, 0.5);   // 8
  training.add(1, 2, 0.25);  // 9
  CHECK(found(leakage_report(line.data(), training, RowList{3, 8, 9})) ==
        Found{{"on_both_sides", {3}}, {"parent_in_test", {8}}});
}

TEST_CASE("test rows of a group of the training side", "[leakage]") {
  Line line;
  line.group[9] = "a";
  auto report = line.report();
  CHECK(found(report) == Found{{"group_in_train", {9}}});
  CHECK(report.shared_groups == 1);
  CHECK_FALSE(report.sound());
  line.group[8] = line.group[10] = "b";
  report = line.report();
  CHECK(found(report) == Found{{"group_in_train", {8, 9, 10}}});
  CHECK(report.shared_groups == 2);
}

TEST_CASE("a synthetic training row has the groups of all its parents", "[leakage]") {
  Line line;
  line.group[5] = "e";  // not in training: only as a parent
  line.group[4] = "c";
  Plan plan(12);
  for (const Index row : {0, 1, 2, 3, 4, 6, 7}) plan.keep(row);
  SECTION("base") { plan.add(5, 3, 0.5); }
  SECTION("neighbor") { plan.add(3, 5, 0.5); }
  SECTION("donor") { plan.add_with_donors(3, 1, 0.5, std::vector<Donor>{{0, 5}}); }
  const auto report = leakage_report(line.data(), plan, RowList{8, 10, 11});
  CHECK(found(report) == Found{{"group_in_train", {8}}});
}

TEST_CASE("training rows later than the first test row, and the embargo before it", "[leakage]") {
  Line line;
  line.time[2] = 8;  // at the time of the first test row: not later
  CHECK(found(line.report()) == Found{});
  line.time[2] = 8.5;
  CHECK(found(line.report()) == Found{{"wrong_time", {2}}});
  CHECK_FALSE(line.report().sound());
  line.time[2] = 2;
  CHECK(found(line.report({.embargo = 1})) == Found{});
  CHECK(found(line.report({.embargo = 2.5})) == Found{{"wrong_time", {6, 7}}});
  CHECK(found(line.report({.order = TimeOrder::any})) == Found{});
}

TEST_CASE("a training row whose label is known too late", "[leakage]") {
  const Line line;
  auto ends = line.time;
  ends[3] = 9;
  const auto data = line.data().times(line.time, ends);
  CHECK(found(leakage_report(data, line.split)) == Found{{"wrong_time", {3}}});
  CHECK(found(leakage_report(data, line.split, {.order = TimeOrder::purged})) == Found{{"wrong_time", {3}}});
}

TEST_CASE("a synthetic training row has the time of its latest parent", "[leakage]") {
  Line line;
  line.time[5] = 9;  // no training row itself
  Plan plan(12);
  for (const Index row : {0, 1, 2, 3, 4, 6, 7}) plan.keep(row);
  SECTION("base") { plan.add(5, 3, 0.5); }
  SECTION("neighbor") { plan.add(3, 5, 0.5); }
  SECTION("donor") { plan.add_with_donors(3, 1, 0.5, std::vector<Donor>{{0, 5}}); }
  SECTION("original") { plan.add_copy(5); }
  CHECK(found(leakage_report(line.data(), plan, line_test)) == Found{{"wrong_time", {7}}});
  CHECK(found(leakage_report(line.data(), plan, line_test, {.order = TimeOrder::purged})) ==
        Found{{"wrong_time", {7}}});
}

// Training on both sides of two test blocks, [4, 5] and [9, 9.5]:
//
//     test                 |--4-5--|              |--9-9.5--|
//     training  0  1  2-3           6-7  7.5                    10  11
TEST_CASE("purged: intervals that meet a test interval, or begin within the embargo behind one", "[leakage]") {
  Matrix<double> X(9, 1);
  X << 0, 1, 2, 3, 4, 5, 6, 7, 8;
  const std::vector<int> y{0, 1, 0, 1, 0, 1, 0, 1, 0};
  std::vector<double> begin{0, 1, 2, 4, 9, 6, 7.5, 10, 11}, end{0, 1, 3, 5, 9.5, 7, 7.5, 10, 11};
  const Split split{{0, 1, 2, 5, 6, 7, 8}, {3, 4}};
  const auto wrong = [&](double embargo) {
    return leakage_report(Data(X, y).times(begin, end), split, {.embargo = embargo, .order = TimeOrder::purged})
        .wrong_time;
  };
  CHECK(wrong(0) == RowList{});
  CHECK(wrong(0.5) == RowList{7});
  CHECK(wrong(0.25) == RowList{});
  CHECK(wrong(1) == RowList{5, 7});
  CHECK(wrong(1.5) == RowList{5, 7, 8});
  end[2] = 4;  // touches
  CHECK(wrong(0) == RowList{2});
  end[0] = 20;  // spans everything
  CHECK(wrong(0) == RowList{0, 2});
}

TEST_CASE("a test row equal to a training row: with its label, and with others only", "[leakage]") {
  Line line;
  line.X(10, 0) = 2;  // row 2 has label 0, as has row 10
  auto report = line.report();
  CHECK(found(report) == Found{{"equal", {10}}});
  CHECK_FALSE(report.ok());
  CHECK(report.sound());
  line.X(10, 0) = 3;
  CHECK(found(line.report()) == Found{{"equal_other_label", {10}}});
  line.X(4, 0) = 3;  // now training rows of both labels have these values
  CHECK(found(line.report()) == Found{{"equal", {10}}});
  CHECK(found(leakage_report(line.X.topRows(8), line.X.bottomRows(4))) == Found{{"equal", {2}}});
}

TEST_CASE("equal test rows are no leak", "[leakage]") {
  Line line;
  line.X(10, 0) = line.X(11, 0);
  CHECK(found(line.report()) == Found{});
}

TEST_CASE("a test row near a training row, and not equal to any", "[leakage]") {
  Line line;
  line.X(10, 0) = 2.005;
  CHECK(found(line.report()) == Found{{"near", {10}}});
  CHECK(line.report().sound());
  line.X(11, 0) = 2.005;  // equal to each other
  CHECK(found(line.report()) == Found{{"near", {10, 11}}});
  line.X(11, 0) = 2;
  CHECK(found(line.report()) == Found{{"near", {10}}, {"equal_other_label", {11}}});
  CHECK(found(line.report({.near = 0.001})) == Found{{"equal_other_label", {11}}});
  CHECK(found(line.report({.near = 0})) == Found{{"equal_other_label", {11}}});
  CHECK(line.report({.near = 0}).near_distance == 0);
  CHECK(found(leakage_report(line.X.topRows(8), line.X.bottomRows(4))) == Found{{"near", {2}}, {"equal", {3}}});
}

TEST_CASE("a test row exactly at the near distance is not near", "[leakage]") {
  Line line;
  line.X(10, 0) = 2.25;
  CHECK(found(line.report({.near = 0.25})) == Found{});
  CHECK(found(line.report({.near = 0.2500001})) == Found{{"near", {10}}});
}

TEST_CASE("copies do not make the median distance 0", "[leakage]") {
  Line line;
  for (const Index row : {1, 2, 3, 4, 5}) line.X(row, 0) = 0;  // distinct: 0, 6, 7, at distances 6, 1, 1
  line.X(10, 0) = 6.009;
  const auto report = line.report();
  CHECK(found(report) == Found{{"near", {10}}});
  CHECK(report.near_distance == 0.01);
}

TEST_CASE("all kinds at once, each once", "[leakage]") {
  Line line;
  line.group[9] = "a";
  line.time[1] = 8.5;
  Matrix<double> X(16, 1);
  X.topRows(12) = line.X;
  X.bottomRows(4) << 2, 5, 4.005, 30;
  line.X = X;
  line.y.insert(line.y.end(), {0, 0, 1, 1});
  line.group.insert(line.group.end(), {"m", "n", "o", "p"});
  line.time.insert(line.time.end(), {12, 13, 14, 15});
  Plan plan = Plan::keep_all(16);
  plan.add(0, 2, 0.5);    // 16
  plan.add(4, 11, 0.25);  // 17
  plan.add_copy(6);       // 18
  plan.add(5, 7, 0.125);  // 19: no fault
  const Split split{{0, 1, 2, 3, 3, 4, 5, 6, 7, 17, 19, 15}, {8, 9, 10, 11, 11, 12, 13, 14, 15, 16, 18}};
  const auto report = leakage_report(line.data(), plan, split);
  CHECK(found(report) == Found{{"repeated_in_train", {3}},
                               {"repeated_in_test", {11}},
                               {"synthetic_in_test", {16, 18}},
                               {"on_both_sides", {15}},
                               {"parent_in_test", {17}},
                               {"group_in_train", {9}},
                               {"wrong_time", {1}},
                               {"equal", {12}},
                               {"equal_other_label", {13}},
                               {"near", {14}}});
  CHECK(report.shared_groups == 1);
  CHECK(report.train_rows == 11);
  CHECK(report.test_rows == 10);
}

// ---- Values -----------------------------------------------------------------------------------------------------

TEST_CASE("zeros are equal, NaN are, and what has no distance is left out by name", "[leakage]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  Matrix<double> train(5, 2), test(4, 2);
  train << 0, nan, 1, infinity, 0, 0, 1, 1, 2, 2;
  test << -0.0, -nan, 1, infinity, nan, 5, -0.0, 0;
  const auto report = leakage_report(train, test);
  CHECK(found(report) == Found{{"equal", {0, 1, 3}}});
  CHECK(report.unchecked.at(4) == "near duplicates of 3 rows with NaN, infinite or too large features");
  const std::vector<int> y{0, 1, 0, 1, 0};
  CHECK(found(leakage_report(Data(train, y), Split{{0, 2, 3}, {1, 4}})) == Found{});
}

TEST_CASE("a training side of one distinct row, or of none with distances, is told", "[leakage]") {
  Matrix<double> train = Matrix<double>::Ones(3, 1);
  Matrix<double> test(2, 1);
  test << 1, 1.0000001;
  const auto report = leakage_report(train, test);
  CHECK(found(report) == Found{{"equal", {0}}});
  CHECK(report.near_distance == 0);
  CHECK(report.unchecked.back() == "near duplicates (no two training rows have a distance to compare with)");
  train.setConstant(std::numeric_limits<double>::quiet_NaN());
  CHECK(found(leakage_report(train, test)) == Found{});
}

TEST_CASE("a full leak leaves nothing else to check", "[leakage]") {
  const Line line;
  const auto report = leakage_report(line.data(), Split{{0, 1, 2}, {2, 1, 0}});
  CHECK(found(report) == Found{{"on_both_sides", {0, 1, 2}}});
}

TEMPLATE_TEST_CASE("scalar, layout and expressions do not matter", "[leakage]", float, double) {
  Line line;
  line.X(10, 0) = 2;
  line.X(9, 0) = 3.0078125;  // exact in float
  const Found expected{{"equal", {10}}, {"near", {9}}};
  const Eigen::Matrix<TestType, Eigen::Dynamic, Eigen::Dynamic> wide =
      line.X.replicate(1, 3).template cast<TestType>();  // column-major
  const Matrix<TestType> rows = wide;
  CHECK(found(leakage_report(Data(wide, line.y).groups(line.group).times(line.time), line.split)) == expected);
  CHECK(found(leakage_report(Data(rows, line.y), line.split)) == expected);
  const Found by_place{{"equal", {2}}, {"near", {1}}};
  CHECK(found(leakage_report(wide.topRows(8), rows.bottomRows(4))) == by_place);
  CHECK(found(leakage_report(rows.topRows(8) * TestType(2), wide.bottomRows(4) * TestType(2))) == by_place);
}

TEST_CASE("the sides of a fold may be compared as matrices", "[leakage]") {
  const auto X = sets::features(sets::Kind::continuous, 90, 3);
  const auto y = sets::labels({60, 30});
  const Folds folds(X, y, std::vector<Split>{{sets::numbers(60), {60, 61, 62}}});
  const auto train = folds[0].train(Smote{.seed = 1});
  const auto test = folds[0].test();
  CHECK(found(leakage_report(train.X, test.X, {.near = 0})) == Found{});
  const auto report = leakage_report(Data(X, y), train.plan, test.rows, {.near = 0});
  CHECK(found(report) == Found{});
  CHECK(report.train_rows == train.X.rows());
}

// ---- By the definitions -----------------------------------------------------------------------------------------

namespace {

/// A row of a side as the definitions see it.
struct Seen {
  Index name;
  bool synthetic;
  std::set<Index> parents;  // of a real row: itself
  std::vector<double> values;
  int label;
};

struct World {
  Matrix<double> X;
  std::vector<int> y, group;
  std::vector<double> begin, end;

  Seen seen(const Plan& plan, Index row, Index name) const {
    Seen out{name,
             plan[row].synthetic(),
             {plan[row].base, plan[row].neighbor},
             {},
             y[static_cast<std::size_t>(plan[row].base)]};
    for (const Donor& donor : plan.donors(row)) out.parents.insert(donor.row);
    const Matrix<double> all = materialize(plan, X);
    for (Index j = 0; j < X.cols(); ++j) out.values.push_back(all(row, j));
    return out;
  }
};

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t j = 0; j < a.size(); ++j)
    if (!(a[j] == b[j] || (std::isnan(a[j]) && std::isnan(b[j])))) return false;
  return true;
}
bool has_nan(const Seen& row) {
  return std::any_of(row.values.begin(), row.values.end(), [](double v) { return std::isnan(v); });
}
double distance(const Seen& a, const Seen& b) {
  volatile double sum = 0;
  for (std::size_t j = 0; j < a.values.size(); ++j) {
    const volatile double way = a.values[j] - b.values[j];
    const volatile double square = way * way;
    sum = sum + square;
  }
  return std::sqrt(sum);
}

Found by_definition(const World& world, const std::vector<Seen>& train, const std::vector<Seen>& test,
                    const LeakageRules& rules) {
  Found out;
  const auto any = [](const auto& range, const auto& is) { return std::any_of(range.begin(), range.end(), is); };
  const auto at = [](const auto& column, Index row) { return column[static_cast<std::size_t>(row)]; };

  std::set<Index> tested, trained;  // real rows
  for (const Seen& row : test)
    if (!row.synthetic) tested.merge(std::set<Index>(row.parents));
  for (const Seen& row : train)
    if (!row.synthetic) trained.merge(std::set<Index>(row.parents));
  std::vector<Seen> fit, tried;  // without rows that have a fault
  for (const Seen& row : test) {
    if (row.synthetic) out["synthetic_in_test"].push_back(row.name);
    else if (trained.contains(*row.parents.begin())) out["on_both_sides"].push_back(row.name);
    else tried.push_back(row);
  }
  for (const Seen& row : train) {
    const bool shared = any(row.parents, [&](Index parent) { return tested.contains(parent); });
    if (shared && row.synthetic) out["parent_in_test"].push_back(row.name);
    if (!shared) fit.push_back(row);
  }

  for (const Seen& t : tried)
    if (any(fit, [&](const Seen& f) {
          return any(f.parents, [&](Index p) { return at(world.group, p) == at(world.group, *t.parents.begin()); });
        }))
      out["group_in_train"].push_back(t.name);

  for (const Seen& f : fit) {
    const bool wrong = any(f.parents, [&](Index p) {
      return any(tried, [&](const Seen& t) {
        const Index row = *t.parents.begin();
        if (rules.order == TimeOrder::forward) return at(world.end, p) > at(world.begin, row) - rules.embargo;
        const bool meets = at(world.begin, p) <= at(world.end, row) && at(world.end, p) >= at(world.begin, row);
        const bool behind =
            at(world.begin, p) > at(world.end, row) && at(world.begin, p) <= at(world.end, row) + rules.embargo;
        return rules.order == TimeOrder::purged && (meets || behind);
      });
    });
    if (wrong) out["wrong_time"].push_back(f.name);
  }

  std::vector<Seen> distinct;
  for (const Seen& f : fit)
    if (!has_nan(f) && !any(distinct, [&](const Seen& d) { return same(d.values, f.values); })) distinct.push_back(f);
  std::vector<double> nearest;
  for (std::size_t i = 0; distinct.size() > 1 && i < distinct.size(); ++i) {
    nearest.push_back(std::numeric_limits<double>::infinity());
    for (std::size_t j = 0; j < distinct.size(); ++j)
      if (j != i) nearest.back() = std::min(nearest.back(), distance(distinct[i], distinct[j]));
  }
  std::sort(nearest.begin(), nearest.end());
  const std::size_t m = nearest.size();
  const double median = m == 0 ? 0 : (nearest[(m - 1) / 2] + nearest[m / 2]) / 2;
  for (const Seen& t : tried) {
    bool equal = false, agrees = false;
    for (const Seen& f : fit)
      if (same(f.values, t.values)) {
        equal = true;
        agrees |= f.label == t.label;
      }
    if (equal) out[agrees ? "equal" : "equal_other_label"].push_back(t.name);
    else if (!has_nan(t) && any(distinct, [&](const Seen& d) { return distance(d, t) < rules.near * median; }))
      out["near"].push_back(t.name);
  }
  return out;
}

RowList chosen(std::mt19937& engine, Index count, unsigned percent) {
  RowList out;
  for (Index row = 0; row < count; ++row)
    if (engine() % 100 < percent) out.push_back(row);
  if (out.empty()) out.push_back(static_cast<Index>(engine() % static_cast<unsigned long>(count)));
  return out;
}

World random_world(std::mt19937& engine, Index rows) {
  World world;
  world.X.resize(rows, 2);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < 2; ++j) {
      world.X(i, j) = static_cast<double>(engine() % 7);
      if (engine() % 3 == 0) world.X(i, j) += 0.0078125;  // closer than any lattice neighbor
      if (engine() % 25 == 0) world.X(i, j) = std::numeric_limits<double>::quiet_NaN();
    }
    world.y.push_back(static_cast<int>(engine() % 2));
    world.group.push_back(static_cast<int>(engine() % 25));
    world.begin.push_back(static_cast<double>(engine() % 40));
    world.end.push_back(world.begin.back() + static_cast<double>(engine() % 4));
  }
  return world;
}

Plan random_plan(std::mt19937& engine, Index rows) {
  Plan plan(rows);
  const auto row = [&] { return static_cast<Index>(engine() % static_cast<unsigned long>(rows)); };
  for (Index i = 0; i < rows; ++i) switch (engine() % 8) {
      case 0: plan.add_copy(row()); break;
      case 1: plan.add(row(), row(), 0.5); break;
      case 2: plan.add_with_donors(row(), row(), 0.25, std::vector<Donor>{{1, row()}}); break;
      default: plan.keep(row());
    }
  return plan;
}

}  // namespace

TEST_CASE("the report is what the definitions say, pair by pair", "[leakage]") {
  std::mt19937 engine(7);
  std::map<std::string, int> seen;  // the test would show nothing if a kind never came up
  for (int trial = 0; trial < 300; ++trial) {
    const Index rows = 3 + static_cast<Index>(engine() % 25);
    const World world = random_world(engine, rows);
    const auto data = Data(world.X, world.y).groups(world.group).times(world.begin, world.end);
    const LeakageRules rules{.near = 0.05,
                             .embargo = trial % 3 == 0 ? 0.0 : 2.0,
                             .order = trial % 2 == 0 ? TimeOrder::forward : TimeOrder::purged};
    const Plan plan = trial % 5 == 0 ? Plan::keep_all(rows) : random_plan(engine, rows);
    const unsigned share = 20 + static_cast<unsigned>(engine() % 40);
    Split split{chosen(engine, rows, share), {}};
    if (trial % 4 == 0) split.test = chosen(engine, rows, 30);
    else {
      for (Index row = 0; row < rows; ++row)
        if (!std::binary_search(split.train.begin(), split.train.end(), row)) split.test.push_back(row);
      if (split.test.empty()) split.test.push_back(split.train.back());
    }
    INFO("trial " << trial);

    std::vector<Seen> train, test, whole, real;
    for (const Index row : split.train) train.push_back(world.seen(plan, row, row));
    for (const Index row : split.test) test.push_back(world.seen(plan, row, row));
    const auto report = leakage_report(data, plan, split, rules);
    REQUIRE(found(report) == by_definition(world, train, test, rules));
    if (trial % 5 == 0) REQUIRE(found(leakage_report(data, split, rules)) == found(report));
    for (const auto& [kind, list] : found(report)) ++seen[kind];
    std::set<int> groups;
    for (const Index row : report.group_in_train) groups.insert(world.group[static_cast<std::size_t>(plan[row].base)]);
    REQUIRE(report.shared_groups == static_cast<Index>(groups.size()));

    const Plan all = Plan::keep_all(rows);
    for (Index row = 0; row < plan.size(); ++row) whole.push_back(world.seen(plan, row, row));
    for (const Index row : split.test) real.push_back(world.seen(all, row, row));
    const auto against_plan = leakage_report(data, plan, split.test, rules);
    REQUIRE(found(against_plan) == by_definition(world, whole, real, rules));

    const Execution other{.threads = 3, .backend = trial % 2 == 0 ? Backend::brute_force : Backend::kd_tree};
    const auto again = leakage_report(other, data, plan, split, rules);
    REQUIRE(found(again) == found(report));
    REQUIRE(again.near_distance == report.near_distance);
    REQUIRE(again.text() == report.text());
  }
  CHECK(seen.size() == 8);
  for (const auto& [kind, times] : seen) CHECK(times >= 10);
}

TEST_CASE("many copies, many threads, any backend: one report", "[leakage]") {
  for (const auto kind : {sets::Kind::continuous, sets::Kind::duplicates, sets::Kind::lattice, sets::Kind::far_off}) {
    const auto X = sets::features(kind, 3000, 3, 4);
    const auto y = sets::labels({2500, 500});
    Split split;
    for (Index row = 0; row < 3000; ++row) (row % 5 == 0 ? split.test : split.train).push_back(row);
    const Data data(X, y);
    const auto report = leakage_report(data, split, {.near = 0.3});
    if (kind == sets::Kind::continuous) CHECK_FALSE(report.near.empty());
    if (kind == sets::Kind::duplicates) CHECK(report.equal.size() + report.equal_other_label.size() == 600);
    for (const int threads : {1, 3})
      for (const auto backend : {Backend::kd_tree, Backend::brute_force}) {
        const auto other =
            leakage_report(Execution{.threads = threads, .backend = backend}, data, split, {.near = 0.3});
        CHECK(found(other) == found(report));
        CHECK(other.text() == report.text());
      }
  }
}

// ---- Real data --------------------------------------------------------------------------------------------------

namespace {

golden::View load(const std::string& name) {
  const std::string folder = REBALANCE_TEST_DATA;
  const std::string golden_folder = folder.empty() ? REBALANCE_COMMITTED_DATA : folder + "/golden";
  const std::string data_folder = folder.empty() ? REBALANCE_EXAMPLE_DATA : folder + "/data";
  return golden::load_view(golden::read_views(golden_folder + "/views.csv").at(name), data_folder);
}

/// Sets that come with the library, and larger ones where REBALANCE_TEST_DATA has them.
std::vector<std::string> names_of_sets() {
  std::vector<std::string> out{"breast_cancer-num", "diabetes_progression_high-num"};
  if (!std::string(REBALANCE_TEST_DATA).empty()) out.insert(out.end(), {"mammography-full", "abalone_19-full"});
  return out;
}

/// Five stratified folds, by hand: the rows of each class are shuffled and dealt out in turn.
std::vector<Split> five_folds(const std::vector<int>& y) {
  std::vector<Split> out(5);
  std::mt19937 engine(3);
  for (const int label : {0, 1}) {
    RowList rows;
    for (std::size_t row = 0; row < y.size(); ++row)
      if (y[row] == label) rows.push_back(static_cast<Index>(row));
    std::shuffle(rows.begin(), rows.end(), engine);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t fold = 0; fold < 5; ++fold)
        (i % 5 == fold ? out[fold].test : out[fold].train).push_back(rows[i]);
  }
  return out;
}

std::vector<double> values_of(const Matrix<double>& X, Index row) {
  std::vector<double> out;
  for (Index j = 0; j < X.cols(); ++j) out.push_back(X(row, j) + 0.0);
  return out;
}

}  // namespace

TEST_CASE("resampled before the split: flagged on every fold; inside the fold: sound on every fold", "[leakage]") {
  for (const auto& name : names_of_sets()) {
    INFO(name);
    const auto set = load(name);
    const Data data(set.X, set.y);
    const LeakageRules rules{.near = set.X.rows() > 2000 ? 0 : 0.01};

    const auto before = resample(set.X, set.y, Smote{.seed = 1});
    std::size_t trained = 0, with_parent = 0;  // synthetic training rows
    for (const Split& split : five_folds(before.y)) {
      const auto report = leakage_report(data, before.plan, split, rules);
      CHECK_FALSE(report.sound());
      std::size_t synthetic = 0;
      for (const Index row : split.test) synthetic += before.plan[row].synthetic();
      CHECK(report.synthetic_in_test.size() == synthetic);
      CHECK(synthetic > 0);
      for (const Index row : split.train) trained += before.plan[row].synthetic();
      with_parent += report.parent_in_test.size();
      CHECK_FALSE(report.parent_in_test.empty());
    }
    // Of two parents each is tested in one fold of five: 36 % of the synthetic training rows have one that is.
    CHECK(std::abs(static_cast<double>(with_parent) / static_cast<double>(trained) - 0.36) < 0.05);

    for (const Split& split : five_folds(set.y)) {
      const Matrix<double> X = materialize(Plan::keep_only(set.X.rows(), split.train), set.X);
      std::vector<int> y;
      for (const Index row : split.train) y.push_back(set.y[static_cast<std::size_t>(row)]);
      const Plan inside = compose(Plan::keep_only(set.X.rows(), split.train), make_plan(X, y, Smote{.seed = 1}));
      const auto report = leakage_report(data, inside, split.test, rules);
      INFO(report.text());
      CHECK(report.sound());
      CHECK(leakage_report(data, split, rules).sound());
      if (set.X.rows() < 2000) CHECK(report.ok());
    }
  }
}

TEST_CASE("SmoteNc: the donors of categories are parents too", "[leakage]") {
  const auto set = load("diabetes_progression_high-mix");
  const auto before = resample(set.X, set.y, SmoteNc{.nominal = set.nominal, .seed = 1});
  std::size_t donors_alone = 0;
  for (const Split& split : five_folds(before.y)) {
    std::set<Index> tested;
    for (const Index row : split.test)
      if (!before.plan[row].synthetic()) tested.insert(before.plan[row].base);
    RowList expected;
    for (const Index row : split.train) {
      const Origin& origin = before.plan[row];
      if (!origin.synthetic()) continue;
      const bool parent = tested.contains(origin.base) || tested.contains(origin.neighbor);
      bool donor = false;
      for (const Donor& d : before.plan.donors(row)) donor |= tested.contains(d.row);
      if (parent || donor) expected.push_back(row);
      donors_alone += donor && !parent;
    }
    std::sort(expected.begin(), expected.end());
    CHECK(leakage_report(Data(set.X, set.y), before.plan, split).parent_in_test == expected);
  }
  CHECK(donors_alone > 0);
}

TEST_CASE("equal rows of real data are as many as a map of all values finds", "[leakage]") {
  for (const auto& name : names_of_sets()) {
    INFO(name);
    const auto set = load(name);
    std::set<std::vector<double>> distinct;
    for (Index row = 0; row < set.X.rows(); ++row) distinct.insert(values_of(set.X, row));
    if (name == "mammography-full") CHECK(distinct.size() == 7848);
    for (const Split& split : five_folds(set.y)) {
      std::map<std::vector<double>, std::set<int>> trained;
      for (const Index row : split.train) trained[values_of(set.X, row)].insert(set.y[static_cast<std::size_t>(row)]);
      RowList equal, other;
      for (const Index row : split.test) {
        const auto same = trained.find(values_of(set.X, row));
        if (same == trained.end()) continue;
        (same->second.contains(set.y[static_cast<std::size_t>(row)]) ? equal : other).push_back(row);
      }
      std::sort(equal.begin(), equal.end());
      std::sort(other.begin(), other.end());
      const auto report = leakage_report(Data(set.X, set.y), split);
      CHECK(report.equal == equal);
      CHECK(report.equal_other_label == other);
      CHECK(report.sound());
      if (name == "mammography-full") CHECK(equal.size() > 500);
    }
  }
}

// ---- Text and errors --------------------------------------------------------------------------------------------

TEST_CASE("the text is one line where all is well, and names what was not checked", "[leakage]") {
  Line line;
  CHECK(line.report().text() ==
        "no leakage found; rows: 8 for training, 4 for testing; checked: whose rows they are, groups, times (forward, "
        "embargo 0), equal rows, near duplicates; not checked: parents (no plan given)");
  CHECK(leakage_report(line.data(), line_training(), line_test).text() ==
        "no leakage found; rows: 8 for training, 4 for testing; checked: whose rows they are, parents, groups, times "
        "(forward, embargo 0), equal rows, near duplicates");
  CHECK(leakage_report(line.X.topRows(8), line.X.bottomRows(4), {.near = 0}).text() ==
        "no leakage found; rows: 8 for training, 4 for testing; checked: equal rows; not checked: whose rows they are "
        "(no row numbers given), labels (none given), groups (none given), times (none given), near duplicates (near = "
        "0)");
  CHECK(line.report({.embargo = 1, .order = TimeOrder::purged}).text().find("times (purged, embargo 1)") !=
        std::string::npos);
}

TEST_CASE("the text has a line for each kind, with the first rows and the remedy", "[leakage]") {
  Line line;
  line.X(10, 0) = 2;
  CHECK(line.report().text() ==
        "no leakage found but that rows of the two sides look alike; rows: 8 for training, 4 for testing\n"
        "  1 of the test side equal to a training row, label included (row 10): if one thing was recorded twice, drop "
        "one or give both a group\n"
        "  checked: whose rows they are, groups, times (forward, embargo 0), equal rows, near duplicates\n"
        "  not checked: parents (no plan given)");
  line.X(8, 0) = 3.002;
  CHECK(line.report({.near = 0.0123456})
            .text()
            .find("\n  1 of the test side closer than 0.0123 to a training row (row 8): ") != std::string::npos);
  line.split.train.insert(line.split.train.end(), {8, 9, 10, 11});
  line.split.test.insert(line.split.test.end(), {0, 1});
  CHECK(line.report().text().starts_with(
      "leakage found; rows: 12 for training, 6 for testing\n"
      "  6 of the test side also in training (rows 0, 1, 8, 9, 10, ...): take them out of one of the two\n"));
}

namespace {

template <class Thrown, class Call>
std::string message(const Call& call) {
  try {
    call();
  } catch (const Thrown& error) {
    return error.what();
  }
  FAIL("nothing of this type was thrown");
  return {};
}

}  // namespace

TEST_CASE("splits that cannot be are refused by name", "[leakage]") {
  const Line line;
  const auto of = [&](Split split) { return message<InvalidSplit>([&] { leakage_report(line.data(), split); }); };
  CHECK(of({{}, {1}}) == "the training side has no row; give it at least one");
  CHECK(of({{1}, {}}) == "the test side has no row; give it at least one");
  CHECK(of({{12}, {1}}) ==
        "the training side has row 12 but rows are 0 to 11; a split of resampled rows needs their plan too");
  CHECK(of({{1}, {-1}}).starts_with("the test side has row -1 but rows are 0 to 11"));
  const Plan plan = line_training();
  CHECK(message<InvalidSplit>([&] {
          leakage_report(line.data(), plan, Split{{8}, {1}});
        }).starts_with("the training side has row 8 but rows are 0 to 7"));
  CHECK(message<InvalidSplit>([&] {
          leakage_report(line.data(), plan, RowList{12});
        }).starts_with("the test side has row 12 but rows are 0 to 11"));
  CHECK(message<InvalidSplit>([&] {
          leakage_report(line.data(), Plan(12), RowList{1});
        }).starts_with("the training side has no row"));
  CHECK(message<InvalidSplit>([&] {
          leakage_report(line.data(), plan, RowList{});
        }).starts_with("the test side has no row"));

  const auto balanced = resample(line.X, line.y, RandomOverSampler{.strategy = counts({{0, 8}}), .seed = 1});
  CHECK(message<InvalidSplit>([&] {
          leakage_report(Data(balanced.X, balanced.y), line.split);
        }).starts_with("X was resampled"));
  CHECK_THROWS_AS(leakage_report(line.data(), Plan::keep_all(11), line.split), InvalidPlan);
  CHECK_THROWS_AS(leakage_report(line.data(), Plan::keep_all(11), line_test), InvalidPlan);
  Plan broken = line_training();
  broken.add(3, 99, 0.5);
  CHECK_THROWS_AS(leakage_report(line.data(), broken, line_test), InvalidPlan);
}

TEST_CASE("matrices that do not fit each other are refused", "[leakage]") {
  const Matrix<double> some = Matrix<double>::Ones(3, 2), none(0, 2), other = Matrix<double>::Ones(3, 3);
  CHECK(message<ShapeMismatch>([&] { leakage_report(some, other); }) ==
        "X_test has 3 columns but X_train has 2; give both the same features");
  CHECK_THROWS_AS(leakage_report(none, some), ShapeMismatch);
  CHECK_THROWS_AS(leakage_report(some, none), ShapeMismatch);
}

TEST_CASE("rules that cannot be kept are refused", "[leakage]") {
  const Line line;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double wrong : {-0.1, nan, std::numeric_limits<double>::infinity()}) {
    CHECK_THROWS_AS(line.report({.near = wrong}), InvalidOption);
    CHECK_THROWS_AS(line.report({.embargo = wrong}), InvalidOption);
  }
  CHECK_THROWS_AS(line.report({.embargo = 1, .order = TimeOrder::any}), InvalidOption);
  const Data no_times(line.X, line.y);
  CHECK_THROWS_AS(leakage_report(no_times, line.split, {.embargo = 1}), InvalidOption);
  CHECK(message<InvalidOption>([&] {
          leakage_report(no_times, line.split, {.order = TimeOrder::purged});
        }).find("times(begin, end)") != std::string::npos);
  CHECK_THROWS_AS(leakage_report(line.X, line.X, {.order = TimeOrder::purged}), InvalidOption);
}

TEST_CASE("the search can be watched and cancelled", "[leakage]") {
  const Line line;
  const Execution cancels{.progress = [](std::string_view, double) { return false; }};
  CHECK_THROWS_AS(leakage_report(cancels, line.data(), line.split), Cancelled);
}

TEST_CASE("of matrices alone nothing is said of labels", "[leakage]") {
  const Matrix<double> train{{1, 2}, {3, 4}, {5, 7}};
  const Matrix<double> test{{3, 4}, {9, 9}};
  const auto report = leakage_report(train, test);
  CHECK(report.equal == std::vector<Index>{0});
  CHECK_FALSE(report.labels_known);
  CHECK(report.text().find("label included") == std::string::npos);
}
