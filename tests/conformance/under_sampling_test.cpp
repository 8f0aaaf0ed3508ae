// SPDX-License-Identifier: MIT

#include <rebalance/rebalance.hpp>

#include <cstdint>
#include <tuple>

namespace conformance {

using namespace rebalance;

struct RandomUnderCase {
  static constexpr bool random = true, reads_features = false;
  static RandomUnderSampler make(std::uint64_t seed) { return {.seed = seed}; }
};
struct RandomUnderWithReplacementCase {
  static constexpr bool random = true, reads_features = false;
  static RandomUnderSampler make(std::uint64_t seed) { return {.strategy = all(), .seed = seed, .replacement = true}; }
};
struct TomekCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static TomekLinks make(std::uint64_t seed) { return {.min_per_class = static_cast<Index>(seed)}; }
};
struct TomekStrictCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static TomekLinks make(std::uint64_t seed) { return {.strict = true, .min_per_class = static_cast<Index>(seed)}; }
};
struct EditedCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static EditedNearestNeighbors make(std::uint64_t seed) { return {.min_per_class = static_cast<Index>(seed)}; }
};
struct EditedUnanimousCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static EditedNearestNeighbors make(std::uint64_t seed) {
    return {.vote = Vote::unanimous, .min_per_class = static_cast<Index>(seed)};
  }
};
struct RepeatedCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static RepeatedEditedNearestNeighbors make(std::uint64_t seed) { return {.min_per_class = static_cast<Index>(seed)}; }
};
struct RepeatedAsImbalancedLearnCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static RepeatedEditedNearestNeighbors make(std::uint64_t seed) {
    return {.vote = Vote::unanimous, .stop_below_minority = true, .min_per_class = static_cast<Index>(seed)};
  }
};
struct AllKnnCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static AllKnn make(std::uint64_t seed) { return {.min_per_class = static_cast<Index>(seed)}; }
};
struct AllKnnSequentialCase {
  static constexpr bool random = false, reads_features = true;
  static constexpr Index cleaned = 150;
  static AllKnn make(std::uint64_t seed) {
    return {.sequential = true, .stop_below_minority = true, .min_per_class = static_cast<Index>(seed)};
  }
};

using Samplers =
    std::tuple<RandomUnderCase, RandomUnderWithReplacementCase, TomekCase, TomekStrictCase, EditedCase,
               EditedUnanimousCase, RepeatedCase, RepeatedAsImbalancedLearnCase, AllKnnCase, AllKnnSequentialCase>;
using OrderFreeSamplers = Samplers;

}  // namespace conformance

#include "checks.hpp"
