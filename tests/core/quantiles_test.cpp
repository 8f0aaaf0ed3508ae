// SPDX-License-Identifier: MIT
#include <vector>

#include <rebalance/core/quantiles.hpp>

#include "../support/catch.hpp"

namespace quantiles_test {

using namespace rebalance;
using namespace rebalance::detail;

TEST_CASE("the median of an odd and of an even number of values", "[quantiles]") {
  CHECK(median({3, 1, 2}) == 2);
  CHECK(median({4, 1, 3, 2}) == 2.5);
  CHECK(median({7}) == 7);
}

TEST_CASE("quantiles lie between the values, as NumPy's default has them", "[quantiles]") {
  const std::vector<double> sorted{1, 2, 4, 8};
  CHECK(quantile(sorted, 0) == 1);
  CHECK(quantile(sorted, 1) == 8);
  CHECK(quantile(sorted, 0.5) == 3);
  CHECK(quantile(sorted, 0.25) == 1.75);
  CHECK(quantile(sorted, 0.75) == 5);
  CHECK(quantile({7}, 0.3) == 7);
}

}  // namespace quantiles_test
