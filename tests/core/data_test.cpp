// SPDX-License-Identifier: MIT
#include <rebalance/core/data.hpp>

#include <list>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("Data sees the caller's rows and encodes the labels", "[data]") {
  const Matrix<double> X = Matrix<double>::Random(4, 3);
  const Data data(X, std::vector<std::string>{"no", "yes", "no", "no"});
  STATIC_REQUIRE(std::same_as<decltype(data), const Data<double, std::string>>);
  const auto view = data.view();
  CHECK(view.X.data() == X.data());
  CHECK(view.space.data() == X.data());
  CHECK(view.rows() == 4);
  CHECK(data.labels() == std::vector<std::string>{"no", "yes"});
  CHECK(view.classes.count(0) == 3);
  CHECK(view.strata.empty());
  CHECK(view.groups.empty());
  CHECK(view.times.empty());
  CHECK(view.stage == 0);
}

TEST_CASE("aligned columns travel in the view", "[data]") {
  const Eigen::MatrixXf X = Eigen::MatrixXf::Random(4, 3);
  const Matrix<float> Z = Matrix<float>::Random(4, 2);
  const std::vector<int> y{0, 1, 0, 1};
  const auto data = Data(X, y)
                        .space(Z)
                        .strata(std::vector<std::string>{"b", "a", "b", "b"})
                        .groups(std::list<int>{5, 5, 9, 7})
                        .times(std::vector<int>{3, 1, 4, 1});
  const auto view = data.view();
  CHECK(view.space.data() == Z.data());
  CHECK(view.space.cols() == 2);
  CHECK(std::vector<std::uint32_t>(view.strata.begin(), view.strata.end()) == std::vector<std::uint32_t>{1, 0, 1, 1});
  CHECK(std::vector<std::uint32_t>(view.groups.begin(), view.groups.end()) == std::vector<std::uint32_t>{0, 0, 2, 1});
  CHECK(std::vector<double>(view.times.begin(), view.times.end()) == std::vector<double>{3, 1, 4, 1});

  const auto copy = data;  // the converted rows of a column-major X are shared
  CHECK(copy.view().X.data() == view.X.data());
}

TEST_CASE("a space that is refused leaves the data as they were", "[data]") {
  const Matrix<double> X = Matrix<double>::Random(4, 3), Z = Matrix<double>::Random(3, 3);
  Data data(X, std::vector<int>{0, 1, 0, 1});
  CHECK_THROWS_AS(data.space(Z), ShapeMismatch);
  CHECK(data.view().space.data() == X.data());
}

TEST_CASE("Data can be copied and assigned", "[data]") {
  const Eigen::MatrixXd X = Eigen::MatrixXd::Random(4, 3), other = Eigen::MatrixXd::Random(5, 2);
  Data data(X, std::vector<bool>{false, true, false, true});
  CHECK(data.labels() == std::vector<bool>{false, true});
  data = Data(other, std::vector<bool>{true, true, false, false, true});
  CHECK(data.view().rows() == 5);
  CHECK(data.view().X == other);
}

TEST_CASE("lengths that differ and empty input are refused", "[data]") {
  const Matrix<double> X = Matrix<double>::Random(4, 3);
  const std::vector<int> y{0, 1, 0, 1}, three{0, 1, 0};
  CHECK_THROWS_WITH(Data(X, three), "y has 3 entries but X has 4 rows; give one entry for each row");
  CHECK_THROWS_WITH(Data(X, y).strata(three), "strata has 3 entries but X has 4 rows; give one entry for each row");
  CHECK_THROWS_AS(Data(X, y).groups(three), ShapeMismatch);
  CHECK_THROWS_AS(Data(X, y).times(three), ShapeMismatch);
  const Matrix<double> Z = Matrix<double>::Random(3, 3), narrow(4, 0), none(0, 3);
  CHECK_THROWS_AS(Data(X, y).space(Z), ShapeMismatch);
  CHECK_THROWS_AS(Data(X, y).space(narrow), ShapeMismatch);
  CHECK_THROWS_WITH(Data(none, std::vector<int>{}), "X is 0 x 3; it needs at least one row and one column");
  CHECK_THROWS_AS(Data(narrow, y), ShapeMismatch);
}

TEST_CASE("a space with the values of X is X, whatever its layout", "[data]") {
  const Matrix<double> X{{1, 2}, {3, 4}, {5, 6}};
  const Eigen::MatrixXd columns = X;
  const std::vector<int> y{0, 1, 1};
  const Matrix<double> copy = X, other = X * 2, narrow = X.leftCols(1);
  const auto is_own = [](const auto& data) { return detail::same_view(data.view().space, data.view().X); };
  const Data row_major = Data(X, y).space(copy), column_major = Data(columns, y).space(columns);
  CHECK(is_own(row_major));
  CHECK(is_own(column_major));
  const Data scaled = Data(X, y).space(other), part = Data(X, y).space(narrow);
  CHECK_FALSE(is_own(scaled));
  CHECK_FALSE(is_own(part));
  const Data back = Data(X, y).space(other).space(copy);
  CHECK(is_own(back));
}
