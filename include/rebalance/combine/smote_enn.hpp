// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <rebalance/combine/chain.hpp>
#include <rebalance/combine/sparing.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/over_sampling/smote.hpp>
#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// SMOTE, then edited nearest neighbors on every class of its result: new rows fill the smaller classes, then the rows
/// that their neighbors would misclassify go, new and old. Cleans more than SmoteTomek does.
///
/// Out     the rows kept, real ones first, as the two samplers order them; parents are rows of the caller's X; notes
///         tell how many real and synthetic rows of each class the cleaning removed, the plan lists them
/// Cost    that of Smote and EditedNearestNeighbors (on the larger set), and the rows between them once in memory
/// Throws  what the two throw
/// Differs from imbalanced-learn: as the two do (vote by majority, as in the paper); spare_real_rows
/// Source  Batista, Prati, Monard, "A study of the behavior of several methods for balancing machine learning training
///         data", ACM SIGKDD Explorations 6 (1), 2004
struct SmoteEnn {
  Smote smote = {};                                  ///< adds rows first
  EditedNearestNeighbors enn = {.strategy = all()};  ///< its default strategy, balance(), means all() here
  bool spare_real_rows = false;  ///< in the classes that smote filled up, only synthetic rows may go

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const {
    return Chain{smote,
                 detail::Sparing<EditedNearestNeighbors>{"SmoteEnn", detail::on_every_class(enn), spare_real_rows}}
        .plan(data, how);
  }

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("smote", self.smote);
    use("enn", self.enn);
    use("spare_real_rows", self.spare_real_rows);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("SmoteEnn", *this); }
  friend bool operator==(const SmoteEnn&, const SmoteEnn&) = default;
};

}  // inline namespace
}  // namespace rebalance
