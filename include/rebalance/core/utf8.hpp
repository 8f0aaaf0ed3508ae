// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include <rebalance/core/version.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Bytes of the UTF-8 character at the beginning of a text that is not empty, or 0 if there is none: overlong forms,
/// surrogates and numbers above U+10FFFF are none. Source: RFC 3629, section 4.
[[gnu::cold]] inline std::size_t utf8_length(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return 1;
  const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < length) return 0;
  const int lowest = byte(0) == 0xE0 ? 0xA0 : byte(0) == 0xF0 ? 0x90 : 0x80;
  const int highest = byte(0) == 0xED ? 0x9F : byte(0) == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < lowest || byte(1) > highest) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  return length;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
