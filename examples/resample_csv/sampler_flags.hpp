// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "../common/samplers.hpp"

namespace resample_csv {

using namespace examples;  // what the example programs share

/// An option of the command line that sets one of the sampler's.
struct SamplerFlag {
  /// What to do where the sampler has no such option.
  enum class Otherwise { note, refuse };

  const char* name;
  const char* help;
  std::vector<const char*> options;  ///< what samplers call it: it sets those that the sampler has
  Otherwise otherwise = Otherwise::refuse;
};

const std::vector<SamplerFlag>& sampler_flags();

/// Sets the option that the flag stands for. False if the sampler has none, which is then to be noted. Throws
/// WrongUsage.
bool set_flag(SamplerChoice& choice, const SamplerFlag& flag, const std::string& value);

}  // namespace resample_csv
