// SPDX-License-Identifier: MIT
#include "samplers.hpp"

#include <algorithm>

#include "message.hpp"

namespace examples {

namespace {

using rebalance::Index;
using rebalance::NamedOption;

/// What `make` returns; an option that cannot be is the command line's fault.
template <class Make>
auto by_command_line(const Make& make) try {
  return make();
} catch (const rebalance::InvalidOption& error) {
  throw WrongUsage(error.what());
}

}  // namespace

Reads reads(const SamplerChoice& choice) {
  if (choice.name == "smote_nc") return Reads::mixed;
  if (choice.name == "smote_n") return Reads::categories;
  return make_sampler(choice).reads_features() ? Reads::numbers : Reads::nothing;
}

rebalance::AnyResampler make_sampler(const SamplerChoice& choice, const std::vector<Index>& nominal) {
  auto options = choice.options;
  if (has_option(choice.name, "nominal")) {
    std::string columns;
    for (const Index column : nominal) (columns += columns.empty() ? "" : ",") += std::to_string(column);
    options.push_back({"nominal", columns});
  }
  return by_command_line([&] { return rebalance::named_resampler(choice.name, options); });
}

std::vector<std::string> sampler_names() { return rebalance::sampler_names(); }

std::vector<NamedOption> sampler_options(std::string_view sampler) {
  return by_command_line([&] { return rebalance::sampler_options(sampler); });
}

bool has_option(std::string_view sampler, std::string_view option) {
  const auto options = sampler_options(sampler);
  return std::any_of(options.begin(), options.end(), [&](const NamedOption& known) { return known.name == option; });
}

void set_option(SamplerChoice& choice, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos) throw WrongUsage("--set " + in_quotes(assignment) + ": write --set NAME=VALUE");
  const auto name = assignment.substr(0, equals);
  if (name == "nominal") throw WrongUsage("--set nominal: name the columns in --categorical");
  choice.options.push_back({name, assignment.substr(equals + 1)});
}

bool is_set(const SamplerChoice& choice, std::string_view option) {
  return std::any_of(choice.options.begin(), choice.options.end(),
                     [&](const NamedOption& given) { return given.name == option; });
}

void set_default(SamplerChoice& choice, std::string_view option, const std::string& value) {
  for (const std::string prefix : {"", "smote."})
    if (const auto name = prefix + std::string(option); has_option(choice.name, name) && !is_set(choice, name))
      choice.options.push_back({name, value});
}

bool cleans(std::string_view sampler) {
  const auto options = sampler_options(sampler);
  return std::any_of(options.begin(), options.end(),
                     [](const NamedOption& known) { return known.name.ends_with("min_per_class"); });
}

bool adds_rows(std::string_view sampler) {
  return sampler != "random_under" && (has_option(sampler, "draws") || has_option(sampler, "smote.draws"));
}

}  // namespace examples
