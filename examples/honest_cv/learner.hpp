// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/matrix.hpp>

namespace honest_cv {

using rebalance::Index;
using Matrix = rebalance::Matrix<double>;

/// A fitted model: the probability of class 1 for each row.
using Predictor = std::function<std::vector<double>(const Matrix& X)>;

/// What can be fitted: rows, labels 0 and 1, and a weight for each row, or no weights at all.
using Fit = std::function<Predictor(const Matrix& X, const std::vector<int>& y, const std::vector<double>& weights)>;

/// A kind of model. Fitted twice on the same rows it is the same model twice: the seed is part of it.
struct Learner {
  std::string name;
  bool takes_weights = true;  ///< whether rows may count more or less; else weights must be empty
  Fit fit;
};

/// The k-NN and logistic regression of this example: always there.
Learner nearest_neighbor_share(Index k, const rebalance::Execution& how);
Learner logistic_regression(double ridge);

/// Those of other libraries. Throw Failure naming the Debian package, where this program was built without it.
Learner boosted_trees(std::uint64_t seed);
Learner random_trees(std::uint64_t seed);

/// By the name the command line has for it: knn, logit, xgb or rtrees. Throws WrongUsage and Failure.
Learner named_learner(std::string_view name, std::uint64_t seed, const rebalance::Execution& how);

}  // namespace honest_cv
