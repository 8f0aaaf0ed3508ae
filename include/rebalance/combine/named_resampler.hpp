// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/combine/smote_enn.hpp>
#include <rebalance/combine/smote_tomek.hpp>
#include <rebalance/core/any_resampler.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/option_text.hpp>
#include <rebalance/over_sampling/adasyn.hpp>
#include <rebalance/over_sampling/borderline_smote.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <rebalance/over_sampling/smote.hpp>
#include <rebalance/over_sampling/smote_n.hpp>
#include <rebalance/over_sampling/smote_nc.hpp>
#include <rebalance/under_sampling/all_knn.hpp>
#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>
#include <rebalance/under_sampling/random_under_sampler.hpp>
#include <rebalance/under_sampling/repeated_edited_nearest_neighbors.hpp>
#include <rebalance/under_sampling/tomek_links.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// An option by its name, with its value as text.
struct NamedOption {
  std::string name;   ///< as in the sampler; of a sampler within it `smote.seed`
  std::string value;  ///< as `sampler_options` writes it
  friend bool operator==(const NamedOption&, const NamedOption&) = default;
};

namespace detail {

/// Calls `use(name, sampler)` for every sampler of the library with its options at their defaults: the one list of the
/// names by which files and command lines know them.
template <class Use>
void each_sampler(const Use& use) {
  use("smote", Smote{});
  use("smote_nc", SmoteNc{});
  use("smote_n", SmoteN{});
  use("borderline_smote", BorderlineSmote{});
  use("adasyn", Adasyn{});
  use("random_over", RandomOverSampler{});
  use("random_under", RandomUnderSampler{});
  use("tomek_links", TomekLinks{});
  use("enn", EditedNearestNeighbors{});
  use("repeated_enn", RepeatedEditedNearestNeighbors{});
  use("all_knn", AllKnn{});
  use("smote_enn", SmoteEnn{});
  use("smote_tomek", SmoteTomek{});
}

/// Calls `use(name, value)` for every option; those of a sampler within a sampler are named `smote.seed`.
template <class Sampler, class Use>
void each_option(Sampler& sampler, const std::string& prefix, const Use& use) {
  std::remove_const_t<Sampler>::options(sampler, [&](std::string_view name, auto& value) {
    const std::string full = prefix + std::string(name);
    if constexpr (requires { value.options(value, use); }) each_option(value, full + ".", use);
    else use(full, value);
  });
}

/// One factor for all classes, or `LABEL:FACTOR,..`.
[[gnu::cold]] inline void read_option(std::string_view option, std::string_view value, Shrinkage& out) {
  double factor = 0;
  if (read_number(value, factor)) {
    out = factor;
    return;
  }
  std::vector<Shrinkage::ClassFactor> factors;
  for (const std::string& field : fields_of(option, value)) {
    auto [label, of_class] = read_entry<double>(option, value, field, "a number, or LABEL:NUMBER,LABEL:NUMBER");
    factors.push_back({std::move(label), of_class});
  }
  out = Shrinkage(std::move(factors));
}

/// The default of an option, as read_option takes it: what describe() writes, without the C++ around it. A default
/// strategy has no numbers, and default lists are empty.
template <class T>
[[gnu::cold]] std::string default_text(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return std::string(enum_names<T>.values[static_cast<std::size_t>(value)]);
  } else {
    const std::string cpp = written(value);
    return cpp.substr(0, cpp.find_first_of("({"));
  }
}

[[noreturn, gnu::cold]] inline void throw_unknown(std::string_view what, std::string_view name,
                                                  const std::vector<std::string>& known) {
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
  throw InvalidOption(text({what, " '", name, "' is unknown; there are ", list}));
}

/// Sets the options named. Throws InvalidOption.
template <class Sampler>
[[gnu::cold]] void configure(std::string_view name, Sampler& sampler, const std::vector<NamedOption>& options) {
  std::vector<std::string> known;
  std::vector<bool> used(options.size(), false);
  each_option(sampler, "", [&](const std::string& option, auto& value) {
    known.push_back(option);
    bool set = false;
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (options[i].name != option) continue;
      if (set) throw InvalidOption(text({name, ": option ", option, " is given twice; give it once"}));
      read_option(text({name, ": ", option}), options[i].value, value);
      used[i] = set = true;
    }
  });
  for (std::size_t i = 0; i < options.size(); ++i)
    if (!used[i]) throw_unknown(text({name, ": option"}), options[i].name, known);
}

}  // namespace detail

// Templates without need for a parameter, so that only programs that call them compile every sampler.

/// The names of all samplers: smote, smote_nc, smote_n, borderline_smote, adasyn, random_over, random_under, tomek_links,
/// enn, repeated_enn, all_knn, smote_enn, smote_tomek.
template <class = void>
std::vector<std::string> sampler_names() {
  std::vector<std::string> out;
  detail::each_sampler([&](const char* name, const auto&) { out.emplace_back(name); });
  return out;
}

/// The options of a sampler and their defaults. Those of a sampler within another are named with a dot: `enn.vote`.
/// Values stand as named_resampler reads them. Throws InvalidOption (no such sampler).
template <class = void>
std::vector<NamedOption> sampler_options(std::string_view sampler) {
  std::vector<NamedOption> out;
  bool found = false;
  detail::each_sampler([&](std::string_view name, const auto& defaults) {
    if (name != sampler) return;
    found = true;
    detail::each_option(defaults, "", [&](const std::string& option, const auto& value) {
      out.push_back({option, detail::default_text(value)});
    });
  });
  if (!found) detail::throw_unknown("sampler", sampler, sampler_names());
  return out;
}

/// A sampler by its name and options, as a configuration file or a command line gives them:
/// `named_resampler("smote", {{"k_neighbors", "3"}, {"strategy", "ratio=0.5"}, {"seed", "42"}})`. The same results as
/// the type itself with these options; what is not named stays at its default.
///
/// In      numbers in decimal, true or false, the names of an enum's values (`imbalanced_learn`, `unanimous`), a strategy as
///         read_strategy takes it, column numbers as `2,5`, shrinkage as `0.5` or `LABEL:0.5,..`; options of a sampler
///         within another with a dot (`smote.seed`, `enn.vote`)
/// Throws  InvalidOption (no such sampler or option, with those there are; an option given twice; a value that cannot be
///         read). Whether the value makes sense is checked when the sampler runs
/// Compiles every sampler, which takes some 20 s: call it from one file of your program
template <class = void>
AnyResampler named_resampler(std::string_view sampler, const std::vector<NamedOption>& options = {}) {
  std::unique_ptr<AnyResampler> out;
  detail::each_sampler([&](std::string_view name, auto configured) {
    if (name != sampler) return;
    detail::configure(name, configured, options);
    out = std::make_unique<AnyResampler>(std::move(configured));
  });
  if (!out) detail::throw_unknown("sampler", sampler, sampler_names());
  return *out;
}

}  // inline namespace
}  // namespace rebalance
