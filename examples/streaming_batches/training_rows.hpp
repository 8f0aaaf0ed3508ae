// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "options.hpp"

namespace streaming_batches {

/// The input, in the scalar the models take.
struct TrainingRows {
  rebalance::Matrix<float> X;
  std::vector<int> y;
};

/// From the CSV file, or made up: two overlapping classes. Nothing else of that size is left in memory, and for a set
/// made up nothing else ever was.
TrainingRows training_rows(const Options& options);

}  // namespace streaming_batches
