// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

#include "numeric_set.hpp"

namespace CLI {
class App;
}

namespace examples {

/// The options --csv, --target, --positive, --drop and --missing. What `options` holds is their default.
void declare_set(CLI::App& app, NumericSetOptions& options);

/// False where help, or what else an option only tells, was asked for, and given. Throws WrongUsage.
bool parse_arguments(CLI::App& app, int argc, char** argv);

/// The status of a program: that of its body, or that of what it threw, which is told in one line. 2: the command line
/// is wrong; 1: anything else.
int status_of(std::string_view program, const std::function<int()>& body);

}  // namespace examples
