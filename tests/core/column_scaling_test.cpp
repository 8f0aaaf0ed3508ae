// SPDX-License-Identifier: MIT
#include <rebalance/core/column_scaling.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <limits>
#include <vector>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;

namespace {

// The second column is constant, and so is the middle half of the third.
const Matrix<double> small{{1, 7, 2, -1.5}, {2, 7, 2, 0.25},  {4, 7, 2, 3},
                           {8, 7, 2, 10},   {16, 7, 2, -100}, {32, 7, 9, 0.125}};

void check_near(const std::vector<double>& actual, const std::vector<double>& expected) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t j = 0; j < expected.size(); ++j) {
    CAPTURE(j, actual[j], expected[j]);
    CHECK(std::abs(actual[j] - expected[j]) <= 1e-14 * std::abs(expected[j]));
  }
}

}  // namespace

// The expected numbers are those of scikit-learn 1.2.1: for each scaler s fitted on `small`,
// StandardScaler: s.mean_, s.scale_; MinMaxScaler: s.data_min_, 1 / s.scale_; RobustScaler: s.center_, s.scale_.
TEST_CASE("the three scalings are those of scikit-learn", "[column_scaling]") {
  SECTION("Standardize") {
    const ColumnScaling fitted = Standardize{}.fit(small);
    check_near(fitted.shift(), {10.5, 7.0, 3.1666666666666665, -14.6875});
    check_near(fitted.scale(), {10.828203913853857, 1.0, 2.608745973749755, 38.33404098078712});
  }
  SECTION("MinMax") {
    const ColumnScaling fitted = MinMax{}.fit(small);
    check_near(fitted.shift(), {1.0, 7.0, 2.0, -100.0});
    check_near(fitted.scale(), {31.0, 1.0, 7.0, 110.0});
  }
  SECTION("Robust") {
    const ColumnScaling fitted = Robust{}.fit(small);
    check_near(fitted.shift(), {6.0, 7.0, 2.0, 0.1875});
    check_near(fitted.scale(), {11.5, 1.0, 1.0, 3.40625});
  }
}

TEST_CASE("scaled columns have the spread they are named for", "[column_scaling]") {
  const Matrix<double> X = sets::features(sets::Kind::continuous, 200, 4) * 37.0;
  const Matrix<double> standard = Standardize{}.fit(X)(X);
  const Matrix<double> unit = MinMax{}.fit(X)(X);
  for (Index j = 0; j < 4; ++j) {
    CHECK(std::abs(standard.col(j).mean()) < 1e-14);
    CHECK(std::abs(standard.col(j).squaredNorm() / 200 - 1) < 1e-13);
    CHECK(unit.col(j).minCoeff() == 0);
    CHECK(unit.col(j).maxCoeff() == 1);
  }
  // the median is 0 and half of the values lie within one half of each other
  std::vector<double> robust;
  const Matrix<double> scaled = Robust{}.fit(X)(X);
  for (Index i = 0; i < 200; ++i) robust.push_back(scaled(i, 0));
  std::sort(robust.begin(), robust.end());
  CHECK(std::abs(detail::quantile(robust, 0.5)) < 1e-14);
  CHECK(std::abs(detail::quantile(robust, 0.75) - detail::quantile(robust, 0.25) - 1) < 1e-14);
}

TEST_CASE("a constant column becomes exactly zero, and nothing is divided by zero", "[column_scaling]") {
  Matrix<double> X = sets::features(sets::Kind::continuous, 7, 2);
  X.col(1).setConstant(0.1);  // seven times 0.1 do not sum to 0.7
  for (const ColumnScaling& fitted : {Standardize{}.fit(X), MinMax{}.fit(X), Robust{}.fit(X)}) {
    CHECK(fitted(X).col(1).isZero(0));
    CHECK(fitted.scale()[1] == 1);
  }
  const Matrix<double> one_row = X.topRows(1);
  CHECK(Standardize{}.fit(one_row)(one_row).isZero(0));
}

TEST_CASE("numbers far from zero are centered to the last digits, and rounding is no spread", "[column_scaling]") {
  Matrix<double> X(100'000, 2);
  for (Index i = 0; i < X.rows(); ++i) X.row(i) << 1.7e9 + static_cast<double>(i % 1000) / 1024, 0.1;
  X(5, 1) = std::nextafter(0.1, 1.0);
  const ColumnScaling fitted = Standardize{}.fit(X);
  CHECK(std::abs(fitted(X).col(0).mean()) < 1e-6);
  CHECK(fitted.scale()[1] == 1);
  CHECK(MinMax{}.fit(X).scale()[1] == 1);
}

TEST_CASE("scaled rows may be used for what they were", "[column_scaling]") {
  const Matrix<double> X = sets::features(sets::Kind::continuous, 20, 3);
  const ColumnScaling fitted = Standardize{}.fit(X);
  STATIC_REQUIRE(std::same_as<decltype(fitted(HeldOutMatrix<double>())), HeldOutMatrix<double>>);
  STATIC_REQUIRE(std::same_as<decltype(fitted(ResampledMatrix<float>())), ResampledMatrix<float>>);
  CHECK(fitted(HeldOutMatrix<double>(X)) == fitted(X));
}

TEST_CASE("columns may be left as they are", "[column_scaling]") {
  const Matrix<double> X = sets::features(sets::Kind::continuous, 20, 3);
  const Matrix<double> out = Standardize{.except = {1}}.fit(X)(X);
  CHECK(out.col(1) == X.col(1));
  CHECK(out.col(0) == Standardize{}.fit(X)(X).col(0));
  CHECK_THROWS_WITH((MinMax{.except = {3}}.fit(X)), "MinMax: except is 3; it must be a column of X, 0 to 2");
  CHECK_THROWS_AS((Robust{.except = {-1}}.fit(X)), InvalidOption);
}

TEST_CASE("what is learned is used on other rows, float or double, in any layout", "[column_scaling]") {
  const Matrix<double> X = sets::features(sets::Kind::continuous, 20, 3);
  const Matrix<float> narrow = X.cast<float>();
  const Eigen::MatrixXd columns = X;
  CHECK(Standardize{}.fit(columns) == Standardize{}.fit(X));
  CHECK(Standardize{}.fit(X)(columns) == Standardize{}.fit(X)(X));
  CHECK(Standardize{}.fit(narrow)(narrow).cast<double>().isApprox(Standardize{}.fit(X)(X), 1e-5));
  CHECK(MinMax{}.fit(X.topRows(5))(X.bottomRows(2)).rows() == 2);
  CHECK_THROWS_WITH(Standardize{}.fit(X)(X.leftCols(2)),
                    "the rows have 2 columns but the scaling was fitted on 3; give rows of the same columns");
}

TEST_CASE("rows that nothing can be learned from are refused", "[column_scaling]") {
  Matrix<double> X = sets::features(sets::Kind::continuous, 20, 3);
  CHECK_THROWS_AS(Standardize{}.fit(X.topRows(0)), ShapeMismatch);
  X(4, 1) = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(Robust{}.fit(X), BadValue);
  CHECK_THROWS_AS(ColumnScaling({1, 2}, {1}), ShapeMismatch);
  CHECK_THROWS_AS(ColumnScaling({1, 2}, {1, 0}), InvalidOption);
}
