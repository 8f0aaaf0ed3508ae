// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <rebalance/core/apportion.hpp>
#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/over_sampling/cells.hpp>
#include <rebalance/over_sampling/hard_rows.hpp>
#include <rebalance/over_sampling/interpolation.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Adaptive synthetic sampling: a row serves as a base the more often, the more of its nearest rows in the whole set are
/// of other classes. Puts new rows where the class is hard to learn, and so also around noise: clean first, or look at
/// BorderlineSmote.
///
/// Out     every input row, unchanged and in order, then class by class the new rows, base by base. With Draws::even
///         the totals are as asked: shares are rounded by largest remainder, equal remainders by a random order of rows
/// Cost    a search of each class to fill in the whole set, and of its bases within the class; memory O(n_c k)
/// Throws  InvalidOption, TooFewRows (no row has a neighbor of another class; a class has no more rows than
///         n_neighbors), TooFewClasses
/// Differs from the paper: partners are the nearest rows of the class, so they exist for a row among none but others too;
///         the strategy says how many rows are wanted, there a factor and a threshold do
/// Differs from imbalanced-learn: totals are exact, there each share is rounded by itself (so with
///         Draws::imbalanced_learn; a note tells the difference)
/// Source  He, Bai, Garcia, Li, "ADASYN: adaptive synthetic sampling approach for imbalanced learning", IJCNN 2008
struct Adasyn {
  Index n_neighbors = 5;   ///< nearest rows that are looked at, both in the whole set and within the class, at least 1
  Strategy strategy = {};  ///< rows wanted of each class
  std::uint64_t seed = 0;  ///< of all random choices
  Draws draws = Draws::even;                 ///< whose random choices: ours, or those of imbalanced-learn
  NoHardRow no_hard_row = NoHardRow::error;  ///< where no row of a class has a neighbor of another
  TooFewNeighbors too_few_neighbors = TooFewNeighbors::error;  ///< where a class has no more than n_neighbors rows
  NeighborSpace space = {};                                    ///< where neighbors are searched

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_neighbors", self.n_neighbors);
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("no_hard_row", self.no_hard_row);
    use("too_few_neighbors", self.too_few_neighbors);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("Adasyn", *this); }
  friend bool operator==(const Adasyn&, const Adasyn&) = default;
};

namespace detail {

/// The shares of imbalanced-learn, each rounded by itself.
[[gnu::cold]] inline std::vector<Index> by_rounding(Index total, const std::vector<Index>& foreign, Index k,
                                                    const Label& label, Plan& plan) {
  std::vector<double> density;
  for (const Index count : foreign) density.push_back(static_cast<double>(count) / static_cast<double>(k));
  const double sum = pairwise_sum(density);
  std::vector<Index> shares;
  Index made = 0;
  for (const double part : density) {
    shares.push_back(static_cast<Index>(std::rint(rounded(part / sum * static_cast<double>(total)))));
    made += shares.back();
  }
  if (made == 0)
    throw TooFewRows(text({"Adasyn: class ", label.text, ": the shares of all ", total,
                           " rows asked for round to 0 with "
                           "Draws::imbalanced_learn; ask for more rows or use Draws::even"}));
  if (made != total)
    plan.note(
        {"Adasyn", label, text({"asked for ", total, " rows, made ", made, ": imbalanced-learn rounds each share"})});
  return shares;
}

/// Adds to each base its share of rows, between it and a neighbor.
inline void add_shares(Plan& plan, std::span<const Index> bases, const std::vector<Index>& shares,
                       const std::vector<std::uint64_t>& keys, const NeighborTable& table, std::uint64_t seed,
                       std::uint32_t stage) {
  for (std::size_t i = 0; i < bases.size(); ++i)
    for (Index t = 0; t < shares[i]; ++t) {
      const RandomPair numbers = random_pair(seed, stage, keys[i], static_cast<std::uint32_t>(t));
      const auto pick = static_cast<std::size_t>(index_below(numbers[0], table.k()));
      plan.add(bases[i], table[static_cast<Index>(i)][pick].row, unit_interval(numbers[1]));
    }
}

/// The same as imbalanced-learn does it: all neighbors first, then all steps.
inline void add_shares_as_numpy(Plan& plan, std::span<const Index> bases, const std::vector<Index>& shares,
                                const NeighborTable& table, NumpyRandom& random) {
  const auto picks = random.integers(table.k(), std::accumulate(shares.begin(), shares.end(), Index{0}));
  std::size_t next = 0;
  for (std::size_t i = 0; i < bases.size(); ++i)
    for (Index t = 0; t < shares[i]; ++t) {
      const auto pick = static_cast<std::size_t>(picks[next++]);
      plan.add(bases[i], table[static_cast<Index>(i)][pick].row, random.random());
    }
}

}  // namespace detail

template <class S>
Plan Adasyn::plan(const DataView<S>& given, const Execution& how) const {
  if (n_neighbors < 1) detail::throw_option("Adasyn", "n_neighbors", n_neighbors, "at least 1");
  const detail::SpacedData<S> spaced("Adasyn", space, given, how);
  const DataView<S>& data = spaced.view();
  const auto filling = detail::cells_to_fill("Adasyn", strategy, draws, data, n_neighbors);
  detail::NumpyRandom numpy("Adasyn", draws == Draws::imbalanced_learn ? seed : 0);  // one stream for all classes

  Plan plan = detail::keep_all_for(filling, data.rows(), how);
  detail::OncePerClass foreign_neighbors(
      [&](std::uint32_t c) { return detail::foreign_neighbors("Adasyn", "n_neighbors", data, c, n_neighbors, how); });
  for (const detail::Cell& cell : filling.cells) {
    const Index count = cell.count();
    const auto members = cell.members();
    const Label& label = cell.label();
    const std::vector<Index>& of_class = foreign_neighbors.of(cell.code());
    std::vector<Index> foreign;  // of the rows of the cell
    for (const Index place : detail::places_in_class(cell, data.classes))
      foreign.push_back(of_class[static_cast<std::size_t>(place)]);
    if (std::all_of(foreign.begin(), foreign.end(), [](Index n) { return n == 0; })) {
      if (!detail::start_from_every_row("Adasyn", label,
                                        detail::text({"no row", cell.where(), " has a neighbor of another class"}),
                                        no_hard_row, plan))
        continue;
      foreign.assign(foreign.size(), 1);
    }
    const Index k = detail::usable_neighbors("Adasyn", cell, n_neighbors, too_few_neighbors, plan, "n_neighbors");
    if (k == 0) {
      detail::add_copies(plan, data, members, seed, count, how);
      continue;
    }

    const NeighborTable table = nearest_neighbors(data.space, cell.partners(), members, k, how);
    if (draws == Draws::imbalanced_learn) {
      detail::add_shares_as_numpy(plan, members, detail::by_rounding(count, foreign, n_neighbors, label, plan), table,
                                  numpy);
    } else {
      const auto keys = detail::row_keys(data.X, members, how);
      const auto order = detail::random_order(keys, seed, data.stage, keys.size());
      detail::add_shares(plan, members, detail::apportioned(count, foreign, order), keys, table, seed, data.stage);
    }
  }
  return plan;
}

}  // inline namespace
}  // namespace rebalance
