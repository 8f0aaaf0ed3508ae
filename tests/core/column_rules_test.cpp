// SPDX-License-Identifier: MIT
#include <rebalance/core/column_rules.hpp>

#include <rebalance/rebalance.hpp>

#include <cmath>
#include <cstring>
#include <limits>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace column_rules_test {

using namespace rebalance;
using sets::Kind;

const std::vector<int> y = sets::labels({160, 40});

/// Column 0 whole numbers, 1 quarters past 0.1, 2 and 3 categories that go together, 4 an id, 5 any number.
template <class S = double>
Matrix<S> features() {
  Matrix<S> X = sets::features<S>(Kind::continuous, 200, 6);
  for (Index row = 0; row < X.rows(); ++row) {
    X(row, 0) = std::round(X(row, 0) * 5);
    X(row, 1) = S(0.125) + S(0.25) * std::round(X(row, 1) * 5);
    X(row, 2) = static_cast<S>(row % 4);
    X(row, 3) = static_cast<S>(row % 4 + 10);
    X(row, 4) = static_cast<S>(row);
  }
  return X;
}
const std::vector<ColumnRule> rules{integer({0}), grid({1}, 0.25, 0.125), nominal({2, 3}), from_base({4})};

template <class S>
bool same_bytes(const Matrix<S>& a, const Matrix<S>& b) {
  return a.rows() == b.rows() && std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

TEMPLATE_TEST_CASE("every new row keeps the rules of its columns", "[column_rules]", float, double) {
  const Matrix<TestType> X = features<TestType>();
  const auto check = [&](const auto& sampler) {
    const auto out = resample(Data(X, y).columns(rules), sampler);
    const auto plain = resample(X, y, sampler);
    REQUIRE(out.plan.size() == plain.plan.size());
    for (Index row = 0; row < out.plan.size(); ++row) {
      const Index base = out.plan[row].base, neighbor = out.plan[row].neighbor;
      const auto between = [&](Index j) {
        return out.X(row, j) >= std::min(X(base, j), X(neighbor, j)) &&
               out.X(row, j) <= std::max(X(base, j), X(neighbor, j));
      };
      CHECK(out.X(row, 0) == std::round(out.X(row, 0)));
      CHECK(std::remainder(out.X(row, 1) - TestType(0.125), TestType(0.25)) == 0);
      CHECK((between(0) && between(1)));
      CHECK(out.X(row, 3) == out.X(row, 2) + 10);  // both of one parent
      CHECK((out.X(row, 2) == X(base, 2) || out.X(row, 2) == X(neighbor, 2)));
      CHECK(out.X(row, 4) == static_cast<TestType>(base));
      CHECK(out.X(row, 5) == plain.X(row, 5));
    }
  };
  check(Smote{.seed = 1});
  check(Smote{.seed = 1, .per_feature = true});
  check(BorderlineSmote{.seed = 1, .no_hard_row = NoHardRow::uniform});
  check(Adasyn{.seed = 1});
  check(Smote{.seed = 1, .draws = Draws::imbalanced_learn});
}

TEST_CASE("noise is rounded too", "[column_rules]") {
  const Matrix<double> X = features();
  const auto out = resample(Data(X, y).columns(rules), RandomOverSampler{.seed = 1, .shrinkage = 0.5});
  bool moved = false;
  for (Index row = 0; row < out.plan.size(); ++row) {
    CHECK(out.X(row, 0) == std::round(out.X(row, 0)));
    CHECK(out.X(row, 2) == X(out.plan[row].base, 2));
    moved = moved || out.X(row, 0) != X(out.plan[row].base, 0);
  }
  CHECK(moved);
}

TEST_CASE("rounding brings no bias in, and no value is favored", "[column_rules]") {
  // 20,000 rows between 0 and 1: the mean of the interpolated values is that of the steps.
  const ColumnRule whole = integer({0});
  double sum = 0, steps = 0;
  const double base = 0, neighbor = 1;
  for (int i = 0; i < 20'000; ++i) {
    double row = detail::unit_interval(detail::mixed(static_cast<std::uint64_t>(i)));
    const double step = row;
    steps += step;
    detail::keep_rules({whole}, &base, &neighbor, 1, step, &row);
    CHECK((row == 0 || row == 1));
    sum += row;
  }
  CHECK(std::abs(sum - steps) < 300);  // standard deviation 58
  CHECK(detail::on_grid(-2.0, whole, 0) == -2);
  CHECK(detail::on_grid(-1.75, whole, 0.2) == -1);
  CHECK(detail::on_grid(-1.75, whole, 0.3) == -2);
  for (int cents = -999; cents < 1000; ++cents) {  // literals, whatever their quotients round to
    const double value = cents / 100.0, next = detail::on_grid(value, grid({0}, 0.01), 0.5);
    CHECK(next == value);
  }
  CHECK(detail::on_grid(1e300, whole, 0.5) == 1e300);
  CHECK(detail::on_grid(1e150, grid({0}, 1e-200), 0.5) == 1e150);
}

TEST_CASE("where parents agree nothing is touched", "[column_rules]") {
  Matrix<double> X = features();
  X.col(0).setConstant(0.3);  // on no grid of whole numbers
  const auto out = resample(Data(X, y).columns(rules), Smote{.seed = 1});
  CHECK((out.X.col(0).array() == 0.3).all());
}

TEST_CASE("the plan makes the same bytes again, in batches, threads, chains and folds", "[column_rules]") {
  const Matrix<double> X = features();
  const Data data = Data(X, y).columns(rules);
  const auto out = resample(data, Smote{.seed = 1});
  CHECK(same_bytes<double>(materialize(out.plan, X), out.X));
  CHECK(same_bytes<double>(resample(Execution{.threads = 3}, data, Smote{.seed = 1}).X, out.X));
  Index done = 0;
  for_each_batch(out.plan, data, 300, [&](const Matrix<double>& rows, const std::vector<int>&) {
    CHECK(rows == out.X.middleRows(done, rows.rows()));
    done += rows.rows();
  });
  CHECK(done == out.X.rows());
  CHECK(out.plan.column_rules() == rules);
  CHECK(out.plan != make_plan(X, y, Smote{.seed = 1}));

  const auto chained = resample(data, Smote{.seed = 1}, EditedNearestNeighbors{.strategy = all()});
  CHECK(same_bytes<double>(materialize(chained.plan, X), chained.X));
  CHECK((chained.X.col(0).array() == chained.X.col(0).array().round()).all());
  const Folds folds(data, StratifiedKFold{.n_splits = 2, .seed = 1});
  for (const auto& fold : folds) {
    const auto train = fold.train(SmoteEnn{.smote = {.seed = 1}});
    CHECK((train.X.col(0).array() == train.X.col(0).array().round()).all());
    CHECK(same_bytes<double>(materialize(train.plan, X), train.X));
  }
}

TEST_CASE("rules that cannot be are refused", "[column_rules]") {
  const Matrix<double> X = features();
  CHECK_THROWS_WITH(Data(X, y).columns({integer({6})}), "columns: a rule speaks of column 6 but X has columns 0 to 5");
  CHECK_THROWS_AS(Data(X, y).columns({integer({-1})}), InvalidOption);
  CHECK_THROWS_WITH(Data(X, y).columns({integer({1}), nominal({0, 1})}),
                    "columns: column 1 has two rules; give it one");
  CHECK_THROWS_WITH(Data(X, y).columns({grid({1}, 0)}),
                    "columns: the step of a grid is 0; it must be finite and above 0");
  CHECK_THROWS_AS(Data(X, y).columns({grid({1}, 1, std::numeric_limits<double>::infinity())}), InvalidOption);
  const Plan plan = make_plan(Data(X, y).columns(rules), Smote{.seed = 1});
  const Matrix<double> narrow = X.leftCols(4);
  CHECK_THROWS_WITH(
      materialize(plan, narrow),
      "in the plan a rule speaks of column 4 but X has columns 0 to 3; apply a plan to the rows it was made for");
  Plan wrong = plan;
  wrong.rule_columns({grid({1}, -1)});
  CHECK_THROWS_AS(wrong.check(), InvalidPlan);
}

TEST_CASE("plans are composed under one set of rules", "[column_rules]") {
  const Matrix<double> X = features();
  const Plan made = make_plan(Data(X, y).columns(rules), Smote{.seed = 1}), plain = make_plan(X, y, Smote{.seed = 1});
  Plan selects = Plan::keep_all(made.size()), adds = selects;
  adds.add(0, 1, 0.5);
  CHECK(compose(made, selects).column_rules() == rules);
  CHECK(compose(plain, selects).column_rules().empty());
  selects.rule_columns(rules);
  CHECK(compose(plain, selects).column_rules().empty());  // nothing was made under them
  CHECK_THROWS_AS(compose(made, adds), InvalidPlan);
  adds.rule_columns(rules);
  CHECK(compose(made, adds).column_rules() == rules);
  CHECK_THROWS_AS(compose(plain, adds), InvalidPlan);
}

TEST_CASE("categories keep their rules: of one parent, and of the base", "[column_rules]") {
  const Matrix<double> X = features();
  const auto nc = resample(Data(X, y).columns({from_base({2, 4})}), SmoteNc{.nominal = {2, 3}, .seed = 1});
  for (Index row = 200; row < nc.plan.size(); ++row) CHECK(nc.X(row, 2) == X(nc.plan[row].base, 2));
  const Matrix<double> codes = X.middleCols(2, 2);
  const auto n = resample(Data(codes, y).columns({from_base({0})}), SmoteN{.seed = 1});
  for (Index row = 200; row < n.plan.size(); ++row) CHECK(n.X(row, 0) == codes(n.plan[row].base, 0));
}

TEST_CASE("columns of one rule go together, those of two do not", "[column_rules]") {
  const Matrix<double> X = features();
  const auto apart = resample(Data(X, y).columns({nominal({2}), nominal({3})}), Smote{.seed = 1});
  bool mixed = false;
  for (Index row = 200; row < apart.plan.size(); ++row) mixed = mixed || apart.X(row, 3) != apart.X(row, 2) + 10;
  CHECK(mixed);
}

TEST_CASE("a fold with transformed features knows no rules of the columns as they came", "[column_rules]") {
  const Matrix<double> X = features();
  const Data data = Data(X, y).columns(rules);
  const Folds folds(data, StratifiedKFold{.n_splits = 2, .seed = 1});
  const auto fold = *folds.begin();
  CHECK_THROWS_AS(fold.transformed(Standardize{}).train(Smote{}), InvalidOption);
  CHECK_NOTHROW(fold.in_space(Standardize{}).train(Smote{}));
}

TEST_CASE("what needs no rule: new rows keep every convex condition that their parents keep", "[column_rules]") {
  // Random polytopes a.x <= b, each tight at one of the rows; and an order, a sum and a bound of two columns.
  Matrix<double> X = sets::features(Kind::continuous, 200, 4);
  for (Index row = 0; row < X.rows(); ++row) {
    X(row, 1) = X(row, 0) + std::abs(X(row, 1));
    X(row, 3) = 10 - X(row, 2);
  }
  const Matrix<double> normals = sets::features(Kind::continuous, 100, 4, 7);
  const auto out = resample(X, y, Smote{.strategy = counts({{1, 2000}}), .seed = 1});
  for (Index a = 0; a < normals.rows(); ++a) {
    double bound = -1e300;  // of class 1, whose rows the parents are
    for (Index row = 0; row < 200; ++row)
      if (y[static_cast<std::size_t>(row)] == 1) bound = std::max(bound, X.row(row).dot(normals.row(a)));
    const double most = (out.X.bottomRows(out.X.rows() - 200) * normals.row(a).transpose()).maxCoeff();
    CHECK(most <= bound + 4 * 4e-16 * X.cwiseAbs().maxCoeff() * normals.row(a).cwiseAbs().sum());
  }
  CHECK((out.X.col(0).array() <= out.X.col(1).array()).all());
  CHECK(((out.X.col(2) + out.X.col(3)).array() - 10).abs().maxCoeff() < 1e-14 * 10);
  CHECK(out.X.col(0).minCoeff() >= X.col(0).minCoeff());
}

}  // namespace column_rules_test
