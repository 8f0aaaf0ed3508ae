// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace rebalance {
inline namespace v0 {
namespace detail {

struct OptionText {
  std::string_view name;
  std::string value;
};

/// A sampler in one line, as one would write it: `Smote{.k_neighbors = 5, .seed = 42}`.
[[gnu::cold]] inline std::string describe(std::string_view sampler, std::initializer_list<OptionText> options) {
  std::string out(sampler);
  out += '{';
  for (const auto& [name, value] : options) {
    if (out.back() != '{') out += ", ";
    out += '.';
    out += name;
    out += " = ";
    out += value;
  }
  return out + '}';
}

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
