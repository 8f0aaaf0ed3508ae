// SPDX-License-Identifier: MIT
#include <rebalance/audit/real_rows.hpp>

#include <cmath>
#include <vector>

#include "../support/catch.hpp"
#include "../support/near.hpp"
#include "../support/sets.hpp"

namespace real_rows_test {

using namespace rebalance;
using namespace rebalance::detail;
using sets::Kind;

/// Rows as often as `times` says.
Matrix<double> repeated(const Matrix<double>& rows, const std::vector<std::uint32_t>& times) {
  std::vector<Index> numbers;
  for (std::size_t i = 0; i < times.size(); ++i) numbers.insert(numbers.end(), times[i], static_cast<Index>(i));
  return rows(numbers, Eigen::all);
}

std::vector<double> column_of(const Matrix<double>& rows, Index column) {
  const Eigen::VectorXd values = rows.col(column);
  return {values.begin(), values.end()};
}

TEST_CASE("correlations of all pairs, of rows taken some times, are those of two columns", "[real_rows]") {
  Matrix<double> rows = sets::features(Kind::continuous, 20, 4);
  rows.col(2) += 3 * rows.col(0);
  const std::vector<std::uint32_t> times{1, 0, 2, 3, 0, 1, 1, 1, 4, 0, 0, 1, 2, 1, 1, 0, 0, 1, 1, 1};
  const Matrix<double> all = repeated(rows, times);
  const std::vector<double> found = correlations(rows, times);
  REQUIRE(found.size() == 6);
  std::size_t at = 0;
  for (Index j = 0; j < 4; ++j)
    for (Index k = 0; k < j; ++k) CHECK(near(found[at++], correlation(column_of(all, j), column_of(all, k))));
}

TEST_CASE("a column that is constant in the rows taken has correlation 0", "[real_rows]") {
  const Matrix<double> rows{{.1, 1}, {.1, 2}, {.7, 5}};
  CHECK(correlations(rows, std::vector<std::uint32_t>{3, 4, 0}) == std::vector<double>{0});
  CHECK(correlations(rows, std::vector<std::uint32_t>{1, 1, 1})[0] > 0.9);
  CHECK(correlations(rows.leftCols(1), std::vector<std::uint32_t>{1, 1, 1}).empty());
}

TEST_CASE("columns that are constant in a draw have correlation 0, with each other too", "[real_rows]") {
  Matrix<double> X = sets::features(Kind::continuous, 40, 4);
  X.col(2).setConstant(-.151);
  X.col(3).setConstant(.307);
  const std::vector<std::uint32_t> times(40, 3);
  const std::vector<double> found = correlations(X, times);  // 10, 20, 21, 30, 31, 32
  CHECK(found[0] != 0);
  for (std::size_t pair = 1; pair < found.size(); ++pair) CHECK(found[pair] == 0);
}

TEST_CASE("draws are whole rows, as many as asked for, others for other addresses", "[real_rows]") {
  Matrix<double> X(50, 2);
  for (Index i = 0; i < 50; ++i) X.row(i).setConstant(static_cast<double>(i));
  std::vector<RowPlace> places(50);
  for (std::size_t i = 0; i < 50; ++i) places[i] = {.copy = i < 25, .near_copy = true, .in_void = i == 7};
  const RealRows real(X, places, {});
  double copies = 0, in_void = 0, moved = 0;
  for (std::uint32_t repetition = 0; repetition < 400; ++repetition) {
    const Figures draw = real.compare_draw(31, 5, 1, repetition);
    CHECK(draw.columns[0].wasserstein == draw.columns[1].wasserstein);
    CHECK(near(draw.correlation.largest, 0));  // a row drawn by columns would not keep correlation 1
    CHECK(near(draw.near_copies, 1));
    copies += draw.copies / 400, in_void += draw.in_void / 400;
    moved += real.compare_draw(31, 5, 2, repetition).columns[0].wasserstein != draw.columns[0].wasserstein;
  }
  CHECK(std::abs(copies - .5) < .02);  // five standard errors
  CHECK(std::abs(in_void - .02) < .007);
  CHECK(moved > 390);
}

TEST_CASE("what is usual is usual of the worst column", "[real_rows]") {
  const Matrix<double> X = sets::features(Kind::continuous, 60, 12);
  const std::vector<RowPlace> places(60);
  const RealRows real(X, places, {}), one(X.leftCols(1), places, {});
  const Usual of_all(real, 60, 200, 3, 0, {}), of_one(one, 60, 200, 3, 0, {});
  CHECK(of_all.most(&ColumnFigures::kolmogorov_smirnov) > of_one.most(&ColumnFigures::kolmogorov_smirnov));
  CHECK(of_all.least_ratio() < of_one.least_ratio());
  int beyond = 0;  // of sets not among the 200
  for (std::uint32_t repetition = 200; repetition < 1200; ++repetition) {
    double most = 0;
    for (const ColumnFigures& column : real.compare_draw(60, 3, 0, repetition).columns)
      most = std::max(most, column.kolmogorov_smirnov);
    beyond += most > of_all.most(&ColumnFigures::kolmogorov_smirnov);
  }
  CHECK(beyond > 10);
  CHECK(beyond < 100);
}

}  // namespace real_rows_test
