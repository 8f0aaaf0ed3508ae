// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <rebalance/rebalance.hpp>

namespace resample_csv {

/// What a command line says about the sampler, whichever it is.
struct SamplerOptions {
  rebalance::Strategy strategy;
  std::optional<rebalance::Index> k_neighbors;  // the sampler's own default where not given
  std::uint64_t seed = 0;
  rebalance::Draws draws = rebalance::Draws::even;
};

using AnySampler = std::variant<rebalance::RandomOverSampler, rebalance::RandomUnderSampler, rebalance::Smote>;

/// A sampler as the command line knows it. To add one: a line in the table of samplers.cpp, its type in AnySampler.
struct SamplerKind {
  std::string_view name;
  bool needs_numbers;       // it computes with the features; otherwise rows are only copied or left out
  bool searches_neighbors;  // it reads k_neighbors
  AnySampler (*make)(const SamplerOptions& options);
};

/// Throws WrongUsage, with the names there are.
const SamplerKind& sampler_kind(std::string_view name);

/// `random_over, random_under, smote`
std::string sampler_names();

}  // namespace resample_csv
