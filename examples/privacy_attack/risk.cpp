// SPDX-License-Identifier: MIT
#include "risk.hpp"

#include <algorithm>
#include <cmath>

namespace privacy_attack {

Share wilson(Index hits, Index of) {
  if (of == 0) return {0, 0, 1};
  constexpr double z = 1.959963984540054;  // the normal quantile of 0.975
  const auto n = static_cast<double>(of);
  const double p = static_cast<double>(hits) / n, weight = 1 / (1 + z * z / n);
  const double middle = weight * (p + z * z / (2 * n));
  const double error = weight * z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {p, std::max(0.0, middle - error), std::min(1.0, middle + error)};
}

Share residual_risk(const Share& attack, const Share& control) {
  if (control.value >= 1) return {0, 0, 1};
  const double rest = 1 - control.value;
  const double value = (attack.value - control.value) / rest;
  // each end has an error of its own, that of the attack and that of the control added as squares
  const auto error = [&](double of_attack, double of_control) {
    return std::hypot(of_attack / rest, of_control * (1 - attack.value) / (rest * rest));
  };
  const double down = error(attack.value - attack.low, control.high - control.value);
  const double up = error(attack.high - attack.value, control.value - control.low);
  return {value, std::max(-1.0, value - down), std::min(1.0, value + up)};
}

}  // namespace privacy_attack
