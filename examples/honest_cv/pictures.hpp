// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "contest.hpp"

namespace honest_cv {

// What --out writes: pictures as SVG files, scores as a CSV file.

/// Precision against recall: the honest arms and the wrong ones, and what guessing would have.
std::string precision_recall_picture(const Options& options, const Contest& contest);

/// What share of rows was positive where the model said p, before and after correction; and how often it said so.
std::string reliability_picture(const Options& options, const Contest& contest);

/// Real rows and synthetic ones of the first training part, with a line from parent to parent.
std::string scatter_picture(const DataSet& data, const Options& options, const Contest& contest);

/// Out-of-fold scores of the honest arms, row for row.
std::string scores_table(const DataSet& data, const Contest& contest);

}  // namespace honest_cv
