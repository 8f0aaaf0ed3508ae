// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "lines.hpp"

namespace privacy_attack {

/// Which rows lie between two others on a line of three or more: in a set that was filled up by SMOTE the synthetic
/// ones.
std::vector<bool> rows_between_others(const Matrix& X, double epsilon);

/// What synthetic rows alone tell of the real ones.
struct Rebuilt {
  Index lines = 0;
  Matrix rows;  ///< places where lines end and meet
};

/// A real row is the end of several segments: their lines meet in it. Two are enough, but in the plane, where any two
/// lines meet, it takes three. Cost: that of find_lines, and O(l^2 d) for l lines.
Rebuilt rebuild(const Matrix& synthetic, double epsilon);

}  // namespace privacy_attack
