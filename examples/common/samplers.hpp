// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rebalance/combine/named_resampler.hpp>

namespace examples {

// Only samplers.cpp calls the library by these names: whoever does compiles every sampler.

/// A sampler as a command line chose it: its name and options in the words of the library.
struct SamplerChoice {
  std::string name;
  std::vector<rebalance::NamedOption> options;
};

/// What a sampler makes of the columns, which decides what they may hold.
enum class Reads {
  nothing,    ///< rows are only copied or left out
  numbers,    ///< it computes with all of them
  mixed,      ///< with the numbers; the others are categories
  categories  ///< all of them are categories, also where they look like numbers
};
Reads reads(const SamplerChoice& choice);

/// `nominal` are the columns of X that hold categories, for the one sampler that asks which.
/// Throws WrongUsage (no such sampler or option, a value that cannot be read).
rebalance::AnyResampler make_sampler(const SamplerChoice& choice, const std::vector<rebalance::Index>& nominal = {});

std::vector<std::string> sampler_names();

/// The options of a sampler with their defaults, as --set takes them. Throws WrongUsage (no such sampler).
std::vector<rebalance::NamedOption> sampler_options(std::string_view sampler);
bool has_option(std::string_view sampler, std::string_view option);

/// Sets the option of a `NAME=VALUE`. Throws WrongUsage.
void set_option(SamplerChoice& choice, const std::string& assignment);

/// Whether the user set the option.
bool is_set(const SamplerChoice& choice, std::string_view option);

/// Sets an option that the sampler, or the SMOTE in it, has and the user did not set.
void set_default(SamplerChoice& choice, std::string_view option, const std::string& value);

/// Whether it leaves rows out for reasons that it lists.
bool cleans(std::string_view sampler);

/// Whether it adds rows.
bool adds_rows(std::string_view sampler);

}  // namespace examples
