// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/matrix.hpp>

namespace examples {

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

/// The two that need no other library: the share of class 1 among the k nearest rows, by distances in the features as
/// they are; and logistic regression on standardized columns.
Learner nearest_neighbor_share(Index k, const rebalance::Execution& how);
Learner logistic_regression(double ridge);

}  // namespace examples
