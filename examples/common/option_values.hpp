// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace examples {

/// Column names as a CSV record: quoted where a name holds a comma. Throws WrongUsage.
std::vector<std::string> parse_columns(const char* option, const std::string& text);

/// A decimal number and nothing else: CLI11 would wrap -1 around and saturate what is too large. Throws WrongUsage.
int thread_count(const std::string& text);

/// The names of all samplers in lines, for --help.
std::string list_of_samplers();

}  // namespace examples
