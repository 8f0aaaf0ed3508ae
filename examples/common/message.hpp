// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace examples {

/// Something the user can mend. The message is the one line the user gets.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The command line itself is wrong.
struct WrongUsage : Failure {
  using Failure::Failure;
};

/// The user's own text within a message: in quotes, and cut short where it is long.
std::string in_quotes(std::string_view text);

/// The same text with its control characters written out, so that a message stays on one line.
std::string on_one_line(std::string_view text);

}  // namespace examples
