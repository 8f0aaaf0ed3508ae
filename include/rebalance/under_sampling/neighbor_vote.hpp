// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/under_sampling/cleaning.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// When the nearest rows speak for a row, so that it stays.
enum class Vote {
  majority,   ///< its class is among the most frequent of them, however labels are numbered: Wilson's rule
  unanimous,  ///< all of them are of its class: removes more (imbalanced-learn's default, kind_sel='all')
  mode        ///< its class is the most frequent, of equals the smallest label (imbalanced-learn's kind_sel='mode')
};

namespace detail {

template <>
inline constexpr EnumNames enum_names<Vote>{"Vote", {"majority", "unanimous", "mode"}};

/// The votes on one row, counted as its neighbors cast them: after each, the outcome is known.
class Ballot {
 public:
  explicit Ballot(std::uint32_t classes) : votes_(classes, 0) {}

  /// Starts anew for a row of class `own`. Cost O(votes cast since the last time).
  void open(std::uint32_t own) {
    for (const std::uint32_t c : cast_) votes_[c] = 0;
    cast_.clear();
    own_ = own;
    most_ = 0;
  }
  void cast(std::uint32_t c) {
    cast_.push_back(c);
    const Index votes = ++votes_[c];
    if (votes > most_ || (votes == most_ && c < mode_)) {
      most_ = votes;
      mode_ = c;
    }
  }
  /// Votes for the row's own class.
  Index friends() const { return votes_[own_]; }
  bool lost(Vote vote) const {
    switch (vote) {
      case Vote::unanimous: return friends() < static_cast<Index>(cast_.size());
      case Vote::mode: return mode_ != own_;
      default: return friends() < most_;
    }
  }

 private:
  std::vector<Index> votes_;         // by class
  std::vector<std::uint32_t> cast_;  // classes that got a vote, to clear them again
  std::uint32_t own_ = 0;
  std::uint32_t mode_ = 0;  // the class with most votes, of equals the smallest
  Index most_ = 0;
};

/// How many neighbors vote: rounds with `fewest`, `fewest` + 1, ... `most` of them.
struct Voters {
  Index fewest;
  Index most;
};

/// Called for each row that won its vote, with the neighbors that cast it.
using OnStay = std::function<void(Index row, std::span<const Neighbor> neighbors)>;

/// The rows among `judged` that lose a vote of their nearest among `rows`. The pass is the number of the first
/// round that a row loses.
template <class S>
std::vector<Suspect> outvoted(const DataView<S>& data, std::span<const Index> rows, std::span<const Index> judged,
                              Voters voters, Vote vote, const Execution& how, const OnStay& on_stay = {}) {
  std::vector<Suspect> out;
  if (judged.empty()) return out;
  const NeighborTable table = nearest_neighbors(data.space, rows, judged, voters.most, how);
  Ballot ballot(data.classes.size());
  for (Index q = 0; q < table.queries(); ++q) {
    Suspect suspect{judged[static_cast<std::size_t>(q)], 0, 0, 0};
    const std::uint32_t own = data.classes.code(suspect.row);
    bool foreign_seen = false;
    Index cast = 0;
    ballot.open(own);
    for (const Neighbor& neighbor : table[q]) {
      const std::uint32_t c = data.classes.code(neighbor.row);
      if (c != own && !foreign_seen) suspect.distance = neighbor.distance;
      foreign_seen = foreign_seen || c != own;
      ballot.cast(c);
      ++cast;
      if (suspect.pass == 0 && cast >= voters.fewest && ballot.lost(vote))
        suspect.pass = static_cast<std::uint32_t>(cast - voters.fewest + 1);
    }
    suspect.friends = ballot.friends();
    if (suspect.pass > 0) out.push_back(suspect);
    else if (on_stay) on_stay(suspect.row, table[q]);
  }
  return out;
}

/// One pass of editing on the rows that are left. Returns how many went, or -1 if too few are left to vote.
template <class S>
Index edit_once(Cleaning& cleaning, const DataView<S>& data, std::span<const Index> judged, Index n_neighbors,
                Vote vote, std::uint32_t pass, const Execution& how, const OnStay& on_stay = {}) {
  const auto left = static_cast<Index>(cleaning.rows().size());
  if (n_neighbors > left - 1) {
    cleaning.note({}, text({"stopped before pass ", pass, ": ", left, left == 1 ? " row is" : " rows are",
                            " left, too few for ", n_neighbors, n_neighbors == 1 ? " neighbor" : " neighbors"}));
    return -1;
  }
  const Voters voters{n_neighbors, n_neighbors};
  return cleaning.remove(outvoted(data, cleaning.rows(), judged, voters, vote, how, on_stay), pass - 1);
}

/// Refuses a number of neighbors that cannot vote.
[[gnu::cold]] inline void require_voters(std::string_view sampler, Index n_neighbors, Index rows) {
  if (n_neighbors < 1 || n_neighbors >= rows)
    throw_option(sampler, "n_neighbors", n_neighbors,
                 text({"from 1 to ", rows - 1, ", the number of other rows in the set"}));
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
