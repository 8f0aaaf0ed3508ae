// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

namespace rebalance {
inline namespace v0 {

/// Which search finds the neighbors. All of them return identical tables.
enum class Backend {
  automatic,   ///< by the number of rows and columns
  kd_tree,     ///< nanoflann's k-d tree: few columns, or data that fill few dimensions
  brute_force  ///< blocked matrix products: many columns
};

/// How a call runs. Never changes a bit of what it returns; what does is an option of the sampler.
///
/// Comes first in a call, like the execution policies of the standard algorithms:
/// `resample(Execution{.threads = 4}, X, y, Smote{.seed = 42})`.
struct Execution {
  /// Threads to use; 0 for all the hardware has. One by default: a header must not start threads
  /// unasked in somebody's program.
  int threads = 1;
  Backend backend = Backend::automatic;
  /// Called now and then, always on the calling thread, with what is being done and the share of it
  /// that is done, in [0, 1]. Returning false cancels the call, which then throws `Cancelled`.
  std::function<bool(std::string_view what, double share)> progress = {};
};

}  // namespace v0
}  // namespace rebalance
