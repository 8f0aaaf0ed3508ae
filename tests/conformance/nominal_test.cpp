// SPDX-License-Identifier: MIT

#include <rebalance/rebalance.hpp>

#include <cstdint>
#include <tuple>

namespace conformance {

using namespace rebalance;

struct SmoteNcCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index nominal[] = {2};
  static SmoteNc make(std::uint64_t seed) { return {.nominal = {2}, .k_neighbors = 3, .seed = seed}; }
};
struct SmoteNcAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index nominal[] = {2};
  static SmoteNc make(std::uint64_t seed) {
    return {.nominal = {2}, .k_neighbors = 3, .seed = seed, .draws = Draws::imbalanced_learn};
  }
};
struct SmoteNCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index nominal[] = {0, 1, 2};
  static SmoteN make(std::uint64_t seed) { return {.k_neighbors = 3, .seed = seed}; }
};
struct SmoteNAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index nominal[] = {0, 1, 2};
  static SmoteN make(std::uint64_t seed) { return {.k_neighbors = 3, .seed = seed, .draws = Draws::imbalanced_learn}; }
};

using Samplers = std::tuple<SmoteNcCase, SmoteNcAsImbalancedLearnCase, SmoteNCase, SmoteNAsImbalancedLearnCase>;
/// Not SmoteN: among rows of few categories many are equally far, and then the smaller row number is the nearer.
using OrderFreeSamplers = std::tuple<SmoteNcCase>;

}  // namespace conformance

#include "checks.hpp"
