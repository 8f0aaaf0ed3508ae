// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Which search finds the neighbors. All of them return identical tables.
enum class Backend {
  automatic,   ///< by how much of the data a tree has to look at, tried with a few of the rows
  kd_tree,     ///< a k-d tree: few columns, or data that fill few dimensions
  brute_force  ///< products of all pairs of rows: many columns
};

/// How one neighbor search ran: which way was taken, and why.
struct SearchReport {
  Index points = 0;                      ///< rows that were searched
  Index queries = 0;                     ///< rows that ask, or about as many
  Index columns = 0;                     ///< of the space that was searched
  Backend backend = Backend::automatic;  ///< the one taken
  double visited_share = -1;  ///< of the points, what a query of the trial looked at in the tree; -1: nothing was tried
};

/// How a call runs. Never changes a bit of what it returns; what does is an option of the sampler.
///
/// Comes first in a call, like the execution policies of the standard algorithms:
/// `resample(Execution{.threads = 4}, X, y, Smote{.seed = 42})`.
struct Execution {
  /// Threads to use; 0 for all the hardware has. One by default: a header must not start threads
  /// unasked in somebody's program.
  int threads = 1;
  Backend backend = Backend::automatic;  ///< how neighbors are searched
  /// Called now and then, always on the calling thread, with what is being done and the share of it
  /// that is done, in [0, 1]. Returning false cancels the call, which then throws `Cancelled` and does not call again;
  /// what this function throws reaches the caller as it is.
  std::function<bool(std::string_view what, double share)> progress = {};
  /// Called, on the calling thread, when some rows are ready to be searched, before the questions. Whether and how often
  /// a call searches is up to the sampler.
  std::function<void(const SearchReport&)> searching = {};
};

}  // inline namespace
}  // namespace rebalance
