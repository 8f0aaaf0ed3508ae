// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace v0 {

/// A row and how far it is. The order of all neighbors everywhere: by distance, then by row number, so that
/// "the k nearest" is one set however many rows are equally far.
struct Neighbor {
  double distance = 0;
  Index row = 0;

  friend bool operator==(const Neighbor&, const Neighbor&) = default;
  friend bool operator<(const Neighbor& a, const Neighbor& b) noexcept {
    return a.distance < b.distance || (a.distance == b.distance && a.row < b.row);
  }
};

/// The k nearest rows of each query, nearest first.
/// Memory: 16 bytes for each of the queries * k entries.
class NeighborTable {
 public:
  NeighborTable(Index queries, Index k) : k_(k), entries_(static_cast<std::size_t>(queries * k)) {}

  Index queries() const noexcept { return k_ == 0 ? 0 : static_cast<Index>(entries_.size()) / k_; }
  Index k() const noexcept { return k_; }
  /// Neighbors of query number q (not row number), nearest first; distances are those of the metric
  /// (Euclidean: squared).
  std::span<const Neighbor> operator[](Index q) const {
    return {entries_.data() + q * k_, static_cast<std::size_t>(k_)};
  }
  std::span<Neighbor> operator[](Index q) {
    return {entries_.data() + q * k_, static_cast<std::size_t>(k_)};
  }
  friend bool operator==(const NeighborTable&, const NeighborTable&) = default;

 private:
  Index k_;
  std::vector<Neighbor> entries_;
};

namespace detail {

/// The k best candidates so far for one query, in order, in the memory of the table. The result does not
/// depend on the order in which candidates are offered.
class NearestSoFar {
 public:
  /// `self` is the row that is left out: by its number, never by its place or its distance.
  NearestSoFar(std::span<Neighbor> best, Index self) : best_(best), self_(self) {}

  void offer(Neighbor candidate) noexcept {
    if (candidate.row == self_) return;
    if (full()) {
      if (!(candidate < best_[size_ - 1])) return;
    } else {
      ++size_;
    }
    std::size_t at = size_ - 1;
    for (; at > 0 && candidate < best_[at - 1]; --at) best_[at] = best_[at - 1];
    best_[at] = candidate;
  }

  bool full() const noexcept { return size_ == best_.size(); }
  std::size_t size() const noexcept { return size_; }
  /// No row farther than this can still enter; a row exactly as far can, by its number.
  double worst() const noexcept {
    return full() ? best_[size_ - 1].distance : std::numeric_limits<double>::max();
  }

 private:
  std::span<Neighbor> best_;
  Index self_;
  std::size_t size_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
