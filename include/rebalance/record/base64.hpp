// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

inline constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as letters: four for each three bytes, filled up with '='. Source: RFC 4648, section 4.
inline std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view three = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) out += i <= three.size() ? base64_digits[bits >> (18 - 6 * i) & 63] : '=';
  }
  return out;
}

/// The bytes that `base64` wrote as this text, or nothing if it would write no such text.
inline std::optional<std::string> bytes_of_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  std::size_t digits = 0;
  for (const char letter : text.substr(0, text.find('='))) {
    const std::size_t digit = base64_digits.find(letter);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if (++digits % 4 != 1) out += static_cast<char>(bits >> (6 - 2 * ((digits - 1) % 4)) & 0xFF);
  }
  if (base64(out) != text) return std::nullopt;  // of another length, or with bits that no byte has
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
