// SPDX-License-Identifier: MIT
#include "text_table.hpp"

#include <algorithm>
#include <string_view>

namespace examples {

namespace {

/// Characters, not bytes, of UTF-8.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

void write_table(std::ostream& out, const std::vector<Line>& lines) {
  std::vector<std::size_t> widths(lines[0].size(), 0);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width_of(line[i]));
  for (const auto& line : lines) {
    std::string text = line[0] + std::string(widths[0] - width_of(line[0]), ' ');
    for (std::size_t i = 1; i < line.size(); ++i) text += std::string(2 + widths[i] - width_of(line[i]), ' ') + line[i];
    out << text.substr(0, text.find_last_not_of(' ') + 1) << '\n';
  }
}

}  // namespace examples
