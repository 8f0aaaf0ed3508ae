// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>

#include "../common/average.hpp"
#include "contest.hpp"

namespace honest_cv {

/// The average over the folds of all repeats, and the deviation of one fold from it. Folds without the score are left
/// out.
Average average(const std::vector<Scores>& folds, double Scores::* score);

/// The share of positive rows.
double prevalence(const std::vector<int>& y);

/// Average precision of the wrong arm over that of the honest one.
double inflation(const Contest& contest, std::size_t wrong);

/// The data and what is done with them.
void write_setting(std::ostream& out, const DataSet& data, const Options& options, const Contest& contest);

/// A line for each arm.
void write_scores(std::ostream& out, const Contest& contest);

/// What thresholds on out-of-fold scores come to, for each honest arm.
void write_thresholds(std::ostream& out, const Contest& contest);

/// What the leakage reports found. Returns whether the honest arms are clean.
bool write_leaks(std::ostream& out, const Contest& contest);

}  // namespace honest_cv
