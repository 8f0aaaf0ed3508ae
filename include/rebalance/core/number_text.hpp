// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include <rebalance/core/version.hpp>

#if !defined(__cpp_lib_to_chars)  // libc++ reads doubles since version 20; Apple's, and Android's, may be older
#include <locale.h>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#if __has_include(<xlocale.h>)
#include <xlocale.h>
#endif
#endif

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

#if !defined(__cpp_lib_to_chars)
/// As std::from_chars reads the whole of a text: in the C locale, whatever the program has set, and without blanks, a
/// plus before it, hexadecimal digits or a number that no double can hold.
[[gnu::cold]] inline bool read_number(std::string_view value, double& out) {
  if (value.empty() || value.find_first_of(" \t\n\v\f\rxX") != value.npos || value.front() == '+') return false;
  const std::string text(value);
  const locale_t plain = newlocale(LC_ALL_MASK, "C", locale_t{});
  if (plain == locale_t{}) return false;
  const int before = errno;
  errno = 0;
  char* end = nullptr;
  const double number = strtod_l(text.c_str(), &end, plain);
  const bool beyond = errno == ERANGE && (number == 0 || std::isinf(number));  // a denormal number is ERANGE too
  errno = before;
  freelocale(plain);
  if (end != text.c_str() + text.size() || beyond) return false;
  out = number;
  return true;
}
#endif

/// The whole text as a number of its type, and nothing else: no sign wraps, no size is cut off. `out` is unchanged
/// where it is none.
template <class Number>
[[gnu::cold]] bool read_number(std::string_view value, Number& out) {
  Number number{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || value.empty()) return false;
  out = number;
  return true;
}

/// A figure in three digits: what a reader takes in.
[[gnu::cold]] inline std::string figure(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 3).ptr;
  return {digits, end};
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
