// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/projection.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

Matrix<float> projected(const Matrix<double>& X, const detail::Projection& projection, const detail::Frame& frame) {
  Matrix<float> out(X.rows(), projection.size() + 1);
  std::vector<double> room(static_cast<std::size_t>(X.cols()));
  for (Index i = 0; i < X.rows(); ++i) {
    frame.place_exactly(i, room);
    projection.apply(room, out.data() + i * out.cols());
  }
  return out;
}

}  // namespace

TEST_CASE("no two rows are farther apart by their projections than they are", "[projection]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::far_off, Kind::constant_columns);
  CAPTURE(sets::name(kind));
  const auto X = sets::features(kind, 80, 30);
  const auto all = sets::numbers(80);
  const detail::RowsBy<Euclidean, double> rows(Euclidean{30}, detail::view_of(X));
  const detail::Frame frame(rows, all, {});
  const detail::Projection projection(all, frame);
  const auto seen = projected(X, projection, frame);
  Matrix<double> whole(80, 30);
  for (Index i = 0; i < 80; ++i) frame.place_exactly(i, {whole.data() + i * 30, 30});
  for (Index a = 0; a < 80; ++a)
    for (Index b = 0; b < a; ++b) {
      const double apart = (seen.row(a).cast<double>() - seen.row(b).cast<double>()).norm();
      REQUIRE(apart <= (whole.row(a) - whole.row(b)).norm() + frame.error(whole.row(a).norm()) +
                           frame.error(whole.row(b).norm()));
    }
}

TEST_CASE("rows that fill few dimensions need few axes", "[projection]") {
  const Matrix<double> X = sets::features(Kind::continuous, 200, 3, 1) * sets::features(Kind::continuous, 3, 40, 2);
  const auto all = sets::numbers(200);
  const detail::RowsBy<Euclidean, double> rows(Euclidean{40}, detail::view_of(X));
  const detail::Frame frame(rows, all, {});
  const detail::Projection projection(all, frame);
  CHECK(projection.size() <= 3);
  const Matrix<double> constant = Matrix<double>::Constant(5, 4, 2.0);
  const auto five = sets::numbers(5);
  const detail::RowsBy<Euclidean, double> same(Euclidean{4}, detail::view_of(constant));
  CHECK(detail::Projection(five, detail::Frame(same, five, {})).size() == 0);
}
