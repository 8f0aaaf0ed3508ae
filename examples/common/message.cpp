// SPDX-License-Identifier: MIT
#include "message.hpp"

#include <algorithm>

namespace examples {

std::string in_quotes(std::string_view text) {
  std::size_t size = std::min<std::size_t>(text.size(), 60);
  const auto splits_a_character = [&] { return size < text.size() && (text[size] & 0xC0) == 0x80; };  // of UTF-8
  while (size > 0 && splits_a_character()) --size;
  std::string out = "'";
  out += text.substr(0, size);
  out += size < text.size() ? "...'" : "'";
  return out;
}

std::string on_one_line(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else if (byte < 32 || byte == 127) ((out += "\\x") += digits[byte / 16]) += digits[byte % 16];
    else out += c;
  }
  return out;
}

}  // namespace examples
