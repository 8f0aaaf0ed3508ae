// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <rebalance/core/data.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Keeps every row and adds none: the baseline that every resampler has to beat, where one is asked for.
/// Cost O(n).
struct NoResampling {
  /// The recipe that keeps all rows.
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    return Plan::keep_all(data.rows());
  }
  bool reads_features() const { return false; }              ///< It looks at no feature: NaN may pass.
  std::string describe() const { return "NoResampling{}"; }  ///< In one line, as one would write it.
  friend bool operator==(const NoResampling&, const NoResampling&) = default;
};

}  // inline namespace
}  // namespace rebalance
