// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"
#include "../support/splitters.hpp"

namespace folds_test {

using namespace rebalance;
using splitters::EachGroup;
using splitters::EveryNth;

const Matrix<double> X = sets::features(sets::Kind::continuous, 90, 3);
const std::vector<int> y = sets::labels({66, 24});

/// Some rows of X in memory of their own, as a user without Folds would take them.
Matrix<double> taken(const Matrix<double>& all, std::span<const Index> rows) {
  Matrix<double> out(static_cast<Index>(rows.size()), all.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) out.row(static_cast<Index>(i)) = all.row(rows[i]);
  return out;
}
std::vector<int> taken(const std::vector<int>& all, std::span<const Index> rows) {
  std::vector<int> out;
  for (const Index row : rows) out.push_back(all[static_cast<std::size_t>(row)]);
  return out;
}
std::vector<Index> listed(std::span<const Index> rows) { return {rows.begin(), rows.end()}; }

/// A user's own transform, which changes the number of columns.
struct FirstColumnByItsMean {
  template <class Rows>
  auto fit(const Rows& train) const {
    const double mean = train.col(0).template cast<double>().mean();
    return [mean](const auto& rows) {
      using S = typename std::remove_cvref_t<decltype(rows)>::Scalar;
      return Matrix<S>(rows.leftCols(1).array() - static_cast<S>(mean));
    };
  }
};
struct NoColumn {
  auto fit(const auto&) const {
    return [](const auto& rows) { return rows.leftCols(0); };
  }
};
struct ByTheNumberOfRows {
  auto fit(const auto&) const {
    return [](const auto& rows) { return rows.leftCols(rows.rows() > 40 ? 3 : 2); };
  }
};
struct DropsARow {
  template <class Rows>
  auto fit(const Rows&) const {
    return [](const auto& rows) { return rows.topRows(rows.rows() - 1); };
  }
};

TEST_CASE("a fold hands out its rows as they are, each in its place", "[folds]") {
  const Folds folds(X, y, EveryNth{3});
  REQUIRE(folds.size() == 3);
  Index number = 0;
  std::set<Index> tested;
  for (const auto& fold : folds) {
    CHECK(fold.number() == number);
    const auto test = fold.test();
    CHECK(test.fold == number);
    CHECK(test.rows == listed(fold.test_rows()));
    CHECK(test.X == taken(X, fold.test_rows()));
    CHECK(test.y == taken(y, fold.test_rows()));
    tested.insert(test.rows.begin(), test.rows.end());

    const auto train = fold.train();
    CHECK(train.fold == number);
    CHECK(train.X == taken(X, fold.train_rows()));
    CHECK(train.y == taken(y, fold.train_rows()));
    CHECK(train.recipe.empty());
    CHECK(materialize(train.plan, X) == train.X);
    CHECK(train.plan == Plan::keep_only(90, fold.train_rows()));
    for (const auto& [label, before, after] : train.counts) {
      CHECK(before == std::count(train.y.begin(), train.y.end(), label));
      CHECK(after == before);
    }
    ++number;
  }
  CHECK(number == 3);
  CHECK(tested.size() == 90);
}

TEMPLATE_TEST_CASE("a training side is what resample makes of its rows with the fold's seed", "[folds]", float,
                   double) {
  using S = TestType;
  const Matrix<S> features = X.cast<S>();
  for (const auto& fold : Folds(features, y, EveryNth{3})) {
    const auto train = fold.train(Smote{.seed = 42}, TomekLinks{});
    const Matrix<S> own = taken(X, fold.train_rows()).template cast<S>();
    const auto expected = resample(own, taken(y, fold.train_rows()), Smote{.seed = fold.seed(42)}, TomekLinks{});
    CHECK(train.X == expected.X);
    CHECK(train.y == expected.y);
    CHECK(train.counts == expected.counts);
    CHECK(train.stages == std::vector<std::string>{Smote{.seed = fold.seed(42)}.describe(), TomekLinks{}.describe()});
    CHECK(train.recipe == train.stages[0] + ", " + train.stages[1]);

    // the plan speaks of the caller's rows, and all of them are on the training side
    CHECK(materialize(train.plan, features) == train.X);
    CHECK(train.plan.source_rows() == 90);
    const auto rows = fold.train_rows();
    REQUIRE(train.plan.size() == expected.plan.size());
    for (Index n = 0; n < train.plan.size(); ++n) {
      CHECK(train.plan[n].base == rows[static_cast<std::size_t>(expected.plan[n].base)]);
      CHECK(train.plan[n].neighbor == rows[static_cast<std::size_t>(expected.plan[n].neighbor)]);
      CHECK(train.plan[n].step == expected.plan[n].step);
    }
    for (const Removal& removal : train.plan.removed())
      CHECK(std::binary_search(rows.begin(), rows.end(), removal.origin.base));
  }
}

TEST_CASE("whatever stands on the test side, the training side has the same bits", "[folds]") {
  const std::vector<AnyResampler> samplers{
      Smote{.seed = 1},
      BorderlineSmote{.seed = 1},
      Adasyn{.seed = 1},
      RandomOverSampler{.seed = 1},
      TomekLinks{},
      SmoteEnn{.smote = {.seed = 1}},
      RandomUnderSampler{.seed = 1},
      Chain{RandomUnderSampler{.strategy = ratio(0.6), .seed = 1}, Smote{.seed = 1}},
      Smote{.seed = 1, .draws = Draws::imbalanced_learn}};
  const Folds folds(X, y, EveryNth{4});
  for (Index k = 0; k < folds.size(); ++k) {
    Matrix<double> garbled = X;
    Matrix<double> permuted = X;
    const auto rows = folds[k].test_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      garbled.row(rows[i]).setConstant(i % 2 == 0 ? std::numeric_limits<double>::quiet_NaN() : 1e200);
      permuted.row(rows[i]) = X.row(rows[(i + 5) % rows.size()]);
    }
    const auto prepared = [](const Folds<double, int>& f) { return f.transformed(Standardize{}).in_space(Robust{}); };
    for (const AnyResampler& sampler : samplers) {
      CAPTURE(k, sampler.describe());
      const auto plain = folds[k].train(sampler);
      const auto scaled = prepared(folds)[k].train(sampler);
      for (const Matrix<double>* other : {&garbled, &permuted}) {
        const Folds same(*other, y, EveryNth{4});
        const auto again = same[k].train(sampler);
        CHECK(again.X == plain.X);
        CHECK(again.y == plain.y);
        CHECK(again.plan == plain.plan);
        const auto again_scaled = prepared(same)[k].train(sampler);
        CHECK(again_scaled.X == scaled.X);
        CHECK(again_scaled.plan == scaled.plan);
      }
    }
  }
}

TEST_CASE("transforms learn from the training rows and go to both sides", "[folds]") {
  const Folds folds = Folds(X, y, EveryNth{3}).transformed(Standardize{});
  for (const auto& fold : folds) {
    const Matrix<double> train = taken(X, fold.train_rows());
    const ColumnScaling scaling = Standardize{}.fit(train);
    CHECK(fold.train().X == scaling(train));
    CHECK(fold.test().X == scaling(taken(X, fold.test_rows())));
    CHECK(fold.train(RandomOverSampler{.seed = 3}).X.topRows(60) == scaling(train));
    // a synthetic row lies between transformed parents
    const auto out = fold.train(Smote{.seed = 3});
    const Matrix<double> scaled = scaling(train);
    CHECK(out.X == resample(scaled, taken(y, fold.train_rows()), Smote{.seed = fold.seed(3)}).X);
  }
  const auto own = Folds(X, y, EveryNth{3})[1].transformed(Standardize{}).transformed(FirstColumnByItsMean{});
  CHECK(own.train().X.cols() == 1);
  CHECK(own.test().X.cols() == 1);
  CHECK(std::abs(own.train().X.mean()) < 1e-15);
  CHECK_THROWS_WITH(own.transformed(DropsARow{}),
                    "a transform made 59 x 1 of 60 rows; it may change columns, never the number of rows, and must "
                    "leave at least one column");
}

TEST_CASE("a transform must leave columns, and as many on both sides", "[folds]") {
  const auto fold = Folds(X, y, EveryNth{3})[0];
  CHECK_THROWS_AS(fold.transformed(NoColumn{}), ShapeMismatch);
  CHECK_THROWS_AS(fold.in_space(NoColumn{}), ShapeMismatch);
  CHECK_THROWS_WITH(
      fold.transformed(ByTheNumberOfRows{}),
      "a transform made 3 columns of the training side and 2 of the test side; it must make as many of both");
}

TEST_CASE("labels may be bools", "[folds]") {
  const std::vector<bool> flags(y.begin(), y.end());
  const auto fold = Folds(X, flags, EveryNth{3})[1];
  const auto test = fold.test();
  const auto train = fold.train(Smote{.seed = 1});
  for (std::size_t i = 0; i < test.y.size(); ++i) CHECK(test.y[i] == (y[static_cast<std::size_t>(test.rows[i])] == 1));
  CHECK(std::count(train.y.begin(), train.y.end(), true) == train.counts[1].after);
  CHECK(train.X == Folds(X, y, EveryNth{3})[1].train(Smote{.seed = 1}).X);
}

TEST_CASE("a space of the training rows decides who is a neighbor, not what is made", "[folds]") {
  Matrix<double> wide = X;
  wide.col(1) *= 1e6;
  for (const auto& fold : Folds(wide, y, EveryNth{3})) {
    const Matrix<double> train = taken(wide, fold.train_rows());
    const Matrix<double> space = Standardize{}.fit(train)(train);
    const auto labels = taken(y, fold.train_rows());
    const auto expected = resample(Data(train, labels).space(space), Smote{.seed = fold.seed(7)});
    const auto out = fold.in_space(Standardize{}).train(Smote{.seed = 7});
    CHECK(out.X == expected.X);
    CHECK(out.X != fold.train(Smote{.seed = 7}).X);
    CHECK(fold.in_space(Standardize{}).test().X == fold.test().X);
    CHECK(materialize(out.plan, wide) == out.X);
    // a space of the data is taken along, and transformed instead of X
    const Matrix<double> Z = wide.col(1);
    const Matrix<double> Z_train = train.col(1);
    const Matrix<double> Z_scaled = Standardize{}.fit(Z_train)(Z_train);
    const Folds spaced(Data(wide, y).space(Z), EveryNth{3});
    CHECK(spaced[fold.number()].train(Smote{.seed = 7}).X ==
          resample(Data(train, labels).space(Z_train), Smote{.seed = fold.seed(7)}).X);
    CHECK(spaced[fold.number()].in_space(Standardize{}).train(Smote{.seed = 7}).X ==
          resample(Data(train, labels).space(Z_scaled), Smote{.seed = fold.seed(7)}).X);
    // and so is one that another transform made
    const Matrix<double> turned = Robust{}.fit(space)(space);
    CHECK(fold.in_space(Standardize{}).in_space(Robust{}).train(Smote{.seed = 7}).X ==
          resample(Data(train, labels).space(turned), Smote{.seed = fold.seed(7)}).X);
  }
}

TEST_CASE("inner folds divide the training rows and speak of the caller's", "[folds]") {
  std::vector<int> patient(90);
  std::vector<double> day(90);
  for (std::size_t i = 0; i < 90; ++i) {
    patient[i] = static_cast<int>(i / 10);
    day[i] = static_cast<double>(i);
  }
  const Folds folds(Data(X, y).groups(patient).times(day), EveryNth{3});
  for (const auto& fold : folds) {
    std::set<Index> tested;
    const auto inner = fold.inner(EachGroup{});
    CHECK(inner.size() == 9);
    for (const auto& part : inner) {
      for (const auto rows : {part.train_rows(), part.test_rows()})
        for (const Index row : rows) CHECK(row % 3 != fold.number());
      for (const Index row : part.test_rows()) {
        CHECK(patient[static_cast<std::size_t>(row)] == part.number());
        tested.insert(row);
      }
      CHECK(part.seed(1) == seed_of_fold(fold.seed(1), part.number()));
      const auto train = part.train(Smote{.seed = 1});
      CHECK(train.X ==
            resample(taken(X, part.train_rows()).eval(), taken(y, part.train_rows()), Smote{.seed = part.seed(1)}).X);
      CHECK(materialize(train.plan, X) == train.X);
    }
    CHECK(tested.size() == 60);
    CHECK(fold.inner(EachGroup{})[2].inner(EveryNth{2})[1].train().X.rows() > 0);
    // a transformed fold has seen all its training rows: the inner folds fit the transform anew
    const auto scaled = fold.transformed(Standardize{}).in_space(Robust{}).inner(EveryNth{2})[0];
    const auto by_hand = fold.inner(EveryNth{2})[0].transformed(Standardize{}).in_space(Robust{});
    CHECK(scaled.train().X == by_hand.train().X);
    CHECK(scaled.test().X == by_hand.test().X);
    CHECK(scaled.train(Smote{.seed = 1}).X == by_hand.train(Smote{.seed = 1}).X);
    CHECK(Folds(X, y, EveryNth{3}).transformed(Standardize{})[fold.number()].inner(EveryNth{2})[1].train().X ==
          fold.inner(EveryNth{2})[1].transformed(Standardize{}).train().X);
  }
}

TEST_CASE("row numbers of one's own are folds, too, in their order", "[folds]") {
  const std::vector<Split> mine{{{5, 3, 70, 71, 72, 8, 9}, {2, 1}}, {{1, 2, 70, 71, 72, 8, 9}, {5}}};
  std::vector<int> labels(90, 0);
  for (const std::size_t i : {70u, 71u, 72u}) labels[i] = 1;
  const Folds folds(X, labels, mine);
  CHECK(folds.size() == 2);
  CHECK(listed(folds[0].train_rows()) == mine[0].train);
  CHECK(folds[0].test().X == taken(X, mine[0].test));
  CHECK(folds[0].train(Smote{.k_neighbors = 2}).X.topRows(7) == taken(X, mine[0].train));
  CHECK_THROWS_WITH(folds[2], "Folds: fold is 2; it must be from 0 to 1");
  CHECK_THROWS_AS(folds[-1], InvalidOption);
  CHECK_THROWS_WITH(Folds(X, y, std::vector<Split>{}), "there is no split; give at least one");
}

TEST_CASE("a fold is a value that outlives its folds", "[folds]") {
  std::vector<Fold<double, std::string>> kept;
  {
    std::vector<std::string> names;
    for (const int label : y) names.push_back(label == 1 ? "ill" : "fine");
    for (const auto& fold : Folds(X, names, EveryNth{3}).transformed(MinMax{})) kept.push_back(fold);
  }
  CHECK(kept[2].number() == 2);
  CHECK(kept[2].train(Smote{.seed = 1}).counts[1].label == "ill");
  CHECK(kept[0].test().y.size() == 30);
  kept[0] = kept[2];
  CHECK(kept[0].test().rows == kept[2].test().rows);
}

TEST_CASE("any layout of X makes the same folds", "[folds]") {
  const Eigen::MatrixXd columns = X;
  Matrix<double> wider(90, 5);
  wider << X.col(0), X, X.col(1);
  const auto block = wider.middleCols(1, 3);
  const auto expected = Folds(X, y, EveryNth{3})[1].train(Smote{.seed = 1}).X;
  CHECK(Folds(columns, y, EveryNth{3})[1].train(Smote{.seed = 1}).X == expected);
  CHECK(Folds(block, y, EveryNth{3})[1].train(Smote{.seed = 1}).X == expected);
  const Execution two{.threads = 2, .backend = Backend::brute_force};
  CHECK(Folds(X, y, EveryNth{3})[1].train(two, Smote{.seed = 1}).X == expected);
}

TEST_CASE("what is wrong on the training side is told in the caller's row numbers", "[folds]") {
  Matrix<double> bad = X;
  bad(7, 2) = std::numeric_limits<double>::quiet_NaN();
  const Folds folds(bad, y, EveryNth{3});
  CHECK_NOTHROW(folds[1].train(Smote{}));  // row 7 is tested there
  CHECK_NOTHROW(folds[0].train(RandomOverSampler{}));
  try {
    folds[0].train(Smote{});
    FAIL("a NaN went through");
  } catch (const BadValue& error) {
    CHECK(error.row == 7);
    CHECK(error.column == 2);
    CHECK_THAT(error.what(), Catch::Matchers::StartsWith("training of fold 0: X(4, 2) is nan; "));
    CHECK_THAT(error.what(), Catch::Matchers::EndsWith(" (row 4 there is row 7 of the caller's X)"));
  }
  try {
    folds[0].transformed(Standardize{});
    FAIL("a NaN went through");
  } catch (const BadValue& error) {
    CHECK(error.row == 7);
  }
  try {
    folds[0].inner(EveryNth{2})[1].train(Smote{});
    FAIL("a NaN went through");
  } catch (const BadValue& error) {
    CHECK(error.row == 7);
    CHECK_THAT(error.what(), Catch::Matchers::StartsWith("training of fold 1 of fold 0: "));
  }
  // SmoteNc tells of a code that is none
  Matrix<double> coded(90, 2);
  for (Index i = 0; i < 90; ++i) coded.row(i) << X(i, 0), static_cast<double>(i % 4);
  coded(7, 1) = 1.5;
  try {
    Folds(coded, y, EveryNth{3})[0].train(SmoteNc{.nominal = {1}});
    FAIL("a code of 1.5 went through");
  } catch (const BadValue& error) {
    CHECK(error.row == 7);
    CHECK(error.column == 1);
  }
}

struct FindsFault {
  Index row;
  template <class S>
  Plan plan(const DataView<S>&, const Execution&) const {
    throw BadValue("a fault", row, 0);
  }
};

TEST_CASE("a fault at the last training row is told by its number, one that is nowhere as it is", "[folds]") {
  const auto fold = Folds(X, y, EveryNth{3})[0];  // trains on 60 rows, 89 the last
  const auto told = [&](Index row) {
    try {
      fold.train(FindsFault{row});
    } catch (const BadValue& error) {
      return error.row;
    }
    return Index{-2};
  };
  CHECK(told(59) == 89);
  CHECK(told(60) == 60);
  CHECK(told(-1) == -1);
}

TEST_CASE("inner folds take training rows of the set and no others", "[folds]") {
  const auto fold = Folds(X, y, EveryNth{3})[0];
  for (const Index row : {0, -1, 90, 91})  // 0 is tested there; 90 is one too many
    CHECK_THROWS_AS(fold.inner(std::vector<Split>{{{1, 2, 4}, {row}}}), InvalidSplit);
}

TEST_CASE("rules for columns as they came are refused where a transform made others", "[folds]") {
  const auto data = Data(X, y).columns({integer({0})});
  const Folds folds(data, EveryNth{3});
  CHECK_NOTHROW(folds[0].train(Smote{}));
  CHECK_THROWS_AS(Folds(data, EveryNth{3}).transformed(Standardize{})[0].train(Smote{}), InvalidOption);
}

TEST_CASE("folds are stepped through in both ways of writing it", "[folds]") {
  const Folds folds(X, y, EveryNth{3});
  auto at = folds.begin();
  CHECK((*at++).number() == 0);
  CHECK((*at).number() == 1);
  CHECK((*++at).number() == 2);
  CHECK(++at == folds.end());
}

TEST_CASE("a resampled set that hides in Data is still not split", "[folds]") {
  const auto out = resample(X, y, Smote{.seed = 1});
  const Data data(out.X, out.y);
  CHECK(data.resampled());
  CHECK_THROWS_AS(Folds(data, EveryNth{3}), InvalidSplit);
  CHECK_THROWS_AS(split(data, EveryNth{3}), InvalidSplit);
  const auto again = materialize(out.plan, X);
  CHECK(Data(again, out.y).resampled());
  const auto scaled = Standardize{}.fit(out.X)(out.X);
  CHECK(Data(scaled, out.y).resampled());
  CHECK_FALSE(Data(X, y).resampled());
  const auto base = Folds(X, y, EveryNth{3})[0].train();
  CHECK_FALSE(Data(base.X, base.y).resampled());
  CHECK(Folds(base.X, base.y, EveryNth{3}).size() == 3);  // real rows: nested by hand
}

TEST_CASE("a fold tells where it stands and whether its rows are the caller's", "[folds]") {
  const Folds folds(X, y, EveryNth{3});
  const auto fold = folds[2], inner = fold.inner(EveryNth{2})[1];
  CHECK(std::vector<Index>(fold.path().begin(), fold.path().end()) == std::vector<Index>{2});
  CHECK(std::vector<Index>(inner.path().begin(), inner.path().end()) == std::vector<Index>{2, 1});
  CHECK_FALSE(fold.has_transformed_rows());
  CHECK_FALSE(fold.in_space(Standardize{}).has_transformed_rows());
  CHECK(fold.transformed(Standardize{}).has_transformed_rows());
}

TEST_CASE("the seeds of a fold reach every sampler", "[folds]") {
  const auto fold = Folds(X, y, EveryNth{3})[2];
  CHECK(fold.seed(5) == seed_of_fold(5, 2));
  const auto train = fold.train(Chain{RandomUnderSampler{.seed = 5}, SmoteEnn{.smote = {.seed = 6}}});
  const std::vector<std::string> stages = {RandomUnderSampler{.seed = fold.seed(5)}.describe(),
                                           SmoteEnn{.smote = {.seed = fold.seed(6)}}.describe()};
  CHECK(train.stages == stages);
  CHECK(train.recipe == stages[0] + ", " + stages[1]);
  CHECK(fold.train(AnyResampler(Smote{.seed = 5})).recipe == Smote{.seed = fold.seed(5)}.describe());
  const Smote numpy{.seed = 5, .draws = Draws::imbalanced_learn};
  CHECK(fold.train(numpy).recipe == numpy.describe());
}

}  // namespace folds_test
