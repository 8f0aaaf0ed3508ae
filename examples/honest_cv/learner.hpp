// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "../common/learner.hpp"

namespace honest_cv {

using namespace examples;  // what the example programs share

/// Those of other libraries. Throw Failure naming the Debian package, where this program was built without it.
Learner boosted_trees(std::uint64_t seed);
Learner random_trees(std::uint64_t seed);

/// By the name the command line has for it: knn, logit, xgb or rtrees. Throws WrongUsage and Failure.
Learner named_learner(std::string_view name, std::uint64_t seed, const rebalance::Execution& how);

}  // namespace honest_cv
