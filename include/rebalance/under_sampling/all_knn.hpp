// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/under_sampling/cleaning.hpp>
#include <rebalance/under_sampling/minority_guard.hpp>
#include <rebalance/under_sampling/neighbor_vote.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// AllKNN: leaves out the rows that EditedNearestNeighbors would leave out with any number of neighbors from 1 to
/// n_neighbors. All votes are taken on the whole set, then the rows go at once.
///
/// Out     the rows kept, unchanged and in input order; every row left out is listed in the plan, its pass being the
///         fewest neighbors that outvoted it. Shuffling the rows or renaming the classes keeps the same rows wherever
///         no two neighbors are equally far (but see Vote::mode)
/// Cost    one neighbor search for all votes, O(n log n * d) for small d, else O(n^2 d), and one for each number of
///         neighbors if sequential; memory O(n k)
/// Throws  InvalidOption (an option out of range, n_neighbors among them if there are too few rows;
///         stop_below_minority without sequential), TooFewClasses
/// Differs from imbalanced-learn: there rows go between the votes, so that later votes are taken on a set already
///         thinned out (`sequential`); else as EditedNearestNeighbors does
/// Source  Tomek, "An experiment with the edited nearest-neighbor rule", IEEE Trans. Systems, Man, and Cybernetics
///         6 (6), 1976
struct AllKnn {
  Index n_neighbors = 3;       ///< most neighbors that vote, at least 1
  Vote vote = Vote::majority;  ///< when they speak for a row
  /// Take each vote on the set that the one before it left, and ask the strategy anew, as imbalanced-learn does: the
  /// same as EditedNearestNeighbors with 1, 2, ... neighbors in a chain. A class that is left without rows ends it.
  bool sequential = false;
  Strategy strategy = {};  ///< classes that may lose rows
  /// With `sequential`: stop after the vote that leaves a class empty, or another than the smallest with fewer rows
  /// than the smallest had at first (imbalanced-learn's allow_minority = False).
  bool stop_below_minority = false;
  Index min_per_class = 1;   ///< a class is never left with fewer rows; its best supported ones stay
  NeighborSpace space = {};  ///< where neighbors are searched

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_neighbors", self.n_neighbors);
    use("vote", self.vote);
    use("sequential", self.sequential);
    use("strategy", self.strategy);
    use("stop_below_minority", self.stop_below_minority);
    use("min_per_class", self.min_per_class);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("AllKnn", *this); }
  friend bool operator==(const AllKnn&, const AllKnn&) = default;
};

template <class S>
Plan AllKnn::plan(const DataView<S>& given, const Execution& how) const {
  if (stop_below_minority && !sequential)
    throw InvalidOption(
        "AllKnn: stop_below_minority stops between votes, but all votes are taken at once; set "
        ".sequential = true, or leave stop_below_minority out");
  auto cleaned = strategy.cleaned(given.classes, "AllKnn");
  detail::require_voters("AllKnn", n_neighbors, given.rows());
  const detail::SpacedData<S> spaced("AllKnn", space, given, how);
  const DataView<S>& data = spaced.view();

  detail::Cleaning cleaning("AllKnn", data.classes, Reason::outvoted, min_per_class);
  if (!sequential) {
    cleaning.remove(detail::outvoted<S>(data, cleaning.rows(), cleaning.rows_of(cleaned), {1, n_neighbors}, vote, how));
    return cleaning.plan();
  }
  const detail::MinorityGuard guard(data.classes, !stop_below_minority);
  for (std::uint32_t voters = 1; voters <= n_neighbors; ++voters) {
    if (voters > 1 && guard.stops(cleaning, voters - 1)) break;
    if (voters > 1) cleaned = strategy.cleaned(cleaning.classes(), "AllKnn");
    if (detail::edit_once<S>(cleaning, data, cleaning.rows_of(cleaned), voters, vote, voters, how) < 0) break;
  }
  return cleaning.plan();
}

}  // inline namespace
}  // namespace rebalance
