// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/neighbor_space.hpp>

#include <rebalance/rebalance.hpp>

#include <limits>
#include <tuple>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace neighbor_space_test {

using namespace rebalance;
using sets::Kind;

const std::vector<int> y = sets::labels({120, 50, 30});

/// Three columns whose units have nothing to do with each other, and a fourth of noise.
template <class S = double>
Matrix<S> features() {
  Matrix<S> X = sets::features<S>(Kind::continuous, 200, 4);
  X.col(0) *= S(1024);
  X.col(1) /= S(256);
  return X;
}

/// The rows a sampler searches under these options.
template <class S>
Matrix<S> searched(const Matrix<S>& X, const NeighborSpace& space, int threads = 1) {
  const Data data(X, y);
  const auto view = data.view();
  const detail::SpacedData<S> spaced("S", space, view, Execution{.threads = threads});
  return spaced.view().space;
}

// Everything that searches for neighbors, by what it does with a space.
template <class Sampler>
Sampler with(const NeighborSpace& space) {
  Sampler sampler;
  sampler.space = space;
  if constexpr (requires { sampler.no_hard_row; }) sampler.no_hard_row = NoHardRow::uniform;
  return sampler;
}
using Samplers = std::tuple<Smote, BorderlineSmote, Adasyn, TomekLinks, EditedNearestNeighbors,
                            RepeatedEditedNearestNeighbors, AllKnn>;

TEST_CASE("options left alone are no space: nothing is copied", "[neighbor_space]") {
  const Matrix<double> X = features();
  const Data data(X, y);
  const auto view = data.view();
  const detail::SpacedData<double> spaced("S", {}, view, {});
  CHECK(spaced.view().space.data() == X.data());
  CHECK(spaced.view().X.data() == X.data());
}

TEST_CASE("scalings are those of the transforms, columns and weights do what they say", "[neighbor_space]") {
  const Matrix<double> X = features();
  for (const int threads : {1, 3}) {
    CHECK(searched(X, {.scaling = Scaling::standard}, threads) == Standardize{}.fit(X)(X));
    CHECK(searched(X, {.scaling = Scaling::min_max}, threads) == MinMax{}.fit(X)(X));
    CHECK(searched(X, {.scaling = Scaling::robust}, threads) == Robust{}.fit(X)(X));
    const Matrix<double> two = searched(X, {.columns = {2, 0}, .weights = {1, 0.5}}, threads);
    REQUIRE(two.cols() == 2);
    CHECK(two.col(0) == X.col(2));
    CHECK(two.col(1) == X.col(0) / 2);
  }
  const Matrix<float> narrow = features<float>();
  CHECK(searched(narrow, {.scaling = Scaling::standard}) == Standardize{}.fit(narrow)(narrow));
}

TEMPLATE_LIST_TEST_CASE("an option is the same as the space given by hand", "[neighbor_space]", Samplers) {
  const Matrix<double> X = features();
  const Matrix<double> standard = Standardize{}.fit(X)(X), two = X.middleCols(1, 2);
  const auto by_hand = [&](const Matrix<double>& Z) { return make_plan(Data(X, y).space(Z), with<TestType>({})); };
  const auto by_option = [&](const NeighborSpace& space) { return make_plan(X, y, with<TestType>(space)); };
  CHECK(by_option({.scaling = Scaling::standard}) == by_hand(standard));
  CHECK(by_option({.columns = {1, 2}}) == by_hand(two));
  CHECK(by_option({.weights = {1, 1, 1, 1}}) == by_option({}));
  CHECK(by_option({.scaling = Scaling::standard}) != by_option({}));  // so that nothing above is the same by chance
  // options speak of the space given, if there is one
  CHECK(make_plan(Data(X, y).space(two), with<TestType>({.columns = {1}})) == by_option({.columns = {2}}));
}

TEMPLATE_LIST_TEST_CASE("with scaling the units of a column do not matter", "[neighbor_space]", Samplers) {
  const Matrix<double> X = features();
  Matrix<double> other_units = X;
  other_units.col(2) *= 1000;
  other_units.col(3).array() += 5;
  for (const Scaling scaling : {Scaling::standard, Scaling::min_max, Scaling::robust}) {
    // What is drawn belongs to the values of a row, so its neighbors are what can be compared.
    const auto relation = [&](const Matrix<double>& rows) {
      auto sampler = with<TestType>({.scaling = scaling});
      if constexpr (requires { sampler.draws; }) sampler.draws = Draws::imbalanced_learn;
      return make_plan(rows, y, sampler);
    };
    CHECK(relation(X) == relation(other_units));
    CHECK(make_plan(X, y, with<TestType>({})) != make_plan(other_units, y, with<TestType>({})));
  }
}

TEST_CASE("SmoteNc: options of the numbers; categories always count", "[neighbor_space]") {
  Matrix<double> X = features();
  for (Index row = 0; row < X.rows(); ++row) X(row, 1) = static_cast<double>(row % 3);
  Matrix<double> numbers(X.rows(), 3);
  numbers << X.col(0), X.col(2), X.col(3);
  const auto plan = [&](const NeighborSpace& space) {
    return make_plan(X, y, SmoteNc{.nominal = {1}, .space = space});
  };
  const Matrix<double> standard = Standardize{}.fit(numbers)(numbers), last = numbers.rightCols(1);
  CHECK(plan({.scaling = Scaling::standard}) == make_plan(Data(X, y).space(standard), SmoteNc{.nominal = {1}}));
  CHECK(plan({.columns = {3}}) == make_plan(Data(X, y).space(last), SmoteNc{.nominal = {1}}));
  CHECK(plan({.scaling = Scaling::standard}) != plan({}));
  CHECK_THROWS_WITH(plan({.columns = {0, 1}}),
                    "SmoteNc: space.columns is 1; it must be a numeric column; nominal ones always count");
  // without categories it is Smote, in the same space
  const NeighborSpace space{.scaling = Scaling::robust};
  CHECK(make_plan(X, y, SmoteNc{.space = space}) == make_plan(X, y, Smote{.space = space}));
  const Matrix<double> codes = numbers.cwiseAbs().array().floor();
  CHECK_THROWS_AS(make_plan(codes, y, SmoteNc{.nominal = {0, 1, 2}, .space = space}), InvalidOption);
}

TEST_CASE("combinations pass the space on, each stage scales what it is given", "[neighbor_space]") {
  const Matrix<double> X = features();
  const NeighborSpace standard{.scaling = Scaling::standard};
  const Smote smote{.seed = 1, .space = standard};
  const EditedNearestNeighbors enn{.strategy = all(), .space = standard};
  CHECK(make_plan(X, y, SmoteEnn{.smote = smote, .enn = enn}) == make_plan(X, y, smote, enn));
  const auto first = resample(X, y, smote);
  const Matrix<double> between = first.X;
  const Matrix<double> scaled = Standardize{}.fit(between)(between);
  const auto second = make_plan(Data(between, first.y).space(scaled), EditedNearestNeighbors{.strategy = all()});
  CHECK(make_plan(X, y, smote, enn).size() == second.size());
}

TEST_CASE("in a fold scaling learns from the training rows alone", "[neighbor_space]") {
  const Matrix<double> X = features();
  const std::vector<Split> splits = split(Rows(y), StratifiedKFold{.n_splits = 4, .seed = 3});
  Matrix<double> garbled = X;
  for (const Index row : splits[0].test) garbled.row(row) *= -1e6;
  const Smote smote{.seed = 1, .space = {.scaling = Scaling::standard}};
  const Folds folds(X, y, splits), others(garbled, y, splits);
  CHECK((*folds.begin()).train(smote).X == (*others.begin()).train(smote).X);
}

TEST_CASE("a space that cannot be is refused", "[neighbor_space]") {
  const Matrix<double> X = features();
  const auto use = [&](const NeighborSpace& space) { return make_plan(X, y, Smote{.space = space}); };
  CHECK_THROWS_WITH(use({.columns = {4}}), "Smote: space.columns is 4; it must be a column that is searched, 0 to 3");
  CHECK_THROWS_AS(use({.columns = {-1}}), InvalidOption);
  CHECK_THROWS_WITH(use({.columns = {1, 1}}),
                    "Smote: space.columns is 1; it must be named once; to let it count twice as much, use weights");
  CHECK_THROWS_WITH(use({.weights = {1, 2}}),
                    "Smote: space.weights are 2 numbers but 4 columns count; give one weight for each of them");
  CHECK_THROWS_WITH(use({.columns = {1, 2}, .weights = {1, -2}}),
                    "Smote: space.weights is -2; it must be finite and at least 0");
  CHECK_THROWS_AS(use({.weights = {1, 1, 1, std::numeric_limits<double>::quiet_NaN()}}), InvalidOption);
  CHECK_THROWS_WITH(
      use({.weights = {0, 0, 0, 0}}),
      "Smote: all space.weights are 0, so that no row is nearer than another; weight at least one column more");
  CHECK_THROWS_AS(use({.weights = {1, 1, 1, 1e300}}), BadValue);
}

TEST_CASE("a space is a value that can be compared, written down and set by name", "[neighbor_space]") {
  CHECK(NeighborSpace{}.describe() == "{}");
  CHECK(NeighborSpace{.scaling = Scaling::robust, .columns = {0, 2}, .weights = {1, 0.5}}.describe() ==
        "NeighborSpace{.scaling = Scaling::robust, .columns = {0, 2}, .weights = {1, 0.5}}");
  const Matrix<double> X = features();
  const auto named =
      named_resampler("smote", {{"space.scaling", "standard"}, {"space.columns", "0,2"}, {"space.weights", "1,0.5"}});
  CHECK(make_plan(X, y, named) ==
        make_plan(X, y, Smote{.space = {.scaling = Scaling::standard, .columns = {0, 2}, .weights = {1, 0.5}}}));
  CHECK_THROWS_AS(named_resampler("smote", {{"space.weights", "1;2"}}), InvalidOption);
}

TEST_CASE("a fitted space takes other rows where it took those it learned from", "[neighbor_space]") {
  const auto X = sets::features(Kind::continuous, 40, 3);
  const NeighborSpace options{.scaling = GENERATE(Scaling::none, Scaling::standard, Scaling::min_max, Scaling::robust),
                              .columns = {2, 0},
                              .weights = {1, 3}};
  const Execution how;
  const detail::FittedSpace<double> space("here", options, detail::view_of(X), how);
  const Matrix<double> all = space(detail::view_of(X), how), some = X.middleRows(5, 10);
  CHECK(all.cols() == 2);
  CHECK(space(detail::view_of(some), how) == all.middleRows(5, 10));
}

}  // namespace neighbor_space_test
