// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/model_selection/folds.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Cross-validation as one call, sealed: `fit` never sees a test row, `score` never a training row.
///
///     const auto scores = cross_validate(X, y, StratifiedKFold{.n_splits = 5, .seed = 7}, Smote{.seed = 42},
///         [](const auto& train) { return fit(train.X, train.y); },
///         [](const auto& model, const auto& test) { return average_precision(test.y, model.predict(test.X), 1); });
///
/// In      X, y, splitter  as for Folds, or Folds (with their transforms)      resampler  one, or Chain{...}, or
///         NoResampling{}      fit  from a Training to a model      score  from a model and a HeldOut to any value
///         Execution first, if any: `threads` is the number of folds at work at once (each on one thread; fit and
///         score must then bear being called at once); progress is reported fold by fold, `searching` is not called
/// Out     what `score` returned, one for each fold in order: the same for any number of threads
/// Cost    the folds, one model and its rows at a time for each thread
/// Throws  what Folds, the resampler, fit and score throw (of several the lowest fold's), Cancelled
template <class S, class L, class R, class Fit, class Score>
auto cross_validate(const Execution& how, const Folds<S, L>& folds, const R& resampler, const Fit& fit,
                    const Score& score) {
  const Execution alone{.backend = how.backend};
  const auto run = [&](const Fold<S, L>& fold) {
    const auto model = fit(fold.train(alone, resampler));
    return score(model, fold.test());
  };
  using Result = std::remove_cvref_t<decltype(run(folds[0]))>;
  if constexpr (std::is_void_v<Result>) {
    static_assert(detail::never<Score>, "score must return something: the score of the fold, or any value you collect");
  } else {
    std::vector<std::optional<Result>> results(static_cast<std::size_t>(folds.size()));
    detail::parallel_for(how, "cross-validating", folds.size(), 1, [&](Index first, Index last) {
      for (Index number = first; number < last; ++number)
        results[static_cast<std::size_t>(number)].emplace(run(folds[number]));
    });
    std::vector<Result> out;
    out.reserve(results.size());
    for (auto& result : results) out.push_back(std::move(*result));
    return out;
  }
}
/// The same on one thread.
template <class S, class L, class R, class Fit, class Score>
auto cross_validate(const Folds<S, L>& folds, const R& resampler, const Fit& fit, const Score& score) {
  return cross_validate(Execution{}, folds, resampler, fit, score);
}
/// The same for data that are still to be split.
template <class S, class L, class T, class R, class Fit, class Score>
auto cross_validate(const Execution& how, const Data<S, L>& data, const T& splitter, const R& resampler, const Fit& fit,
                    const Score& score) {
  return cross_validate(how, Folds(data, splitter), resampler, fit, score);
}
/// The same for data that are still to be split, on one thread.
template <class S, class L, class T, class R, class Fit, class Score>
auto cross_validate(const Data<S, L>& data, const T& splitter, const R& resampler, const Fit& fit, const Score& score) {
  return cross_validate(Execution{}, Folds(data, splitter), resampler, fit, score);
}
/// The same for X and y alone.
template <detail::NotData X, class Y, class T, class R, class Fit, class Score>
auto cross_validate(const Execution& how, const X& x, const Y& y, const T& splitter, const R& resampler, const Fit& fit,
                    const Score& score) {
  return cross_validate(how, Folds(x, y, splitter), resampler, fit, score);
}
/// The same for X and y alone, on one thread.
template <detail::NotData X, class Y, class T, class R, class Fit, class Score>
auto cross_validate(const X& x, const Y& y, const T& splitter, const R& resampler, const Fit& fit, const Score& score) {
  return cross_validate(Execution{}, Folds(x, y, splitter), resampler, fit, score);
}

}  // inline namespace
}  // namespace rebalance
