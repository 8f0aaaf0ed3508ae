// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/random.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/over_sampling/hard_rows.hpp>
#include <rebalance/over_sampling/interpolation.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <rebalance/under_sampling/neighbor_vote.hpp>
#include <rebalance/under_sampling/tomek_links.hpp>

#include "../../examples/common/samplers.hpp"
#include "arbitrary_values.hpp"
#include "input.hpp"

// Samplers are made by their names, as a command line does it: then this program need not compile all of them.

namespace fuzz {

inline std::string arbitrary_strategy(Input& in) {
  const auto label = [&](unsigned end) { return std::to_string(in.below(end)); };
  const auto entry = [&](unsigned end) {
    const std::string name = label(end);
    return name + ':' + std::to_string(arbitrary_count(in));
  };
  const unsigned kind = in.below(10);
  constexpr std::string_view named[] = {"balance", "minority", "majority", "not_minority", "not_majority", "all"};
  if (kind < std::size(named)) return std::string(named[kind]);
  if (kind == 6) return "only=" + label(4);
  if (kind == 7) return detail::text({"ratio=", arbitrary_number(in)});
  const std::string first = "counts=" + entry(4);
  return kind == 8 ? first : first + ',' + entry(5);
}

inline std::string arbitrary_shrinkage(Input& in) {
  if (in.flip()) return detail::text({arbitrary_number(in)});
  const unsigned label = in.below(4);
  return detail::text({label, ":", arbitrary_number(in), ",", in.below(4), ":0.5"});
}

inline std::string arbitrary_name(Input& in, const detail::EnumNames& names) {
  const auto known = std::count_if(std::begin(names.values), std::end(names.values),
                                   [](std::string_view name) { return !name.empty(); });
  return std::string(names.values[in.below(static_cast<unsigned>(known))]);
}

inline std::string arbitrary_integer(Input& in) {
  const unsigned number = in.below(32);
  if (number < 28) return std::to_string(number);
  return in.one_of(std::vector<std::string>{"-1", "60", "2147483647", "9223372036854775807"});
}

/// Any list of numbers, as text.
template <class Numbers>
std::string list(const Numbers& numbers) {
  std::string out;
  for (const auto& number : numbers) out += detail::text({out.empty() ? "" : ",", number});
  return out;
}

/// A value for an option, whatever its type is.
inline std::string arbitrary_option(Input& in, const NamedOption& option) {
  const std::string name = option.name.substr(option.name.rfind('.') + 1);
  const std::pair<std::string_view, detail::EnumNames> enums[] = {
      {"draws", detail::enum_names<Draws>},    {"too_few_neighbors", detail::enum_names<TooFewNeighbors>},
      {"vote", detail::enum_names<Vote>},      {"no_hard_row", detail::enum_names<NoHardRow>},
      {"ends", detail::enum_names<Ends>},      {"bandwidth", detail::enum_names<Bandwidth>},
      {"scaling", detail::enum_names<Scaling>}};
  for (const auto& [known, names] : enums)
    if (name == known) return arbitrary_name(in, names);
  if (name == "strategy") return arbitrary_strategy(in);
  if (name == "shrinkage") return arbitrary_shrinkage(in);
  if (name == "seed") return std::to_string(in.byte());
  if (name == "columns") return list(arbitrary_columns(in));
  if (name == "weights") {
    std::vector<double> weights(in.below(5));
    for (double& weight : weights) weight = arbitrary_number(in);
    return list(weights);
  }
  if (option.value == "true" || option.value == "false") return in.flip() ? "true" : "false";
  return arbitrary_integer(in);
}

/// Any sampler of the library with any options, half of them as they come. Throws WrongUsage (a number that no option of
/// that type can hold).
inline AnyResampler arbitrary_sampler(Input& in) {
  examples::SamplerChoice choice{in.one_of(examples::sampler_names()), {}};
  std::vector<Index> nominal;
  for (const NamedOption& option : examples::sampler_options(choice.name)) {
    if (!in.flip()) continue;
    if (option.name == "nominal") nominal = arbitrary_columns(in);
    else choice.options.push_back({option.name, arbitrary_option(in, option)});
  }
  return examples::make_sampler(choice, nominal);
}

}  // namespace fuzz
