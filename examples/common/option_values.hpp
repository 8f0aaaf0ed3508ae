// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <string>
#include <system_error>
#include <vector>

#include "message.hpp"

namespace examples {

/// Column names as a CSV record: quoted where a name holds a comma. Throws WrongUsage.
std::vector<std::string> parse_columns(const char* option, const std::string& text);

/// A decimal number and nothing else: CLI11 would wrap -1 around, take 0x10 and saturate what is too large.
/// Throws WrongUsage.
template <class Number>
Number whole_number(const char* option, const std::string& text, Number least) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < least)
    throw WrongUsage(std::string(option) + " " + text + ": it must be a whole number, at least " +
                     std::to_string(least));
  return number;
}
/// The same for --threads.
int thread_count(const std::string& text);

/// The names of all samplers in lines, for --help.
std::string list_of_samplers();

}  // namespace examples
