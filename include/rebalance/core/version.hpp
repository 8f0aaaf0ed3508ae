// SPDX-License-Identifier: MIT
#pragma once

#include <rebalance/core/compiler.hpp>

// The one place of the version. CMake reads these three lines.
#define REBALANCE_VERSION_MAJOR 0
#define REBALANCE_VERSION_MINOR 1
#define REBALANCE_VERSION_PATCH 0

// v0_1_0: the inline namespace of all names, never written by a caller. Two copies of different versions in one program,
// each vendored by another library, stay two: without it the linker would keep one body of each inline function.
#define REBALANCE_ABI_JOIN(major, minor, patch) v##major##_##minor##_##patch
#define REBALANCE_ABI_OF(major, minor, patch) REBALANCE_ABI_JOIN(major, minor, patch)
#define REBALANCE_ABI REBALANCE_ABI_OF(REBALANCE_VERSION_MAJOR, REBALANCE_VERSION_MINOR, REBALANCE_VERSION_PATCH)

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The version of the headers a program was compiled with.
struct Version {
  int major = REBALANCE_VERSION_MAJOR;  ///< changes where programs must
  int minor = REBALANCE_VERSION_MINOR;  ///< changes where names are added, and before 1.0 where programs must
  int patch = REBALANCE_VERSION_PATCH;  ///< changes where faults are mended
};

/// Cost: none, a constant.
constexpr Version version() noexcept { return {}; }

}  // inline namespace
}  // namespace rebalance
