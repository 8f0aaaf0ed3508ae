// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/under_sampling/neighbor_vote.hpp>

namespace rebalance {
inline namespace v0 {
namespace detail {

/// Votes of the k nearest, each decided by the fewest questions. A row of class c loses if enough rows of other classes
/// come before enough rows of its own. Most rows have no stranger near and are done with the first question:
///
///   how far, roughly, is the last of its own that it needs?    a few rows near it tell
///   which strangers come before that one?                      a search of the other classes, most often the smaller set
///   do enough of its own come before the last of these?        a search of its own class, which stops as soon as they do
///
/// Which rows lose is exact. What else the k nearest tell (how many spoke for a row) is not found.
template <class S>
class EarlyVote {
 public:
  EarlyVote(const DataView<S>& data, Index k, Vote vote, const Execution& how)
      : data_(data), how_(how), strangers_(strangers_to_lose(k, vote)), own_(k - strangers_ + 1), of_(data.classes.size()) {}

  /// Whether numbers of strangers alone decide: with several other classes a majority depends on which they are, and a
  /// mode, where two classes tie, on their labels.
  static bool decides(const Classes& classes, Index k, Vote vote) {
    Index present = 0;
    for (std::uint32_t c = 0; c < classes.size(); ++c) present += classes.count(c) > 0;
    return vote == Vote::unanimous || (present <= 2 && (vote == Vote::majority || k % 2 == 1));
  }

  /// The rows that lose, of `rows`, which are of class c. Cost: see above, O(|rows| log n) at best.
  std::vector<Index> losers(std::uint32_t c, std::span<const Index> rows) {
    const std::vector<Index> others = rows_of_others(c);
    if (rows.empty() || static_cast<Index>(others.size()) < strangers_) return {};
    const bool enough_own = data_.classes.count(c) > own_;
    std::vector<Neighbor> limits(rows.size(), NearestSoFar::no_limit);
    if (enough_own) limits = of_class(c).rough_limits(rows, own_);

    std::vector<Index> open;
    std::vector<Neighbor> last_strangers;
    const Answers strangers = of_others(c, others).nearest_within(rows, strangers_, limits);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const NearestSoFar& answer = strangers[static_cast<Index>(i)];
      if (!answer.full()) continue;
      open.push_back(rows[i]);
      last_strangers.push_back(answer.found().back());
    }
    if (!enough_own) return open;

    const auto own = of_class(c).count_within(open, last_strangers, own_);
    std::vector<Index> out;
    for (std::size_t i = 0; i < open.size(); ++i)
      if (own[i] < own_) out.push_back(open[i]);
    return out;
  }

 private:
  /// How many of k votes must go to other classes for a row to lose.
  static Index strangers_to_lose(Index k, Vote vote) { return vote == Vote::unanimous ? 1 : k / 2 + 1; }

  std::vector<Index> rows_of_others(std::uint32_t c) const {
    std::vector<Index> out;
    for (Index row = 0; row < data_.rows(); ++row)
      if (data_.classes.code(row) != c) out.push_back(row);
    return out;
  }

  const NeighborSearch& of_class(std::uint32_t c) {
    if (!of_[c]) of_[c] = search(data_.classes.members(c), own_);
    return *of_[c];
  }
  /// Where there are two classes, the others of one are the other.
  const NeighborSearch& of_others(std::uint32_t c, std::span<const Index> others) {
    for (std::uint32_t other = 0; other < of_.size(); ++other)
      if (other != c && data_.classes.count(other) == static_cast<Index>(others.size())) return of_class(other);
    others_ = search(others, strangers_);
    return *others_;
  }
  std::unique_ptr<NeighborSearch> search(std::span<const Index> rows, Index k) const {
    return std::make_unique<NeighborSearch>(Euclidean{data_.space.cols()}, PointSet<S>{data_.space, rows}, data_.rows(), k, how_);
  }

  const DataView<S>& data_;
  const Execution& how_;
  Index strangers_;  // that make a row lose
  Index own_;        // that save it
  std::vector<std::unique_ptr<NeighborSearch>> of_;  // by class, once asked for
  std::unique_ptr<NeighborSearch> others_;
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
