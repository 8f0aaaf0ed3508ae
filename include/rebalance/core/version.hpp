// SPDX-License-Identifier: MIT
#pragma once

// The one place of the version. CMake reads these three lines.
#define REBALANCE_VERSION_MAJOR 0
#define REBALANCE_VERSION_MINOR 1
#define REBALANCE_VERSION_PATCH 0

namespace rebalance {
inline namespace v0 {

/// The version of the headers a program was compiled with.
struct Version {
  int major = REBALANCE_VERSION_MAJOR;
  int minor = REBALANCE_VERSION_MINOR;
  int patch = REBALANCE_VERSION_PATCH;
};

/// Cost: none, a constant.
constexpr Version version() noexcept { return {}; }

}  // namespace v0
}  // namespace rebalance
