// SPDX-License-Identifier: MIT
#include <rebalance/core/version.hpp>

#include "../support/catch.hpp"

TEST_CASE("the version is the one CMake read from the header", "[version]") {
  const auto version = rebalance::version();
  const std::string text =
      std::to_string(version.major) + "." + std::to_string(version.minor) + "." + std::to_string(version.patch);
  CHECK(text == REBALANCE_CMAKE_VERSION);
}
