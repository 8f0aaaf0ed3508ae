// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
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

/// EditedNearestNeighbors again and again, until a pass leaves nothing out: clears a wider border between classes.
///
/// Out     the rows kept, unchanged and in input order; every row left out is listed in the plan with its pass.
///         Shuffling the rows or renaming the classes keeps the same rows wherever no two neighbors are equally far
///         (but see Vote::mode). A note tells what ended the passes if it was not that all rows agree
/// Cost    one neighbor search, O(n log n * d) for small d, else O(n^2 d), and in each further pass one for the rows
///         that lost a neighbor; memory O(n k)
/// Throws  InvalidOption (an option out of range, n_neighbors among them if there are too few rows), TooFewClasses
/// Differs from imbalanced-learn: as EditedNearestNeighbors does; and it goes on until nothing changes, with the
///         classes that the strategy names at first, unless stop_below_minority says otherwise
/// Source  Tomek, "An experiment with the edited nearest-neighbor rule", IEEE Trans. Systems, Man, and Cybernetics
///         6 (6), 1976
struct RepeatedEditedNearestNeighbors {
  Index n_neighbors = 3;       ///< neighbors that vote, at least 1
  Vote vote = Vote::majority;  ///< when they speak for a row
  Index max_passes = 100;      ///< at least 1
  Strategy strategy = {};      ///< classes that may lose rows
  /// Stop after the pass that leaves a class empty, or another than the smallest with fewer rows than the smallest had
  /// at first, and ask the strategy anew for each pass, as imbalanced-learn does. The rows that the last pass left out
  /// stay out: to spare a class, use min_per_class.
  bool stop_below_minority = false;
  Index min_per_class = 1;   ///< a class is never left with fewer rows; its best supported ones stay
  NeighborSpace space = {};  ///< where neighbors are searched; scaled once, by all rows

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_neighbors", self.n_neighbors);
    use("vote", self.vote);
    use("max_passes", self.max_passes);
    use("strategy", self.strategy);
    use("stop_below_minority", self.stop_below_minority);
    use("min_per_class", self.min_per_class);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("RepeatedEditedNearestNeighbors", *this); }
  friend bool operator==(const RepeatedEditedNearestNeighbors&, const RepeatedEditedNearestNeighbors&) = default;
};

namespace detail {

/// The neighbors that spoke for each row. While all of them stay they remain its nearest and their vote is the same,
/// so the row needs no new search. Most rows of a later pass are such rows.
class Settled {
 public:
  Settled(Index rows, Index n_neighbors)
      : k_(static_cast<std::size_t>(n_neighbors)), neighbors_(static_cast<std::size_t>(rows) * k_, unknown) {}

  void settle(Index row, std::span<const Neighbor> neighbors) {
    auto to = neighbors_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(row) * k_);
    for (const Neighbor& neighbor : neighbors) *to++ = neighbor.row;
  }
  bool has(Index row, const Cleaning& left) const {
    const std::span neighbors(neighbors_.data() + static_cast<std::size_t>(row) * k_, k_);
    return std::all_of(neighbors.begin(), neighbors.end(), [&](Index n) { return n != unknown && left.has(n); });
  }

 private:
  static constexpr Index unknown = -1;
  std::size_t k_;
  std::vector<Index> neighbors_;
};

}  // namespace detail

template <class S>
Plan RepeatedEditedNearestNeighbors::plan(const DataView<S>& given, const Execution& how) const {
  constexpr const char* name = "RepeatedEditedNearestNeighbors";
  if (max_passes < 1) detail::throw_option(name, "max_passes", max_passes, "at least 1");
  auto cleaned = strategy.cleaned(given.classes, name);
  detail::require_voters(name, n_neighbors, given.rows());
  const detail::SpacedData<S> spaced(name, space, given, how);
  const DataView<S>& data = spaced.view();

  detail::Cleaning cleaning(name, data.classes, Reason::outvoted, min_per_class);
  const detail::MinorityGuard guard(data.classes, false);
  detail::Settled settled(data.rows(), n_neighbors);
  const auto settle = [&](Index row, std::span<const Neighbor> neighbors) { settled.settle(row, neighbors); };
  for (std::uint32_t pass = 1; pass <= max_passes; ++pass) {
    if (stop_below_minority && pass > 1) cleaned = strategy.cleaned(cleaning.classes(), name);
    std::vector<Index> judged = cleaning.rows_of(cleaned);
    std::erase_if(judged, [&](Index row) { return settled.has(row, cleaning); });
    if (detail::edit_once<S>(cleaning, data, judged, n_neighbors, vote, pass, how, settle) <= 0) return cleaning.plan();
    if (stop_below_minority && guard.stops(cleaning, pass)) return cleaning.plan();
  }
  cleaning.note({}, detail::text({"stopped after max_passes = ", max_passes, ", the last of which left rows out"}));
  return cleaning.plan();
}

}  // inline namespace
}  // namespace rebalance
