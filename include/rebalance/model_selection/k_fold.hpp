// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/fold_numbers.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Folds of equal size, each tested once while the others train. Looks at no class: with a rare one use
/// StratifiedKFold, or a fold may be without it.
///
/// Out     n_splits splits, both sides ascending; test sides hold every row once and differ by at most one row.
///         Without a seed blocks of consecutive rows; with one a random choice
/// Cost    O(n k), with a seed and Draws::even O(n (k + log n))
/// Throws  InvalidOption (n_splits below 2 or above the number of rows, a seed NumPy cannot have)
/// Differs from scikit-learn: shuffles by a draw for each row, and not as there, unless Draws::imbalanced_learn
struct KFold {
  Index n_splits = 5;                      ///< parts, each of them the test once; at least 2
  std::optional<std::uint64_t> seed = {};  ///< given: rows are shuffled; not given: they stay in order
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
  std::string describe() const { return detail::describe("KFold", *this); }
  friend bool operator==(const KFold&, const KFold&) = default;
};

inline std::vector<Split> KFold::split(const RowFacts& rows) const {
  const Index n = rows.rows();
  detail::require_n_splits("KFold", n_splits, n, "rows");
  std::vector<Index> order = detail::all_rows(n);
  if (seed)
    order = draws == Draws::even ? detail::shuffled(order, *seed) : detail::NumpyRandom("KFold", *seed).permutation(n);

  return detail::splits_of(detail::cut_into_blocks(order, n_splits), n_splits);
}

}  // inline namespace
}  // namespace rebalance
