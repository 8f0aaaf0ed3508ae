// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include <rebalance/core/bulk_vector.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/random.hpp>
#include <rebalance/over_sampling/nominal.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The votes on the nominal values of the rows that start from some bases. All rows of a base have the same voters, so
/// they are counted once for each base and column; only ties are left to the random numbers of a row.
/// Memory: 8 bytes for each base, column and voter.
class NominalVotes {
 public:
  /// `collect(place, voters)` puts who votes for the base at a place into the vector, the nearest first: at most
  /// `most_voters`. Cost O(bases columns most_voters^2) at worst.
  template <class S, class Collect>
  NominalVotes(const MatrixView<S>& X, std::span<const Index> columns, std::span<const Index> bases, Index most_voters,
               const Collect& collect, const Execution& how)
      : columns_(columns),
        most_voters_(static_cast<std::size_t>(most_voters)),
        tied_(bases.size() * columns.size()),
        winners_(tied_.size() * most_voters_) {
    parallel_for(how, "counting votes", static_cast<Index>(bases.size()), 256, [&](Index first, Index last) {
      NominalVote vote;
      std::vector<Index> voters;
      for (Index place = first; place < last; ++place) {
        collect(place, voters);
        for (std::size_t j = 0; j < columns.size(); ++j)
          keep(at(place, j), vote.winners(X, columns[j], voters, bases[static_cast<std::size_t>(place)]));
      }
    });
  }

  /// Donors for all columns of a row that starts from the base at a place. `numbers` are those of the row.
  void choose(Index place, const RandomPair& numbers, Donor* out) const {
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const std::size_t vote = at(place, j);
      Index pick = 0;
      if (tied_[vote] > 1) {
        const auto bits = random_pair(numbers[1], 0, static_cast<std::uint64_t>(columns_[j]), 0)[0];
        pick = index_below(bits, static_cast<Index>(tied_[vote]));
      }
      out[j] = {columns_[j], winners_[vote * most_voters_ + static_cast<std::size_t>(pick)]};
    }
  }

 private:
  std::size_t at(Index place, std::size_t j) const { return static_cast<std::size_t>(place) * columns_.size() + j; }
  void keep(std::size_t vote, std::span<const Donor> winners) {
    tied_[vote] = static_cast<std::uint32_t>(winners.size());
    std::transform(winners.begin(), winners.end(), winners_.data() + vote * most_voters_,
                   [](const Donor& donor) { return donor.row; });
  }

  std::span<const Index> columns_;
  std::size_t most_voters_;
  BulkVector<std::uint32_t> tied_;  // for each base and column the winners; how many there are,
  BulkVector<Index> winners_;       // and their rows, with room for all voters
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
