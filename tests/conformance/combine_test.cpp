// SPDX-License-Identifier: MIT

#include <rebalance/rebalance.hpp>

#include <cstdint>
#include <tuple>

namespace conformance {

using namespace rebalance;

struct SmoteEnnCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index cleaned = 270;  // every class raised to 90
  static SmoteEnn make(std::uint64_t seed) { return {.smote = {.k_neighbors = 3, .seed = seed}}; }
};
struct SmoteEnnSparingCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index cleaned = 270;  // every class raised to 90
  static SmoteEnn make(std::uint64_t seed) {
    return {.smote = {.k_neighbors = 3, .seed = seed}, .spare_real_rows = true};
  }
};
struct SmoteTomekCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index cleaned = 270;  // every class raised to 90
  static SmoteTomek make(std::uint64_t seed) { return {.smote = {.k_neighbors = 3, .seed = seed}}; }
};
struct SmoteTomekAsImbalancedLearnCase {
  static constexpr bool random = true, reads_features = true;
  static constexpr Index cleaned = 270;  // every class raised to 90
  static SmoteTomek make(std::uint64_t seed) {
    return {.smote = {.k_neighbors = 3, .seed = seed, .draws = Draws::imbalanced_learn},
            .tomek = {.strategy = all(), .strict = true, .min_per_class = 0}};
  }
};

using Samplers = std::tuple<SmoteEnnCase, SmoteEnnSparingCase, SmoteTomekCase, SmoteTomekAsImbalancedLearnCase>;
using OrderFreeSamplers = std::tuple<SmoteEnnCase, SmoteEnnSparingCase, SmoteTomekCase>;

}  // namespace conformance

#include "checks.hpp"

namespace conformance {

TEMPLATE_LIST_TEST_CASE("notes count the real and synthetic rows that went, class by class", "[conformance]",
                        Samplers) {
  for (const Kind kind : kinds()) {
    const auto y = sets::labels(sizes);
    const auto plan = make_plan(features<TestType>(kind), y, TestType::make(1));
    for (int c = 0; c < 3; ++c) {
      Index real = 0, synthetic = 0;
      for (const Removal& removal : plan.removed())
        if (y[static_cast<std::size_t>(removal.origin.base)] == c) ++(removal.origin.synthetic() ? synthetic : real);
      const std::string text =
          "cleaning removed " + std::to_string(real) + " real and " + std::to_string(synthetic) + " synthetic rows";
      const auto notes = std::count_if(plan.notes().begin(), plan.notes().end(),
                                       [&](const Note& note) { return note.label == Label(c) && note.text == text; });
      CHECK(notes == (real + synthetic > 0));
    }
  }
}

}  // namespace conformance
