// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/whole_groups.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Folds that tear no group apart: all rows of a patient, customer or machine are tested together. Looks at no class;
/// where classes are rare use StratifiedGroupKFold.
///
/// Out     n_splits splits, both sides ascending; test sides hold every row once, none is empty. Group after group goes
///         to the fold with the fewest rows: the largest first (of equals the one whose name is last in order), or with
///         a seed in a random order, which makes other folds for each seed. So two folds differ by no more rows than
///         the largest group has. With a seed and Draws::even the names of the groups do not matter
/// Cost    O(n k + G (k + log G)) for G groups
/// Throws  InvalidOption (no groups; n_splits below 2 or above the number of groups; a seed NumPy cannot have)
/// Differs from scikit-learn: groups of equal size have an order (there, above 16 groups, that of an unstable sort).
///         With a seed scikit-learn (1.6 and later) cuts a random order of the groups into equal numbers of groups,
///         however many rows they have: so does Draws::imbalanced_learn
struct GroupKFold {
  Index n_splits = 5;                      ///< parts, each of them the test once; at least 2
  std::optional<std::uint64_t> seed = {};  ///< given: groups come in a random order; not given: the largest first
  Draws draws = Draws::even;               ///< whose random choices: ours, or those of scikit-learn

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_splits", self.n_splits);
    use("seed", self.seed);
    use("draws", self.draws);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("GroupKFold", *this); }
  friend bool operator==(const GroupKFold&, const GroupKFold&) = default;
};

namespace detail {

inline std::vector<Index> largest_first(const WholeGroups& groups) {
  std::vector<Index> order = all_rows(groups.size());
  std::reverse(order.begin(), order.end());
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return groups.rows[static_cast<std::size_t>(a)] > groups.rows[static_cast<std::size_t>(b)];
  });
  return order;
}

/// The fold of each group if, in this order, each goes to the fold with the fewest rows so far (of equals the first).
inline std::vector<std::uint32_t> fewest_rows_first(const WholeGroups& groups, const std::vector<Index>& order,
                                                    Index n_splits) {
  std::vector<Index> load(static_cast<std::size_t>(n_splits), 0);
  std::vector<std::uint32_t> fold_of_group(order.size());
  for (const Index group : order) {
    const auto lightest = std::min_element(load.begin(), load.end());
    *lightest += groups.rows[static_cast<std::size_t>(group)];
    fold_of_group[static_cast<std::size_t>(group)] = static_cast<std::uint32_t>(lightest - load.begin());
  }
  return fold_of_group;
}

}  // namespace detail

inline std::vector<Split> GroupKFold::split(const RowFacts& rows) const {
  const auto groups = detail::whole_groups("GroupKFold", rows, n_splits);
  if (seed && draws == Draws::imbalanced_learn) {
    const auto order = detail::NumpyRandom("GroupKFold", *seed).permutation(groups.size());
    return groups.splits(detail::cut_into_blocks(order, n_splits), n_splits);
  }
  const auto order = seed ? detail::shuffled(groups.first_row, *seed) : detail::largest_first(groups);
  return groups.splits(detail::fewest_rows_first(groups, order, n_splits), n_splits);
}

}  // inline namespace
}  // namespace rebalance
