// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "options.hpp"

namespace embedding_space {

/// What came of neighbors from one space, a number for each fold of each repeat.
struct Arm {
  std::string space;
  std::vector<double> strays;     ///< share of synthetic rows whose nearest held-out row is of another class
  std::vector<double> knn_score;  ///< average precision of the 5 nearest rows
  std::vector<double> logit_score;
};

/// All arms on the same folds; the first is without resampling. Throws WrongUsage (more components than columns).
std::vector<Arm> compare_spaces(const NumericSet& set, const Options& options);

}  // namespace embedding_space
