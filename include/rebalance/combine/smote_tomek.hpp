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
#include <rebalance/under_sampling/tomek_links.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// SMOTE, then the ends of Tomek links go, in every class of its result: new rows fill the smaller classes, then pairs
/// of rows that overlap on the border go, new and old. Cleans less than SmoteEnn does.
///
/// Out     the rows kept, real ones first, as the two samplers order them; parents are rows of the caller's X; notes
///         tell how many real and synthetic rows of each class the cleaning removed, the plan lists them
/// Cost    that of Smote and TomekLinks (on the larger set), and the rows between them once in memory
/// Throws  what the two throw
/// Differs from imbalanced-learn: as the two do; spare_real_rows
/// Source  Batista, Prati, Monard, "A study of the behavior of several methods for balancing machine learning training
///         data", ACM SIGKDD Explorations 6 (1), 2004
struct SmoteTomek {
  Smote smote = {};                        ///< adds rows first
  TomekLinks tomek = {.strategy = all()};  ///< its default strategy, balance(), means all() here
  bool spare_real_rows = false;            ///< in the classes that smote filled up, only synthetic rows may go

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const {
    return Chain{smote, detail::Sparing<TomekLinks>{"SmoteTomek", detail::on_every_class(tomek), spare_real_rows}}.plan(
        data, how);
  }

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("smote", self.smote);
    use("tomek", self.tomek);
    use("spare_real_rows", self.spare_real_rows);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("SmoteTomek", *this); }
  friend bool operator==(const SmoteTomek&, const SmoteTomek&) = default;
};

}  // inline namespace
}  // namespace rebalance
