// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "../common/command_line.hpp"
#include "../common/message.hpp"
#include "../common/option_values.hpp"

namespace privacy_attack {

namespace {

constexpr const char* description =
    "Over-samples the rarer class of a CSV file, half of it held out, and then plays the attacker who is given the\n"
    "synthetic rows alone and rebuilds the real ones. Prints what common measures say beside it.";

void require_segments(const SamplerChoice& choice) {
  if (reads(choice) != Reads::numbers)
    throw WrongUsage("--sampler " + choice.name +
                     " makes no rows between two others; take one that computes with numbers, such as smote");
}

}  // namespace

std::optional<Options> parse_command_line(int argc, char** argv) {
  Options options;
  std::string seed = std::to_string(options.seed);
  std::vector<std::string> assignments;
  CLI::App app(description, "privacy_attack");
  declare_set(app, options.set);
  const std::string group = "The attack";
  app.add_option("--sampler", options.sampler.name, list_of_samplers())->capture_default_str()->group(group);
  app.add_option("--set", assignments, "An option of the sampler; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->group(group);
  app.add_flag("--float", options.single_precision, "The attacker is given the rows in single precision")->group(group);
  app.add_option("--seed", seed, "Seed of all random choices")->capture_default_str()->group(group);
  if (!parse_arguments(app, argc, argv)) return std::nullopt;

  options.seed = whole_number<std::uint64_t>("--seed", seed, 0);
  for (const auto& assignment : assignments) set_option(options.sampler, assignment);
  set_default(options.sampler, "seed", seed);
  require_segments(options.sampler);
  return options;
}

}  // namespace privacy_attack
