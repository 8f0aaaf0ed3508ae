// SPDX-License-Identifier: MIT
#pragma once

#include <rebalance/core/matrix.hpp>

namespace privacy_attack {

using rebalance::Index;

/// A share, and where it may lie with 95 % confidence.
struct Share {
  double value, low, high;
};

/// Wilson, "Probable inference, the law of succession, and statistical inference", J. Amer. Stat. Assoc. 22, 1927.
/// Nothing of nothing is 0, from 0 to 1.
Share wilson(Index hits, Index of);

/// What remains of an attack's success once that on rows nothing was made of is taken off: (attack - control) /
/// (1 - control), with the errors of both. Giomi et al., "A unified framework for quantifying privacy risk in synthetic
/// data" (Anonymeter), PoPETs 2023.
Share residual_risk(const Share& attack, const Share& control);

}  // namespace privacy_attack
