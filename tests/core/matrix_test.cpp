// SPDX-License-Identifier: MIT
#include <rebalance/core/matrix.hpp>

#include <limits>

#include "../support/catch.hpp"

using namespace rebalance;
using detail::RowMajor;

namespace {
template <class X>
bool same_values(const RowMajor<typename X::Scalar>& rows, const X& x) {
  return rows.view().rows() == x.rows() && rows.view().cols() == x.cols() &&
         Matrix<typename X::Scalar>(rows.view()) == Matrix<typename X::Scalar>(x);
}
}  // namespace

TEST_CASE("row-major memory is used in place", "[matrix]") {
  Matrix<double> X = Matrix<double>::Random(6, 4);
  CHECK(RowMajor<double>(X).view().data() == X.data());

  const auto middle = X.block(1, 1, 3, 2);
  const RowMajor<double> block(middle);
  CHECK(block.view().data() == &X(1, 1));
  CHECK(block.view().outerStride() == 4);
  CHECK(same_values(block, middle));

  const Eigen::Map<const Matrix<double>> map(X.data(), 3, 8);
  CHECK(RowMajor<double>(map).view().data() == X.data());
  const Eigen::Map<const Matrix<double>, 0, Eigen::OuterStride<>> strided(X.data(), 3, 2, Eigen::OuterStride<>(8));
  CHECK(same_values(RowMajor<double>(strided), strided));

  const Eigen::MatrixXd columns = Eigen::MatrixXd::Random(4, 6);
  const auto turned = columns.transpose();
  CHECK(RowMajor<double>(turned).view().data() == columns.data());
  CHECK(same_values(RowMajor<double>(turned), turned));
}

TEST_CASE("anything else is converted once and the copies share it", "[matrix]") {
  const Eigen::MatrixXd X = Eigen::MatrixXd::Random(5, 3);
  const RowMajor<double> rows(X);
  CHECK(rows.view().data() != X.data());
  CHECK(same_values(rows, X));
  const RowMajor<double> copy = rows;
  CHECK(copy.view().data() == rows.view().data());

  const auto expression = (2.0 * X.array()).matrix();
  CHECK(Matrix<double>(RowMajor<double>(expression.eval()).view()) == Matrix<double>(2.0 * X));
  const Eigen::ArrayXXd array = X;
  CHECK(Matrix<double>(RowMajor<double>(array).view()) == Matrix<double>(X));
  CHECK(Matrix<double>(RowMajor<double>(X * X.transpose()).view()) == Matrix<double>(X * X.transpose()));
  const Matrix<double> wide = Matrix<double>::Random(4, 6);
  using Inner = Eigen::Map<const Matrix<double>, 0, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>>;
  const Inner gaps(wide.data(), 4, 3, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>(6, 2));
  CHECK(same_values(RowMajor<double>(gaps), gaps));
}

TEST_CASE("vectors are matrices of one row or one column", "[matrix]") {
  const Eigen::VectorXf column = Eigen::VectorXf::Random(5);
  const Eigen::RowVectorXf row = Eigen::RowVectorXf::Random(5);
  CHECK(same_values(RowMajor<float>(column), column));
  CHECK(same_values(RowMajor<float>(row), row));
}

TEMPLATE_TEST_CASE("the first value that is no finite number is named", "[matrix]", float, double) {
  using S = TestType;
  Matrix<S> X = Matrix<S>::Random(9000, 3);
  const int threads = GENERATE(1, 3);
  const Execution how{.threads = threads};
  CHECK_NOTHROW(detail::require_finite("X", detail::view_of(X), how));
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
        -std::numeric_limits<double>::infinity(), static_cast<double>(std::numeric_limits<S>::max())}) {
    X(8000, 1) = static_cast<S>(bad);
    X(8000, 2) = static_cast<S>(bad);
    X(8500, 0) = static_cast<S>(bad);
    const RowMajor<S> all(X), last_two(X.rightCols(2)), first(X.leftCols(1));
    for (const auto& [rows, row, column] : {std::tuple{&all, 8000, 1}, {&last_two, 8000, 0}, {&first, 8500, 0}}) try {
        detail::require_finite("X", rows->view(), how);
        FAIL("not found");
      } catch (const BadValue& error) {
        CHECK(error.row == row);
        CHECK(error.column == column);
      }
  }
}
