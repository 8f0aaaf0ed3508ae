// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/value_difference.hpp>
#include <rebalance/over_sampling/cells.hpp>
#include <rebalance/over_sampling/interpolation.hpp>
#include <rebalance/over_sampling/nominal.hpp>
#include <rebalance/over_sampling/nominal_votes.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// SMOTE for rows of categories only: each cell of a new row is the most frequent category among a row and its nearest
/// neighbors in its own class, by the value difference metric. All columns of X hold category codes, whole numbers from
/// 0; no order among them is meant.
///
/// A row and its neighbors vote the same way each time, but for ties: many new rows are equal, and where the class is
/// uniform they are copies. With a neighbor space (Data::space) neighbors are searched there instead, by Euclidean
/// distance.
///
/// Out     every input row, unchanged and in order, then class by class the new rows; every base serves equally often
///         (Draws::even). The plan names the donor of every cell: the nearest row that has its value
/// Cost    O(n log n * d) to count, a search within each class to fill: O(n_c^2 d C) at worst, less where categories tell
///         rows apart. Memory: O(n_c d) for the class in work, O(n_c k), 16 bytes a new cell for its donor
/// Throws  InvalidOption, BadValue (a value that is no code), TooFewRows (a class has no more rows than k_neighbors),
///         TooFewClasses
/// Differs from imbalanced-learn: where votes tie, the base's own category wins if it is among the tied, else any of them
///         at random; there the smallest code wins, always (so with Draws::imbalanced_learn). No n x n matrix is made
/// Source  Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE", JAIR 16, 2002, section 6.2
struct SmoteN {
  Index k_neighbors = 5;      ///< neighbors that vote beside the base, at least 1
  Strategy strategy = {};     ///< rows wanted of each class
  std::uint64_t seed = 0;     ///< of all random choices
  Draws draws = Draws::even;  ///< whose random choices: ours, or those of imbalanced-learn
  TooFewNeighbors too_few_neighbors = TooFewNeighbors::error;  ///< where a class has no more than k_neighbors rows

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("k_neighbors", self.k_neighbors);
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("too_few_neighbors", self.too_few_neighbors);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("SmoteN", *this); }
  friend bool operator==(const SmoteN&, const SmoteN&) = default;
};

namespace detail {

/// Who votes for a row: the base, then its neighbors.
inline void collect_voters(Index base, std::span<const Neighbor> neighbors, std::vector<Index>& voters) {
  voters.assign(1, base);
  for (const Neighbor& neighbor : neighbors) voters.push_back(neighbor.row);
}

/// Adds `count` rows that the members and their neighbors vote for.
template <class S>
void add_voted(Plan& plan, const SmoteN& options, const DataView<S>& data, std::span<const Index> members,
               const NeighborTable& table, Index count, const Execution& how) {
  const auto keys = row_keys(data.X, members, how);
  const auto columns = all_rows(data.X.cols());
  const Plan::Added added = plan.add_rows(count, 0, data.X.cols());
  const auto collect = [&](Index place, std::vector<Index>& voters) {
    collect_voters(members[static_cast<std::size_t>(place)], table[place], voters);
  };
  const NominalVotes votes(data.X, columns, members, table.k() + 1, collect, how);
  draw_evenly(keys, options.seed, data.stage, count, how, [&](Index row, Index place, const RandomPair& numbers) {
    const Index base = members[static_cast<std::size_t>(place)];
    votes.choose(place, numbers, added.donors.data() + row * data.X.cols());
    added.origins[static_cast<std::size_t>(row)] = {base, base, 1};
  });
}

/// The same as imbalanced-learn does it: bases with replacement, and of tied categories the smallest code.
template <class S>
void add_voted_as_numpy(Plan& plan, const SmoteN& options, const DataView<S>& data, std::span<const Index> members,
                        const NeighborTable& table, Index count) {
  NumpyRandom random("SmoteN", options.seed);  // starts anew for every class
  NominalVote vote;
  std::vector<Index> voters;
  std::vector<Donor> donors;
  for (const Index place : random.integers(static_cast<Index>(members.size()), count)) {
    const Index base = members[static_cast<std::size_t>(place)];
    collect_voters(base, table[place], voters);
    donors.clear();
    for (Index j = 0; j < data.X.cols(); ++j) donors.push_back(vote.winners(data.X, j, voters)[0]);
    plan.add_with_donors(base, base, 1, donors);
  }
}

}  // namespace detail

template <class S>
Plan SmoteN::plan(const DataView<S>& data, const Execution& how) const {
  if (k_neighbors < 1) detail::throw_option("SmoteN", "k_neighbors", k_neighbors, "at least 1");
  detail::require_codes("SmoteN", data.X, detail::all_rows(data.X.cols()), how);
  const auto filling = detail::cells_to_fill("SmoteN", strategy, draws, data, k_neighbors);
  Plan plan = detail::keep_all_for(filling, data.rows(), how);
  const bool by_categories = detail::same_view(data.space, data.X);
  std::optional<ValueDifference> metric;  // counted only where it is asked
  if (by_categories && !filling.cells.empty()) metric.emplace(data.X, data.classes, how);
  detail::fill_each(filling, "SmoteN", *this, data, how, plan, [&](const detail::Cell& cell, Index k) {
    const Index count = cell.count();
    const auto members = cell.members();
    const auto partners = cell.partners();
    const NeighborTable table =
        by_categories
            ? detail::nearest_members(*metric, metric->layout(data.X, partners, cell.code()), partners, members, k, how)
            : nearest_neighbors(data.space, partners, members, k, how);
    if (draws == Draws::imbalanced_learn) detail::add_voted_as_numpy(plan, *this, data, members, table, count);
    else detail::add_voted(plan, *this, data, members, table, count, how);
  });
  return plan;
}

}  // inline namespace
}  // namespace rebalance
