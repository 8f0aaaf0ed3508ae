// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/over_sampling/cells.hpp>
#include <rebalance/over_sampling/interpolation.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Synthetic minority over-sampling: new rows on the segments between a row and its nearest neighbors in its
/// own class. For numeric features on comparable scales; where they are not, see `space`.
///
/// Out     every input row, unchanged and in order, then class by class the new rows; with Draws::even each
///         base row of a class serves floor or ceil of (new rows / rows) times, and shuffling the input rows or
///         renaming the classes makes the same rows wherever no two neighbors are equally far
/// Cost    a neighbor search within each class to fill, O(n_c log n_c * d) for small d, else O(n_c^2 d);
///         memory O(n_c k)
/// Throws  InvalidOption (an option out of range, a target below what exists), TooFewRows (a class has no more
///         rows than k_neighbors), TooFewClasses
/// Differs from imbalanced-learn: self is left out by row number, not by place in the list; equal distances go
///         to the smaller row number; bases are used evenly, not drawn with replacement (see Draws)
/// Source  Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE: synthetic minority over-sampling technique", JAIR 16, 2002
struct Smote {
  Index k_neighbors = 5;      ///< neighbors a base row may move towards, at least 1
  Strategy strategy = {};     ///< rows wanted of each class
  std::uint64_t seed = 0;     ///< of all random choices
  Draws draws = Draws::even;  ///< whose random choices: ours, or those of imbalanced-learn
  /// A step of its own for every feature, as the pseudo-code of the paper has it: new rows fill the box between
  /// the parents instead of the segment its text describes. Keeps only what holds for each feature by itself.
  bool per_feature = false;
  TooFewNeighbors too_few_neighbors = TooFewNeighbors::error;  ///< where a class has no more than k_neighbors rows
  NeighborSpace space = {};                                    ///< where neighbors are searched

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("k_neighbors", self.k_neighbors);
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("per_feature", self.per_feature);
    use("too_few_neighbors", self.too_few_neighbors);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("Smote", *this); }
  friend bool operator==(const Smote&, const Smote&) = default;
};

template <class S>
Plan Smote::plan(const DataView<S>& given, const Execution& how) const {
  if (k_neighbors < 1) detail::throw_option("Smote", "k_neighbors", k_neighbors, "at least 1");
  if (per_feature && draws == Draws::imbalanced_learn)
    throw InvalidOption("Smote: per_feature has no counterpart in imbalanced-learn; use it with Draws::even");
  const detail::SpacedData<S> spaced("Smote", space, given, how);
  const DataView<S>& data = spaced.view();

  const auto filling = detail::cells_to_fill("Smote", strategy, draws, data, k_neighbors);
  Plan plan = detail::keep_all_for(filling, data.rows(), how);
  const std::uint32_t rule = per_feature ? plan.add_rule({Rule::Kind::box, {}, {}}) : 0;
  detail::fill_each(filling, "Smote", *this, data, how, plan, [&](const detail::Cell& cell, Index k) {
    const Index count = cell.count();
    const auto members = cell.members();
    const NeighborTable table = nearest_neighbors(data.space, cell.partners(), members, k, how);
    if (draws == Draws::even) {
      const auto keys = detail::row_keys(data.X, members, how);
      detail::add_segments(plan, members, keys, table, seed, data.stage, count, rule, how);
    } else {
      detail::NumpyRandom random("Smote", seed);  // imbalanced-learn starts anew for every class
      detail::add_segments_as_numpy(plan, members, table, random, count);
    }
  });
  return plan;
}

}  // inline namespace
}  // namespace rebalance
