// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace examples {

/// The cells of one line of a table.
using Line = std::vector<std::string>;

/// Columns under each other: the first to the left, the others to the right. Every line has as many cells as the first.
void write_table(std::ostream& out, const std::vector<Line>& lines);

}  // namespace examples
