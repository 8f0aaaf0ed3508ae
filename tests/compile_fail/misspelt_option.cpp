// SPDX-License-Identifier: MIT
// error: k_neighbours
#include <rebalance/over_sampling/smote.hpp>

using namespace rebalance;

#ifdef WRONG
const Smote smote{.k_neighbours = 5};
#else
const Smote smote{.k_neighbors = 5};
#endif
