// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// A row and how far it is. The order of all neighbors everywhere: by distance, then by row number, so that
/// "the k nearest" is one set however many rows are equally far.
struct Neighbor {
  double distance = 0;  ///< by the metric, squared
  Index row = 0;        ///< its number in X

  friend bool operator==(const Neighbor&, const Neighbor&) = default;
  /// By distance, then by row number.
  friend bool operator<(const Neighbor& a, const Neighbor& b) noexcept {
    return a.distance < b.distance || (a.distance == b.distance && a.row < b.row);
  }
};

/// The k nearest rows of each query, nearest first.
/// Memory: 16 bytes for each of the queries * k entries.
class NeighborTable {
 public:
  /// With room for k neighbors of each query, to be filled in.
  NeighborTable(Index queries, Index k) : k_(k), entries_(static_cast<std::size_t>(queries * k)) {}

  /// Rows that asked.
  Index queries() const noexcept { return k_ == 0 ? 0 : static_cast<Index>(entries_.size()) / k_; }
  Index k() const noexcept { return k_; }  ///< Neighbors of each.
  /// Neighbors of query number q (not row number), nearest first; distances are those of the metric
  /// (Euclidean: squared).
  std::span<const Neighbor> operator[](Index q) const {
    return {entries_.data() + q * k_, static_cast<std::size_t>(k_)};
  }
  /// Likewise, to be filled in.
  std::span<Neighbor> operator[](Index q) { return {entries_.data() + q * k_, static_cast<std::size_t>(k_)}; }
  /// The nearest k of these queries; k is at most k().
  NeighborTable first_of(std::span<const Index> queries, Index k) const {
    NeighborTable out(static_cast<Index>(queries.size()), k);
    for (Index q = 0; q < out.queries(); ++q)
      std::copy_n((*this)[queries[static_cast<std::size_t>(q)]].begin(), k, out[q].begin());
    return out;
  }
  friend bool operator==(const NeighborTable&, const NeighborTable&) = default;

 private:
  Index k_;
  std::vector<Neighbor> entries_;
};

namespace detail {

/// What one query is told so far. It asks one of three questions; the answer to each is one whatever the order in which
/// candidates are offered:
///
///   the k nearest rows                      NearestSoFar(best, self)
///   those of them that come before a limit  NearestSoFar(best, self, limit)
///   whether k rows come before a limit      NearestSoFar(best, self, limit, true), which is done as soon as it has k
///
/// `best` is the memory for k neighbors, nearest first but for the last question.
class NearestSoFar {
 public:
  static constexpr Neighbor no_limit{std::numeric_limits<double>::max(), std::numeric_limits<Index>::max()};

  /// `self` is the row that is left out: by its number, never by its place or its distance.
  NearestSoFar(std::span<Neighbor> best, Index self, Neighbor limit = no_limit, bool any = false)
      : best_(best), self_(self), limit_(limit), any_(any) {}

  /// Returns whether the candidate is taken, so that worst() may have changed.
  bool offer(Neighbor candidate) noexcept {
    if (candidate.row == self_ || !(candidate < limit_)) return false;
    if (full()) {
      if (any_ || !(candidate < best_.back())) return false;
    } else {
      ++size_;
    }
    std::size_t at = size_ - 1;
    for (; at > 0 && candidate < best_[at - 1]; --at) best_[at] = best_[at - 1];
    best_[at] = candidate;
    return true;
  }

  bool full() const noexcept { return size_ == best_.size(); }
  std::size_t size() const noexcept { return size_; }
  /// The k it asks for, and whether any k are good.
  std::size_t wanted() const noexcept { return best_.size(); }
  bool any() const noexcept { return any_; }
  std::span<const Neighbor> found() const noexcept { return {best_.data(), size_}; }
  /// No row farther than this can still enter; a row exactly as far can, by its number. Negative: none can.
  double worst() const noexcept {
    if (!full()) return limit_.distance;
    return any_ ? -1.0 : best_.back().distance;
  }
  /// Whether no row from this number on can still enter, wherever it is: with k duplicates at hand, a later one.
  bool rules_out_from(Index row) const noexcept {
    if (!full()) return limit_.distance == 0 && row >= limit_.row;
    return any_ || (best_.back().distance == 0 && row > best_.back().row);
  }

 private:
  std::span<Neighbor> best_;
  Index self_;
  Neighbor limit_;
  bool any_;
  std::size_t size_ = 0;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
