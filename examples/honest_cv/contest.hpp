// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/plan.hpp>
#include <rebalance/evaluation/out_of_fold.hpp>

#include "data_set.hpp"
#include "learner.hpp"
#include "options.hpp"

namespace honest_cv {

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// How good the predictions for one test part were. Of labels and probabilities, but for the average precision.
struct Scores {
  double average_precision = none;
  double f1 = none;
  double mcc = none;
  double geometric_mean = none;
  double brier = none;
  double corrected_brier = none;  ///< none where training did not change the shares of the classes, or wrongly
};

/// What a model said of test rows, fold after fold.
struct Predictions {
  std::vector<Index> rows;  ///< of the data set
  std::vector<int> folds;
  std::vector<int> y;
  std::vector<double> raw;
  std::vector<double> corrected;  ///< for the shares of real life
};

/// What the leakage reports of an arm found, one report for each fold.
struct Leaks {
  int reports = 0;
  int unsound = 0;    ///< folds whose split is wrong
  Index equal = 0;    ///< test rows with the values of a training row; the data hold such twins
  Index near = 0;     ///< test rows that nearly have them
  std::string first;  ///< the first unsound report, in words
};

/// One way to train and test.
struct Arm {
  std::string name;
  bool honest = true;
  std::vector<Scores> folds;                        ///< of all repeats
  Predictions predictions;                          ///< of the first repeat: every test row once
  std::optional<rebalance::OutOfFold> out_of_fold;  ///< the same, to choose thresholds from; honest arms only
  Leaks leaks;
};

/// All arms in the order of the table, and which is which.
struct Contest {
  std::vector<Arm> arms;
  std::size_t plain = 0;            ///< no resampling
  std::size_t weighted = 0;         ///< class weights, or a threshold where the model takes none
  bool weights = true;              ///< which of the two it was
  std::size_t inside = 0;           ///< resampled inside the fold: what inflation is measured against
  std::optional<std::size_t> torn;  ///< the same, in folds that tear groups apart; where there are groups
  std::size_t before = 0;           ///< resampled before the split
  std::size_t before_real = 0;      ///< the same, but only real rows are tested
  std::string sampler;              ///< with its options
  rebalance::Plan plan;             ///< of the first training part, resampled: what the scatter plot shows
};

/// Told after each fold which share of the work is done.
using Progress = std::function<void(double share)>;

/// Throws what the library throws.
Contest hold_contest(const DataSet& data, const Options& options, const Learner& learner,
                     const rebalance::Execution& how, const Progress& progress);

}  // namespace honest_cv
