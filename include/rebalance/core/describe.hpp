// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// What can say of itself in one line what it is.
template <class R>
concept Describable = requires(const R& sampler) {
  { sampler.describe() } -> std::convertible_to<std::string>;
};

/// The value of an option as one would write it.
template <class T>
[[gnu::cold]] std::string written(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    constexpr const EnumNames& names = enum_names<T>;
    static_assert(!names.type.empty(), "an enum that is an option needs its names: specialize enum_names beside it");
    return text({names.type, "::", names.values[static_cast<std::size_t>(value)]});
  } else if constexpr (Describable<T>) {
    return value.describe();
  } else {
    return text({value});
  }
}

[[gnu::cold]] inline std::string written(const std::vector<Index>& columns) {
  std::string out = "{";
  for (const Index column : columns) out += text({out.size() == 1 ? "" : ", ", column});
  return out + "}";
}

[[gnu::cold]] inline std::string written(const std::vector<double>& numbers) {
  std::string out = "{";
  for (const double number : numbers) out += text({out.size() == 1 ? "" : ", ", number});
  return out + "}";
}

/// An option that may be absent: `.seed = {}` is how one leaves it so.
[[gnu::cold]] inline std::string written(const std::optional<std::uint64_t>& number) {
  return number ? text({*number}) : "{}";
}

/// A sampler in one line, as one would write it: `Smote{.k_neighbors = 5, .seed = 42}`. The sampler lists its options
/// itself: `Sampler::options(sampler, use)` calls `use(name, value)` for each of them, in their order.
template <class Sampler>
[[gnu::cold]] std::string describe(std::string_view name, const Sampler& sampler) {
  std::string out(name);
  out += '{';
  Sampler::options(sampler, [&](std::string_view option, const auto& value) {
    out += text({out.back() == '{' ? "." : ", .", option, " = ", written(value)});
  });
  return out + '}';
}

/// What a resampler runs as, for the record.
template <class R>
[[gnu::cold]] std::string described(const R& sampler) {
  if constexpr (Describable<R>) return sampler.describe();
  else return "a resampler without describe()";
}

/// Adds what a resampler runs as; of a chain each stage for itself.
template <class R>
[[gnu::cold]] void add_stages(const R& sampler, std::vector<std::string>& out) {
  if constexpr (requires { std::tuple_size<std::remove_cvref_t<decltype(sampler.stages())>>::value; })
    std::apply([&](const auto&... stages) { (add_stages(stages, out), ...); }, sampler.stages());
  else out.push_back(described(sampler));
}

/// What resamplers run as, in their order.
template <class... Rs>
[[gnu::cold]] std::vector<std::string> stages_of(const Rs&... samplers) {
  std::vector<std::string> out;
  (add_stages(samplers, out), ...);
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
