// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>

#include <rebalance/core/materialize.hpp>

#include "options.hpp"

namespace streaming_batches {

using Batches = rebalance::Batches<float, int>;

/// What a model took of the stream.
struct Taken {
  Index rows = 0;     ///< of one pass
  Index batches = 0;  ///< of one pass
  Index passes = 0;
};

/// Logistic regression. Gradient and curvature are sums over rows, so a pass over the batches is all that a step of
/// Newton's method needs: the model is that of the whole matrix.
Taken fit_logistic_regression(Batches& batches, std::ostream& out);

/// Boosted trees of XGBoost, which asks for the batches through its data iterator. Throws Failure naming the Debian
/// package, where this program was built without it.
Taken fit_boosted_trees(Batches& batches, const Options& options, std::ostream& out);

}  // namespace streaming_batches
