// SPDX-License-Identifier: MIT
#include "number_text.hpp"

#include <charconv>
#include <cstdlib>
#include <system_error>

namespace examples {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

constexpr std::size_t longest_decimal = 400;  // the largest double has 309 digits before the point

template <class Number>
void append(std::string& out, Number number) {
  char digits[32];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
  // from_chars does not say whether a number is too large or too small; strtod does
  if (error == std::errc::result_out_of_range) return std::strtod(std::string(text).c_str(), nullptr);
  return number;
}

std::optional<std::int64_t> parse_canonical_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (std::to_string(number) != text) return std::nullopt;
  return number;
}

void append_number(std::string& out, double number) { append(out, number); }
void append_number(std::string& out, std::int64_t number) { append(out, number); }

void append_decimal(std::string& out, double number) {
  char digits[longest_decimal];
  const double unsigned_zero = number + 0.0;  // makes 0 of -0
  out.append(digits, std::to_chars(digits, digits + sizeof digits, unsigned_zero, std::chars_format::fixed).ptr);
}

std::string decimal_text(double number, int decimals) {
  char digits[longest_decimal];
  return {digits, std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, decimals).ptr};
}

}  // namespace examples
