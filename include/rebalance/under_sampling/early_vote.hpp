// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>
#include <rebalance/under_sampling/cleaning.hpp>
#include <rebalance/under_sampling/neighbor_vote.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Votes of the k nearest, each decided by the fewest questions. A row of class c cannot lose unless enough rows of other
/// classes come before enough rows of its own. Most rows have no stranger near and are done with the first question:
///
///   how far, roughly, is the last of its own that it needs?    a few rows near it tell
///   which strangers come before that one?                      a search of the other classes, most often the smaller set
///   do enough of its own come before the last of these?        a search of its own class, which stops as soon as they do
///
/// Which rows have so many strangers is exact. What else the k nearest tell (how many spoke for a row) is not found.
template <class S>
class EarlyVote {
 public:
  EarlyVote(const DataView<S>& data, Index k, Vote vote, const Execution& how)
      : data_(data),
        how_(how),
        strangers_(strangers_to_lose(k, vote)),
        own_(k - strangers_ + 1),
        of_(data.classes.size()) {}

  /// Whether numbers of strangers alone decide: with several other classes a majority depends on which they are, and a
  /// mode, where two classes tie, on their labels.
  static bool decides(const Classes& classes, Index k, Vote vote) {
    Index present = 0;
    for (std::uint32_t c = 0; c < classes.size(); ++c) present += classes.count(c) > 0;
    return vote == Vote::unanimous || (present <= 2 && (vote == Vote::majority || k % 2 == 1));
  }

  /// Whether these questions are faster than a search for the k nearest of the rows of class c. That is cheap with few
  /// columns; and strangers must be few, the fewer where each question means products of all pairs.
  bool pays(std::uint32_t c) {
    const Index own = data_.classes.count(c), others = data_.rows() - own;
    const bool both_ways =
        only_other(c) != none;  // two classes: what is prepared for the larger serves the smaller, too
    const Index few = both_ways ? std::min(own, others) : others, many = both_ways ? std::max(own, others) : own;
    if (data_.space.cols() < 4 || few > many) return false;
    return 4 * few <= many || of_class(c).backend() == Backend::kd_tree;
  }

  /// The rows that may lose, of `rows`, which are of class c: all that do lose and, where numbers of strangers do not
  /// decide, some others. Cost: see above, O(|rows| log n) at best.
  std::vector<Index> doubtful(std::uint32_t c, std::span<const Index> rows) {
    if (rows.empty() || data_.rows() - data_.classes.count(c) < strangers_) return {};
    const bool enough_own = data_.classes.count(c) > own_;
    std::vector<Neighbor> limits(rows.size(), NearestSoFar::no_limit);
    if (enough_own) limits = of_class(c).rough_limits(rows, own_);

    std::vector<Index> open;
    std::vector<Neighbor> last_strangers;
    const Answers strangers = of_others(c).nearest_within(rows, strangers_, limits);
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
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  /// How many of k votes must go to other classes for a row to lose, at least.
  static Index strangers_to_lose(Index k, Vote vote) {
    switch (vote) {
      case Vote::unanimous: return 1;
      case Vote::mode: return (k + 1) / 2;
      default: return k / 2 + 1;
    }
  }

  /// The class that all others than c are of, if they are of one.
  std::uint32_t only_other(std::uint32_t c) const {
    const Classes& classes = data_.classes;
    for (std::uint32_t other = 0; other < classes.size(); ++other)
      if (other != c && classes.count(other) == classes.rows() - classes.count(c)) return other;
    return none;
  }

  const NeighborSearch& of_class(std::uint32_t c) {
    if (!of_[c]) of_[c] = search(data_.classes.members(c), own_);
    return *of_[c];
  }
  const NeighborSearch& of_others(std::uint32_t c) {
    if (const std::uint32_t other = only_other(c); other != none) return of_class(other);
    others_ = data_.classes.others(c);
    of_others_ = search(others_, strangers_);
    return *of_others_;
  }
  std::unique_ptr<NeighborSearch> search(std::span<const Index> rows, Index k) const {
    return std::make_unique<NeighborSearch>(Euclidean{data_.space.cols()}, PointSet<S>{data_.space, rows}, data_.rows(),
                                            k, how_);
  }

  const DataView<S>& data_;
  const Execution& how_;
  Index strangers_;                                  // that make a row lose
  Index own_;                                        // that save it
  std::vector<std::unique_ptr<NeighborSearch>> of_;  // by class, once asked for
  std::vector<Index> others_;                        // of the class asked for last, if they are of several classes
  std::unique_ptr<NeighborSearch> of_others_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
