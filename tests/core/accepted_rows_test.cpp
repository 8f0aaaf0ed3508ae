// SPDX-License-Identifier: MIT
#include <rebalance/core/accepted_rows.hpp>

#include <rebalance/rebalance.hpp>

#include <algorithm>
#include <cmath>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace accepted_rows_test {

using namespace rebalance;
using sets::Kind;

const Matrix<double> X = sets::features(Kind::continuous, 120, 2);
const std::vector<int> y = sets::labels({90, 30});

/// Outside of a ring, which is not convex: two parents outside may have a row inside.
bool outside(std::span<const double> row) { return row[0] * row[0] + row[1] * row[1] > 0.5; }

/// Among the new rows, copies of parents included.
Index violations(const Matrix<double>& rows, const Plan& plan) {
  Index out = 0;
  for (Index row = 0; row < plan.size(); ++row) {
    const std::vector<double> values{rows(row, 0), rows(row, 1)};
    out += plan[row].synthetic() && !outside(values);
  }
  return out;
}

std::string note(const Plan& plan) {
  for (const Note& note : plan.notes())
    if (note.sampler == "accept") return note.text;
  return "";
}

TEST_CASE("no new row breaks the rule, whatever is done with those that cannot keep it", "[accepted_rows]") {
  const Smote smote{.strategy = counts({{1, 500}}), .seed = 1};
  const auto plain = resample(X, y, smote);
  const Index broken = violations(plain.X, plain.plan);
  REQUIRE(broken > 20);
  for (const int most : {0, 1, 20}) {
    const auto replaced = resample(Data(X, y).accept(outside, {.most = most}), smote);
    CHECK(violations(replaced.X, replaced.plan) == 0);
    const auto dropped = resample(Data(X, y).accept(outside, {.most = most, .otherwise = Otherwise::drop}), smote);
    CHECK(violations(dropped.X, dropped.plan) == 0);

    // both come from the same tries: what is dropped here is replaced there if a parent is accepted
    Index copies = 0, redrawn = 0;
    for (const Origin& origin : replaced.plan) {
      copies += origin.synthetic() && origin.neighbor == origin.base;
      redrawn += std::count(plain.plan.begin(), plain.plan.end(), origin) == 0 && origin.neighbor != origin.base;
    }
    CHECK(replaced.plan.size() - copies == dropped.plan.size());
    CHECK(plain.plan.size() - dropped.plan.size() == broken - redrawn);
    CHECK(note(replaced.plan) ==
          detail::text({"of 470 new rows ", redrawn, " were accepted with another step, ", copies,
                        " replaced by a parent, ", plain.plan.size() - replaced.plan.size(), " left out"}));
    CHECK((most == 0) == (redrawn == 0));
  }
}

TEST_CASE("rows that are accepted are those drawn, and the rest is the same in every run", "[accepted_rows]") {
  const Data any = Data(X, y).accept([](std::span<const double>) { return true; });
  CHECK(make_plan(any, Smote{.seed = 1}) == make_plan(X, y, Smote{.seed = 1}));
  const Data data = Data(X, y).accept(outside);
  CHECK(make_plan(Execution{.threads = 3}, data, Smote{.seed = 1}) == make_plan(data, Smote{.seed = 1}));
  CHECK(note(make_plan(any, Smote{.seed = 1})).empty());
}

TEST_CASE("the copy is of the nearer parent, or of the other one, or there is none", "[accepted_rows]") {
  // Whole rows are accepted by their number in a third column, which no row between two has.
  Matrix<double> numbered(120, 3);
  numbered << X, Eigen::VectorXd::LinSpaced(120, 0, 119);
  const Plan plain = make_plan(numbered, y, Smote{.seed = 1});
  const auto even = [](std::span<const double> row) { return std::fmod(row[2], 2) == 0; };
  std::vector<Origin> expected;
  for (const Origin& origin : plain) {
    if (!origin.synthetic()) continue;
    const Index nearer = origin.step < 0.5 ? origin.base : origin.neighbor,
                other = origin.base + origin.neighbor - nearer;
    for (const Index parent : {nearer, other})
      if (parent % 2 == 0) {
        expected.push_back({parent, parent, 1});
        break;
      }
  }
  const Plan plan = make_plan(Data(numbered, y).accept(even), Smote{.seed = 1});
  CHECK(std::vector<Origin>(plan.begin() + 120, plan.end()) == expected);
  const auto never = [](std::span<const double>) { return false; };
  for (const Otherwise otherwise : {Otherwise::drop, Otherwise::nearest_parent})
    CHECK(make_plan(Data(X, y).accept(never, {.otherwise = otherwise}), Smote{.seed = 1}).size() == 120);
  CHECK_THROWS_AS(make_plan(Data(X, y).accept(never, {.otherwise = Otherwise::error}), Smote{.seed = 1}),
                  InvalidOption);
}

TEST_CASE("a row of two classes is replaced by the parent of its own, or left out", "[accepted_rows]") {
  Matrix<double> numbered(120, 3);
  numbered << X, Eigen::VectorXd::LinSpaced(120, 0, 119);
  const BorderlineSmote sampler{.kind = 2, .seed = 1, .no_hard_row = NoHardRow::uniform};
  const auto class_of = [](auto number) { return y[static_cast<std::size_t>(number)]; };
  const auto across = [&](const Origin& origin) { return class_of(origin.neighbor) == 0; };  // only class 1 is filled
  const Plan plain = make_plan(numbered, y, sampler);
  REQUIRE(std::count_if(plain.begin() + 120, plain.end(), across) > 0);

  const auto real_row_of = [&](int label) {  // none between two has a whole number
    return [=](std::span<const double> row) { return row[2] == std::floor(row[2]) && class_of(row[2]) == label; };
  };
  CHECK(make_plan(Data(numbered, y).accept(real_row_of(0)), sampler).size() == 120);
  const Plan copies = make_plan(Data(numbered, y).accept(real_row_of(1)), sampler);
  CHECK(copies.size() == plain.size());
  CHECK(std::none_of(copies.begin() + 120, copies.end(), across));
}

TEST_CASE("what is drawn anew belongs to the row: shuffled rows have the same", "[accepted_rows]") {
  Matrix<double> backwards = X.colwise().reverse();
  const std::vector<int> labels(y.rbegin(), y.rend());
  const auto sorted = [&](const Matrix<double>& rows, const std::vector<int>& of) {
    const auto out = resample(Data(rows, of).accept(outside), Smote{.seed = 1});
    std::vector<std::pair<double, double>> values;
    for (Index row = 120; row < out.X.rows(); ++row) values.emplace_back(out.X(row, 0), out.X(row, 1));
    std::sort(values.begin(), values.end());
    return values;
  };
  CHECK(sorted(X, y) == sorted(backwards, labels));
}

TEST_CASE("towards another class it stays less than half the way; folds and chains keep the rule", "[accepted_rows]") {
  const Data data = Data(X, y).accept(outside);
  for (const Origin& origin : make_plan(data, BorderlineSmote{.kind = 2, .seed = 1, .no_hard_row = NoHardRow::uniform}))
    if (y[static_cast<std::size_t>(origin.base)] != y[static_cast<std::size_t>(origin.neighbor)])
      CHECK(origin.step < 0.5);
  const auto chained = resample(data, SmoteEnn{.smote = {.seed = 1}});
  CHECK(violations(chained.X, chained.plan) == 0);
  const Folds folds(data, StratifiedKFold{.n_splits = 2, .seed = 1});
  for (const auto& fold : folds) {
    const auto train = fold.train(Smote{.seed = 1});
    CHECK(violations(train.X, train.plan) == 0);
  }
}

TEST_CASE("rows of rules and donors are tried as they are written", "[accepted_rows]") {
  const auto positive = [](std::span<const double> row) { return row[0] > 0; };
  for (const Draws draws : {Draws::even, Draws::imbalanced_learn}) {
    const auto noise =
        resample(Data(X, y).accept(positive), RandomOverSampler{.seed = 1, .draws = draws, .shrinkage = 1.0});
    for (Index row = 120; row < noise.plan.size(); ++row) CHECK(noise.X(row, 0) > 0);
  }
  Matrix<double> codes = X;
  for (Index row = 0; row < 120; ++row) codes(row, 1) = static_cast<double>(row % 3);
  const auto is_code_0 = [](std::span<const double> row) { return row[1] == 0; };
  const auto mixed = resample(Data(codes, y).accept(is_code_0), SmoteNc{.nominal = {1}, .seed = 1});
  for (Index row = 120; row < mixed.plan.size(); ++row) CHECK(mixed.X(row, 1) == 0);
  // the rule sees rows that keep those of their columns
  const auto whole = [](std::span<const double> row) { return row[0] == std::round(row[0]); };
  const Plan rounded = make_plan(Data(X, y).columns({integer({0})}).accept(whole), Smote{.seed = 1});
  CHECK(note(rounded).empty());
}

TEST_CASE("a rule that cannot be used is refused", "[accepted_rows]") {
  CHECK_THROWS_AS(Data(X, y).accept({}), InvalidOption);
  CHECK_THROWS_AS(Data(X, y).accept(outside, {.most = -1}), InvalidOption);
  const auto thrower = [](std::span<const double>) -> bool { throw std::runtime_error("mine"); };
  CHECK_THROWS_WITH(make_plan(Data(X, y).accept(thrower), Smote{}), "mine");
}

}  // namespace accepted_rows_test
