// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "table_column.hpp"

namespace examples {

/// The column of the classes, one of them against the rest.
struct BinaryTarget {
  std::string name;
  std::string positive;  ///< the class to find
  std::vector<int> y;    ///< 1 for rows of that class, 0 for the rest
};

/// Where the user does not say which class is to be found, it is the rarer of two. Throws Failure (more than two
/// classes and none named, or not both kinds of rows).
BinaryTarget read_target(const Column& column, const std::optional<std::string>& positive);

}  // namespace examples
