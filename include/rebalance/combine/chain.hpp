// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <tuple>
#include <utility>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/fold_seed.hpp>
#include <rebalance/core/resample.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Resamplers that run in order, stored as one: `Chain{Smote{.seed = 1}, RandomUnderSampler{}}` is a resampler
/// like any other. `resample(X, y, a, b)` and `resample(X, y, Chain{a, b})` return the same bits, however
/// chains are nested.
///
/// Out     the plan of the last stage with parents in rows of the first input, notes of all stages in order
/// Cost    that of the stages, and one intermediate matrix at a time
/// Throws  what the stages throw; InvalidPlan if a stage would make a synthetic row from a synthetic row
template <Resampler... Rs>
  requires(sizeof...(Rs) > 0)
class Chain {
 public:
  /// Stages run in the order given.
  explicit Chain(Rs... stages) : stages_(std::move(stages)...) {}

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const {
    return std::apply([&](const auto&... stages) { return detail::run_stages(data, how, stages...); }, stages_);
  }

  /// Whether any stage looks at features: then NaN is refused.
  bool reads_features() const {
    return std::apply([](const auto&... stages) { return (detail::reads_features(stages) || ...); }, stages_);
  }

  /// The chain as it runs in a fold: every stage with its seed of that fold.
  Chain for_fold(Index fold) const {
    return std::apply([&](const auto&... stages) { return Chain(detail::for_fold(stages, fold)...); }, stages_);
  }

  /// What it was made of.
  const std::tuple<Rs...>& stages() const noexcept { return stages_; }

  /// The stages and their options in one line, as one would write them.
  std::string describe() const
    requires(detail::Describable<Rs> && ...)
  {
    std::string out;
    const auto add = [&](const auto& stage) { out += (out.empty() ? "Chain{" : ", ") + stage.describe(); };
    std::apply([&](const auto&... stages) { (add(stages), ...); }, stages_);
    return out + "}";
  }
  friend bool operator==(const Chain&, const Chain&) = default;

 private:
  std::tuple<Rs...> stages_;
};

}  // inline namespace
}  // namespace rebalance
