// SPDX-License-Identifier: MIT
#include <rebalance/model_selection/transforms.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

namespace {

struct Halve {
  auto fit(const auto&) const {
    return [](const auto& rows) { return rows / 2; };
  }
};
struct Forgets {
  void fit(const auto&) const {}
};

}  // namespace

TEST_CASE("a transform is what learns from rows a function of rows", "[transforms]") {
  STATIC_REQUIRE(Transform<Halve, float>);
  STATIC_REQUIRE(Transform<Standardize, double>);
  STATIC_REQUIRE_FALSE(Transform<Forgets, double>);
  STATIC_REQUIRE_FALSE(Transform<int, double>);
}
