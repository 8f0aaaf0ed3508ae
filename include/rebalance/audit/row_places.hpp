// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/quantiles.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// How a row lies among the real rows of its class and of the others; a real row: among the other ones.
struct RowPlace {
  bool copy = false;
  bool near_copy = false;
  bool among_others = false;
  bool in_void = false;
};

/// The share of rows that lie so, of rows that are taken some times, `total` in all.
inline double share_of(std::span<const RowPlace> places, bool RowPlace::* so, std::span<const std::uint32_t> times,
                       double total) {
  double count = 0;
  for (std::size_t i = 0; i < places.size(); ++i) count += places[i].*so ? times[i] : 0;
  return count / total;
}

/// The rows of a class, by which others are placed.
template <class S>
class Territory {
 public:
  /// The first rows of `space` are those of `classes` and X; what follows them there are new rows. `real` are the rows
  /// of class c that what is usual is taken from. All must outlive this.
  Territory(const MatrixView<S>& X, const MatrixView<S>& space, const Classes& classes, std::uint32_t c,
            std::span<const Index> real, const Execution& how)
      : space_(space), classes_(classes), class_(c), how_(how) {
    for (const Index row : classes.members(c)) keys_.push_back(key_of(X, row));
    std::sort(keys_.begin(), keys_.end());
    for (Index row = 0; row < classes.rows(); ++row)
      if (classes.code(row) != c) others_.push_back(row);
    const auto own = nearest_distances(space_, classes_.members(class_), real, how_);
    if (classes.count(c) > 1) {
      std::vector<double> sorted = own;
      std::sort(sorted.begin(), sorted.end());
      near_ = 0.01 * quantile(sorted, 0.5);
      void_ = quantile(sorted, 0.99);
    }
    for (const Index row : real) real_.push_back({.copy = times_there(key_of(X, row)) > 1});
    place(real_, real, own);
  }

  /// Of the rows `real`, each among the other ones.
  const std::vector<RowPlace>& real() const noexcept { return real_; }

  /// Of new rows, which stand in the space from row `first` on.
  std::vector<RowPlace> of_new(const MatrixView<S>& X, Index first) const {
    std::vector<Index> queries;
    std::vector<RowPlace> out;
    for (Index row = 0; row < X.rows(); ++row) {
      queries.push_back(first + row);
      out.push_back({.copy = times_there(key_of(X, row)) > 0});
    }
    place(out, queries, nearest_distances(space_, classes_.members(class_), queries, how_));
    return out;
  }

 private:
  /// Equal rows have equal keys; two others with probability 2^-64.
  static std::uint64_t key_of(const MatrixView<S>& X, Index row) {
    return key_of_values(X.data() + row * X.outerStride(), X.cols());
  }
  std::ptrdiff_t times_there(std::uint64_t key) const {
    const auto [first, last] = std::equal_range(keys_.begin(), keys_.end(), key);
    return last - first;
  }

  void place(std::vector<RowPlace>& places, std::span<const Index> rows, const std::vector<double>& own) const {
    const auto other = nearest_distances(space_, others_, rows, how_);
    for (std::size_t i = 0; i < places.size(); ++i) {
      places[i].near_copy = !places[i].copy && own[i] <= near_;
      places[i].among_others = other[i] < own[i];
      places[i].in_void = own[i] > void_;
    }
  }

  MatrixView<S> space_;
  const Classes& classes_;
  std::uint32_t class_;
  const Execution& how_;
  std::vector<std::uint64_t> keys_;  // of all rows of the class, sorted
  std::vector<Index> others_;        // rows of other classes
  double near_ = -1;                 // a class of one row has no distances: nothing is near or in the void
  double void_ = std::numeric_limits<double>::infinity();
  std::vector<RowPlace> real_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
