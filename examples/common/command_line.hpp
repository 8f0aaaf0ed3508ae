// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "numeric_set.hpp"

namespace CLI {
class App;
}

namespace examples {

/// The options --csv, --target, --positive, --drop and --missing. What `options` holds is their default.
void declare_set(CLI::App& app, NumericSetOptions& options);

/// The options --folds, --repeats, --seed and --threads of a cross-validation, as typed: whole_number understands them.
struct TypedFolds {
  std::string folds = "5", repeats = "3", seed = "7", threads = "1";
};
void declare_folds(CLI::App& app, const std::string& group, TypedFolds& typed);

/// False where help, or what else an option only tells, was asked for, and given. Throws WrongUsage.
bool parse_arguments(CLI::App& app, int argc, char** argv);

/// The status of a program: that of its body, or that of what it threw, which is told in one line. 2: the command line
/// is wrong; 1: anything else.
int status_of(std::string_view program, const std::function<int()>& body);

}  // namespace examples
