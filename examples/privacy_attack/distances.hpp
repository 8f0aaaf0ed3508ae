// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "lines.hpp"

namespace privacy_attack {

/// What is commonly reported of synthetic rows: how near they are to the real rows they were made from. Distances are
/// Euclidean, in columns scaled to standard deviation 1 on the training rows.
struct Distances {
  Index copies = 0;            ///< synthetic rows that have all values of a training row
  Index closer = 0;            ///< synthetic rows closer to a training row than to any that was held out (DCR)
  std::vector<double> ratios;  ///< of each synthetic row, ascending: distance to its nearest training row over that to
                               ///< the second nearest (NNDR)
  std::vector<double> held_out_ratios;  ///< the same of held-out rows: what a row looks like that nothing was made of
};

/// At least two training rows and one held-out row. Cost O(s n d).
Distances distances(const Matrix& synthetic, const Matrix& training, const Matrix& held_out);

/// The quantile of ascending values: linear between two of them.
double quantile(const std::vector<double>& ascending, double q);

}  // namespace privacy_attack
