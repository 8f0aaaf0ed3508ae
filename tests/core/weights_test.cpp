// SPDX-License-Identifier: MIT
#include <rebalance/core/weights.hpp>

#include <numeric>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace weights_test {

using namespace rebalance;

const std::vector<double> weights{1, 2, 4, 8};
const std::vector<std::string> y{"a", "a", "b", "b"};

/// Keeps rows 0, 2 and 3; one row between 2 and 3, a copy of 3, one row by a rule.
Plan small_plan() {
  Plan plan(4);
  for (const Index row : {0, 2, 3}) plan.keep(row);
  plan.add(2, 3, 0.25);
  plan.add_copy(3);
  plan.add_by_rule(plan.add_rule({Rule::Kind::box, {}}), 2, 3, 0.5);
  return plan;
}

TEST_CASE("each policy, computed by hand", "[weights]") {
  const Plan plan = small_plan();
  CHECK(gather_weights(plan, weights, WeightPolicy::of_base) == std::vector<double>{1, 4, 8, 4, 8, 4});
  CHECK(gather_weights(plan, weights, WeightPolicy::interpolated) == std::vector<double>{1, 4, 8, 5, 8, 4});
  CHECK(gather_weights(plan, weights, y, WeightPolicy::interpolated) ==
        gather_weights(plan, weights, WeightPolicy::interpolated));
  // a weighed 3 and row 0 is all of it; b weighed 12 and 4 + 8 + 5 + 8 + 4 = 29 share it
  const auto shared = gather_weights(plan, weights, y, WeightPolicy::keep_class_total);
  CHECK(shared[0] == 3);
  const double parts[] = {4, 8, 5, 8, 4};
  for (std::size_t i = 0; i < 5; ++i) CHECK(shared[i + 1] == parts[i] * (12.0 / 29));
}

TEST_CASE("whole numbers and floats are weights too", "[weights]") {
  CHECK(gather_weights(small_plan(), std::vector<int>{1, 2, 4, 8}, WeightPolicy::interpolated)[3] == 5);
  CHECK(gather_weights(small_plan(), std::vector<float>{1, 2, 4, 8}, WeightPolicy::interpolated)[3] == 5);
  CHECK(gather_weights(small_plan(), Eigen::VectorXd(Eigen::VectorXd::Ones(4)), WeightPolicy::of_base)[3] == 1);
}

TEST_CASE("a plan that changes nothing changes no weight", "[weights]") {
  const Plan all = Plan::keep_all(4);
  const std::vector<double> odd{0.1, 0.2, 0.3, 0.7};
  for (const auto policy : {WeightPolicy::of_base, WeightPolicy::interpolated, WeightPolicy::keep_class_total})
    CHECK(gather_weights(all, odd, y, policy) == odd);
}

TEST_CASE("in a fold, rows held out weigh nothing", "[weights]") {
  const std::vector<double> training{1, 0, 4, 8};  // row 1 is held out
  Plan plan(4);
  for (const Index row : {0, 2, 3}) plan.keep(row);
  CHECK(gather_weights(plan, training, y, WeightPolicy::keep_class_total) == std::vector<double>{1, 4, 8});
}

TEST_CASE("what is no weight is refused with its row", "[weights]") {
  const auto with = [](double weight) {
    return gather_weights(small_plan(), std::vector<double>{1, 1, weight, 1}, WeightPolicy::of_base);
  };
  CHECK_THROWS_WITH(with(-1), "weights[2] is -1; a weight must be finite and not negative: mend or drop the row");
  CHECK_THROWS_AS(with(std::numeric_limits<double>::quiet_NaN()), BadValue);
  CHECK_THROWS_AS(with(std::numeric_limits<double>::infinity()), BadValue);
  CHECK_NOTHROW(with(0));
  CHECK_THROWS_WITH(gather_weights(small_plan(), std::vector<double>{1}, WeightPolicy::of_base),
                    "weights has 1 entries but the plan's input has 4 rows; give one entry for each row");
  CHECK_THROWS_AS(gather_weights(small_plan(), weights, std::vector<int>{1}, WeightPolicy::keep_class_total),
                  ShapeMismatch);
  CHECK_THROWS_WITH(gather_weights(small_plan(), weights, WeightPolicy::keep_class_total),
                    "gather_weights: WeightPolicy::keep_class_total needs the classes; call gather_weights(plan, "
                    "weights, y, policy)");
  CHECK_THROWS_WITH(gather_weights(small_plan(), std::vector<double>{0, 2, 4, 8}, y, WeightPolicy::keep_class_total),
                    "gather_weights: class a weighed 2, but no row of weight is left of it; use WeightPolicy::of_base, "
                    "or keep rows of weight");
  CHECK_THROWS_WITH(
      gather_weights(small_plan(), std::vector<double>{1e308, 1e308, 1e308, 1e308}, y, WeightPolicy::keep_class_total),
      Catch::Matchers::EndsWith("which doubles cannot divide; scale the weights to about 1"));
}

}  // namespace weights_test
