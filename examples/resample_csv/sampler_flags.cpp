// SPDX-License-Identifier: MIT
#include "sampler_flags.hpp"

#include "../common/message.hpp"

namespace resample_csv {

namespace {

/// What a sampler calls the flag's options: none if it has no such thing, one for each of its two samplers if both have.
std::vector<std::string> options_of(std::string_view sampler, const SamplerFlag& flag) {
  std::vector<std::string> out;
  for (const char* option : flag.options)
    if (has_option(sampler, option)) out.emplace_back(option);
  return out;
}

std::string samplers_with(const SamplerFlag& flag) {
  std::string out;
  for (const auto& sampler : sampler_names())
    if (!options_of(sampler, flag).empty()) out += (out.empty() ? "" : ", ") + sampler;
  return out;
}

}  // namespace

const std::vector<SamplerFlag>& sampler_flags() {
  using enum SamplerFlag::Otherwise;
  static const std::vector<SamplerFlag> flags = {
      {"--strategy",
       "auto (the default), minority, majority, not_minority, not_majority, all,\n"
       "ratio=R, counts=LABEL:N,.. or list=LABEL,..; cleaners: classes that may lose rows",
       {"strategy", "smote.strategy"}},
      {"--k-neighbors",
       "Neighbors a row may move towards (default: 5), or that vote on it (3)",
       {"k_neighbors", "n_neighbors", "smote.k_neighbors"},
       note},
      {"--seed", "Seed of the random choices (default: 0)", {"seed", "smote.seed"}, note},
      {"--draws",
       "How rows are drawn: even (the default), or imbalanced_learn,\nwhich draws what that package draws",
       {"draws", "smote.draws"},
       note},
      {"--kind", "borderline_smote: 1 (the default), or 2, which moves towards other classes too", {"kind"}},
      {"--m-neighbors",
       "borderline_smote: neighbors that tell whether a row is in danger (default: 10)",
       {"m_neighbors"}},
      {"--vote",
       "enn and its kin: which vote of its neighbors keeps a row:\nmajority (the default), unanimous or mode",
       {"vote", "enn.vote"}},
      {"--min-per-class",
       "Cleaners: rows that every class keeps (default: 1)",
       {"min_per_class", "enn.min_per_class", "tomek.min_per_class"}},
      {"--scale",
       "How columns are scaled for the neighbor search alone: none (the default),\nstandard, min_max or robust",
       {"space.scaling", "smote.space.scaling", "enn.space.scaling", "tomek.space.scaling"}},
  };
  return flags;
}

bool set_flag(SamplerChoice& choice, const SamplerFlag& flag, const std::string& value) {
  const auto options = options_of(choice.name, flag);
  for (const std::string& option : options) choice.options.push_back({option, value});
  if (!options.empty()) return true;
  if (flag.otherwise == SamplerFlag::Otherwise::refuse)
    throw WrongUsage(choice.name + " has no " + flag.name + "; these have it: " + samplers_with(flag));
  return false;
}

}  // namespace resample_csv
