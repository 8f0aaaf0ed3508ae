// SPDX-License-Identifier: MIT
#include <rebalance/evaluation/class_weights.hpp>

#include <cmath>
#include <numeric>
#include <string>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("balanced weights are n / (K n_c), as scikit-learn has them", "[class_weights]") {
  // compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 0, 1, 1, 2]) of scikit-learn 1.2.1
  const std::vector<int> y{2, 0, 0, 1, 0, 1, 0};
  const std::vector<ClassWeight<int>> expected{
      {0, 0.5833333333333334}, {1, 1.1666666666666667}, {2, 2.3333333333333335}};
  CHECK(balanced_weights(y) == expected);
  CHECK(row_weights(y) == std::vector<double>{2.3333333333333335, 0.5833333333333334, 0.5833333333333334,
                                              1.1666666666666667, 0.5833333333333334, 1.1666666666666667,
                                              0.5833333333333334});
}

TEST_CASE("every class weighs the same, and all rows weigh n", "[class_weights]") {
  std::vector<std::string> y(970, "well");
  y.insert(y.end(), 30, "ill");
  const auto weights = balanced_weights(y);
  REQUIRE(weights.size() == 2);
  CHECK(weights[0].label == "ill");
  CHECK(std::abs(weights[0].weight * 30 - 500) < 1e-12);
  CHECK(std::abs(weights[1].weight * 970 - 500) < 1e-12);
  const auto rows = row_weights(y);
  CHECK(std::abs(std::accumulate(rows.begin(), rows.end(), 0.0) - 1000) < 1e-9);
}

TEST_CASE("labels of any type have weights", "[class_weights]") {
  enum class Fraud { no, yes };
  CHECK(row_weights(std::vector<bool>{true, false, false, false}) == std::vector<double>{2, 2. / 3, 2. / 3, 2. / 3});
  CHECK(row_weights(std::vector<Fraud>{Fraud::yes, Fraud::no}) == std::vector<double>{1, 1});
  CHECK(row_weights(std::vector<int>{5, 5}) == std::vector<double>{1, 1});
}

TEST_CASE("no labels have no weights", "[class_weights]") {
  CHECK_THROWS_AS(balanced_weights(std::vector<int>{}), ShapeMismatch);
  CHECK_THROWS_AS(row_weights(std::vector<int>{}), ShapeMismatch);
}
