// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

#include <rebalance/core/error.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The seed that takes the place of `seed` in fold number `fold`, so that folds draw independently. Below 2^32: other
/// libraries take it too, for a model that wants a seed of its own in each fold.
constexpr std::uint64_t seed_of_fold(std::uint64_t seed, Index fold) noexcept {
  constexpr std::uint32_t stage = 0xF01D;  // no sampler stands at this place of a chain
  return detail::random_pair(seed, stage, static_cast<std::uint64_t>(fold), 0)[0] >> 32;
}

namespace detail {

struct AnyUse {
  template <class T>
  void operator()(std::string_view, T&) const {}
};
/// What lists its options, as our samplers do.
template <class R>
concept HasOptions = requires(R& sampler, const AnyUse& use) { R::options(sampler, use); };

/// Whether a sampler draws as imbalanced-learn does: then every fold uses the one seed, as there.
template <HasOptions R>
bool draws_as_numpy(const R& sampler) {
  bool found = false;
  R::options(sampler, [&]<class T>(std::string_view, const T& value) {
    if constexpr (std::same_as<T, Draws>) found = value == Draws::imbalanced_learn;
  });
  return found;
}

/// The sampler as it runs in a fold: its seeds, and those of the samplers in it, are those of the fold. A resampler of
/// your own takes part with a list of options that names a "seed", or with `for_fold(fold)`; any other runs as it is.
template <class R>
R for_fold(R sampler, Index fold) {
  if constexpr (requires {
                  { sampler.for_fold(fold) } -> std::same_as<R>;
                }) {
    return sampler.for_fold(fold);
  } else if constexpr (HasOptions<R>) {
    const bool one_seed = draws_as_numpy(sampler);
    R::options(sampler, [&]<class T>(std::string_view name, T& value) {
      if constexpr (std::same_as<T, std::uint64_t>) {
        if (name == "seed" && !one_seed) value = seed_of_fold(value, fold);
      } else if constexpr (HasOptions<T>) {
        value = for_fold(value, fold);
      }
    });
  }
  return sampler;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
