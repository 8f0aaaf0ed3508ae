// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace v0 {
namespace detail {

/// Throws InvalidOption unless the columns are different columns of X.
[[gnu::cold]] inline void require_columns(std::string_view sampler, const std::vector<Index>& nominal, Index columns) {
  std::vector<bool> seen(static_cast<std::size_t>(columns), false);
  for (const Index column : nominal) {
    if (column < 0 || column >= columns)
      throw InvalidOption(text({sampler, ": nominal names column ", column, "; X has columns 0 to ", columns - 1}));
    if (seen[static_cast<std::size_t>(column)])
      throw InvalidOption(text({sampler, ": nominal names column ", column, " twice; name it once"}));
    seen[static_cast<std::size_t>(column)] = true;
  }
}

/// Throws BadValue for the first cell of a nominal column that is no category code. Negative numbers are none: -1 is how
/// much software writes a missing category.
template <class S>
void require_codes(std::string_view sampler, const MatrixView<S>& X, const std::vector<Index>& nominal,
                   const Execution& how) {
  parallel_for(how, "checking categories", X.rows(), rows_per_chunk(X.cols()), [&](Index first, Index last) {
    for (Index row = first; row < last; ++row)
      for (const Index column : nominal)
        if (const S code = X(row, column); !(code >= 0 && code == std::floor(code)))
          throw BadValue(
              text({sampler, ": X(", row, ", ", column, ") is ", static_cast<double>(code), "; column ", column,
                    " is nominal and must hold category codes, whole numbers from 0: number the categories"}),
              row, column);
  });
}

/// A vote on one cell.
class CellVote {
 public:
  /// The most frequent values among the voters, which stand nearest first: for each of them, by ascending value, the
  /// nearest voter that has it. Valid until the next call. Cost O(voters * values).
  template <class S>
  std::span<const Donor> winners(const MatrixView<S>& X, Index column, std::span<const Index> voters) {
    tallies_.clear();
    Index most = 0;
    for (const Index voter : voters) {
      const auto value = static_cast<double>(X(voter, column));
      auto tally = std::find_if(tallies_.begin(), tallies_.end(), [&](const Tally& t) { return t.value == value; });
      if (tally == tallies_.end()) tally = tallies_.insert(tally, {value, 0, voter});
      most = std::max(most, ++tally->votes);
    }
    std::sort(tallies_.begin(), tallies_.end(), [](const Tally& a, const Tally& b) { return a.value < b.value; });
    winners_.clear();
    for (const Tally& tally : tallies_)
      if (tally.votes == most) winners_.push_back({column, tally.nearest});
    return {winners_.data(), winners_.size()};
  }

  /// The one winner under Draws::even: the base's own value if that is among the winners, else any of them by the random
  /// `numbers` of the row.
  template <class S>
  Donor winner(const MatrixView<S>& X, Index column, std::span<const Index> voters, Index base,
               const RandomPair& numbers) {
    const auto tied = winners(X, column, voters);
    if (tied.size() == 1) return tied[0];
    for (const Donor& donor : tied)
      if (X(donor.row, column) == X(base, column)) return donor;
    const auto bits = random_pair(numbers[1], 0, static_cast<std::uint64_t>(column), 0)[0];
    return tied[static_cast<std::size_t>(index_below(bits, static_cast<Index>(tied.size())))];
  }

 private:
  struct Tally {
    double value;
    Index votes;
    Index nearest;
  };
  std::vector<Tally> tallies_;
  std::vector<Donor> winners_;
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
