// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace examples {

/// The number that is all of the text, spaces around it and one leading plus aside; decimal, not hexadecimal.
/// A number too large for a double reads as infinity, and so do "nan" and "inf" read as what they say.
std::optional<double> parse_number(std::string_view text);

/// The integer that is written exactly so: no plus, no leading zeros, no spaces.
std::optional<std::int64_t> parse_canonical_integer(std::string_view text);

/// Appends the shortest text that reads back as the same double.
void append_number(std::string& out, double number);
void append_number(std::string& out, std::int64_t number);

/// The same without an exponent: a whole number is then written as one, and zero without a sign.
void append_decimal(std::string& out, double number);

/// A number with so many decimals, rounded.
std::string decimal_text(double number, int decimals);

}  // namespace examples
