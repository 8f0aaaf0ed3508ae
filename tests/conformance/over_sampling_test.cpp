// SPDX-License-Identifier: MIT

#include <rebalance/rebalance.hpp>

#include <cstdint>
#include <tuple>

namespace conformance {

using namespace rebalance;

struct SmoteCase {
  static constexpr bool random = true, reads_features = true;
  static Smote make(std::uint64_t seed) { return {.k_neighbors = 3, .seed = seed}; }
};
struct SmotePerFeatureCase {
  static constexpr bool random = true, reads_features = true;
  static Smote make(std::uint64_t seed) { return {.k_neighbors = 3, .seed = seed, .per_feature = true}; }
};
struct SmoteAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static Smote make(std::uint64_t seed) { return {.k_neighbors = 3, .seed = seed, .draws = Draws::imbalanced_learn}; }
};
struct BorderlineCase {
  static constexpr bool random = true, reads_features = true;
  static BorderlineSmote make(std::uint64_t seed) { return {.kind = 1, .k_neighbors = 3, .seed = seed}; }
};
struct BorderlineBothSidesCase {
  static constexpr bool random = true, reads_features = true;
  static BorderlineSmote make(std::uint64_t seed) { return {.kind = 2, .k_neighbors = 3, .seed = seed}; }
};
struct BorderlineAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static BorderlineSmote make(std::uint64_t seed) {
    return {.kind = 2,
            .k_neighbors = 3,
            .seed = seed,
            .draws = Draws::imbalanced_learn,
            .no_hard_row = NoHardRow::unchanged};
  }
};
struct AdasynCase {
  static constexpr bool random = true, reads_features = true;
  static Adasyn make(std::uint64_t seed) { return {.n_neighbors = 3, .seed = seed}; }
};
struct AdasynAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static Adasyn make(std::uint64_t seed) { return {.n_neighbors = 3, .seed = seed, .draws = Draws::imbalanced_learn}; }
};
struct RandomOverCase {
  static constexpr bool random = true, reads_features = false;
  static RandomOverSampler make(std::uint64_t seed) { return {.seed = seed}; }
};
struct SmoothedOverCase {
  static constexpr bool random = true, reads_features = true;
  static RandomOverSampler make(std::uint64_t seed) { return {.seed = seed, .shrinkage = 0.5}; }
};
struct SmoothedOverAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static RandomOverSampler make(std::uint64_t seed) {
    return {.seed = seed, .draws = Draws::imbalanced_learn, .shrinkage = 0.5};
  }
};

using Samplers =
    std::tuple<SmoteCase, SmotePerFeatureCase, SmoteAsImbalancedLearnCase, BorderlineCase, BorderlineBothSidesCase,
               BorderlineAsImbalancedLearnCase, AdasynCase, AdasynAsImbalancedLearnCase, RandomOverCase,
               SmoothedOverCase, SmoothedOverAsImbalancedLearnCase>;
using OrderFreeSamplers = std::tuple<SmoteCase, SmotePerFeatureCase, BorderlineCase, BorderlineBothSidesCase,
                                     AdasynCase, RandomOverCase, SmoothedOverCase>;

}  // namespace conformance

#include "checks.hpp"
