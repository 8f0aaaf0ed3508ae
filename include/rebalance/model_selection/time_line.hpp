// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include <rebalance/model_selection/fold_numbers.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The rows in the order of time, equal times in the order of rows: what TimeSeriesSplit and PurgedKFold share. Where
/// no times are known the rows stand in order, one unit apart.
struct TimeLine {
  std::vector<Index> order;    ///< row at each place
  std::vector<double> begins;  ///< when it was observed, ascending
  std::vector<double> ends;    ///< when its label was known

  explicit TimeLine(const RowFacts& rows) : order(all_rows(rows.rows())) {
    const auto at = [](std::span<const double> times, Index row) {
      return times.empty() ? static_cast<double>(row) : times[static_cast<std::size_t>(row)];
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](Index a, Index b) { return at(rows.times, a) < at(rows.times, b); });
    for (const Index row : order) {
      begins.push_back(at(rows.times, row));
      ends.push_back(at(rows.ends.empty() ? rows.times : rows.ends, row));
    }
  }

  Index size() const noexcept { return static_cast<Index>(order.size()); }

  /// The rows at places `first` to `last`, the last one not included, ascending.
  std::vector<Index> rows_between(Index first, Index last) const {
    std::vector<Index> out(order.begin() + first, order.begin() + last);
    std::sort(out.begin(), out.end());
    return out;
  }

  /// Of the places before `last`, the rows whose label was known before the moment `start`, in the order of time. A row
  /// of that very moment is none of them.
  std::vector<Index> known_before(double start, Index last) const {
    std::vector<Index> out;
    for (std::size_t place = 0; place < static_cast<std::size_t>(last); ++place)
      if (ends[place] < start) out.push_back(order[place]);
    return out;
  }
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
