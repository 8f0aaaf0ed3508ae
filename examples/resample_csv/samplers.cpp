// SPDX-License-Identifier: MIT
#include "samplers.hpp"

#include <algorithm>
#include <iterator>

#include "message.hpp"

namespace resample_csv {

namespace {

using namespace rebalance;

AnySampler random_over(const SamplerOptions& o) {
  return RandomOverSampler{.strategy = o.strategy, .seed = o.seed, .draws = o.draws};
}

AnySampler random_under(const SamplerOptions& o) {
  return RandomUnderSampler{.strategy = o.strategy, .seed = o.seed, .draws = o.draws};
}

AnySampler smote(const SamplerOptions& o) {
  return Smote{.k_neighbors = o.k_neighbors.value_or(Smote{}.k_neighbors),
               .strategy = o.strategy,
               .seed = o.seed,
               .draws = o.draws};
}

constexpr SamplerKind kinds[] = {
    {.name = "random_over", .needs_numbers = false, .searches_neighbors = false, .make = random_over},
    {.name = "random_under", .needs_numbers = false, .searches_neighbors = false, .make = random_under},
    {.name = "smote", .needs_numbers = true, .searches_neighbors = true, .make = smote},
};

}  // namespace

const SamplerKind& sampler_kind(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& kind) { return kind.name == name; });
  if (found == std::end(kinds))
    throw WrongUsage("--sampler " + quoted(name) + " is unknown; the samplers are " + sampler_names());
  return *found;
}

std::string sampler_names() {
  std::string out;
  for (const auto& kind : kinds) (out += out.empty() ? "" : ", ") += kind.name;
  return out;
}

}  // namespace resample_csv
