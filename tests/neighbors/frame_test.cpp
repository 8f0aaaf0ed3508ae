// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/frame.hpp>
#include <rebalance/neighbors/metric.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

TEST_CASE("placed rows are within the radius, their errors added", "[frame]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::far_off, Kind::constant_columns,
                             Kind::tiny, Kind::huge);
  CAPTURE(sets::name(kind));
  const Index n = 60, d = 5;
  const auto X = sets::features(kind, n, d);
  const auto all = sets::numbers(n);
  const detail::RowsBy<Euclidean, double> rows(Euclidean{d}, detail::view_of(X));
  const detail::Frame frame(rows, all, {});
  std::vector<double> room = frame.room();
  Matrix<float> placed(n, d);
  std::vector<double> length;
  for (Index i = 0; i < n; ++i) {
    length.push_back(frame.place(i, placed.data() + i * d, 1, room));
    CHECK(placed.row(i).cwiseAbs().maxCoeff() <= 1);
  }
  for (Index a = 0; a < n; ++a)
    for (Index b = 0; b < a; ++b) {
      const double apart = (placed.row(a).cast<double>() - placed.row(b).cast<double>()).norm();
      const double radius = frame.radius(rows.between(a, b));
      const double moved =
          frame.error(length[static_cast<std::size_t>(a)]) + frame.error(length[static_cast<std::size_t>(b)]);
      REQUIRE(apart <= radius + moved);
      REQUIRE(apart >= radius * (1 - 1e-12) - moved);

      // the products in the worst of orders and precisions, against their bound
      float product = 0, square_a = 0, square_b = 0;
      for (Index j = 0; j < d; ++j) {
        product += placed(a, j) * placed(b, j);
        square_a += placed(a, j) * placed(a, j);
        square_b += placed(b, j) * placed(b, j);
      }
      const double screened =
          static_cast<double>(square_a) + static_cast<double>(square_b) - 2 * static_cast<double>(product);
      const double reach = length[static_cast<std::size_t>(a)] + length[static_cast<std::size_t>(b)];
      REQUIRE(std::abs(screened - apart * apart) <= frame.product_error(reach) + 1e-30);
    }
}

TEST_CASE("nothing limits the radius of a query that has not found enough", "[frame]") {
  const auto X = sets::features(Kind::continuous, 4, 2);
  const auto all = sets::numbers(4);
  const detail::RowsBy<Euclidean, double> rows(Euclidean{2}, detail::view_of(X));
  const detail::Frame frame(rows, all, {});
  CHECK(frame.radius(std::numeric_limits<double>::max()) == std::numeric_limits<double>::infinity());
  CHECK(detail::Frame::has_room_for(1));
  CHECK_FALSE(detail::Frame::has_room_for(1e30));
}
