// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/time_line.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Train on the past, test on what comes next, again and again: for rows in time, where the model will be used on rows
/// later than all it was trained on. PurgedKFold where rows after the test side may train as well.
///
/// Out     n_splits splits, both sides ascending in row numbers. The last n_splits * test_size rows in time are tested,
///         a block at a time; trained on is what lies before the block, and at least `gap` rows before it. Rows without
///         times stand in the order of time. With times, a row trains only if its label was known (Data::times(begin,
///         end); else its own time counts) before the first moment of the block: equal times are torn by no boundary
/// Cost    O(n (k + log n))
/// Throws  InvalidOption (an option out of range; blocks and gap that leave nothing to train on, in rows or in time)
/// Differs from scikit-learn: orders by time, and leaves out what was not known in time. Without times, equal to it
struct TimeSeriesSplit {
  Index n_splits = 5;        ///< blocks to test on, at least 2
  Index test_size = 0;       ///< rows in a block; 0: n / (n_splits + 1)
  Index gap = 0;             ///< rows left out before each block
  Index max_train_size = 0;  ///< train on the last so many rows only; 0: on all

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_splits", self.n_splits);
    use("test_size", self.test_size);
    use("gap", self.gap);
    use("max_train_size", self.max_train_size);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("TimeSeriesSplit", *this); }
  friend bool operator==(const TimeSeriesSplit&, const TimeSeriesSplit&) = default;
};

namespace detail {

[[gnu::cold]] inline void require_time_series(const TimeSeriesSplit& wanted, Index rows) {
  const auto not_negative = [](std::string_view option, Index value) {
    if (value < 0) throw_option("TimeSeriesSplit", option, value, "0 or more");
  };
  require_n_splits("TimeSeriesSplit", wanted.n_splits, rows - 1, "rows less one");
  not_negative("test_size", wanted.test_size);
  not_negative("gap", wanted.gap);
  not_negative("max_train_size", wanted.max_train_size);
  // In this order no product or sum can overflow.
  if (wanted.test_size > (rows - 1) / wanted.n_splits)
    throw_option(
        "TimeSeriesSplit", "test_size", wanted.test_size,
        text({"at most ", (rows - 1) / wanted.n_splits, " for ", wanted.n_splits, " blocks of ", rows, " rows"}));
  const Index block = wanted.test_size > 0 ? wanted.test_size : rows / (wanted.n_splits + 1);
  const Index before = rows - wanted.n_splits * block;
  if (wanted.gap >= before)
    throw_option("TimeSeriesSplit", "gap", wanted.gap,
                 text({"below ", before, ", the number of rows before the first block"}));
}

}  // namespace detail

inline std::vector<Split> TimeSeriesSplit::split(const RowFacts& rows) const {
  const Index n = rows.rows();
  detail::require_time_series(*this, n);
  const detail::TimeLine line(rows);
  const Index block = test_size > 0 ? test_size : n / (n_splits + 1);

  std::vector<Split> out;
  for (Index fold = 0; fold < n_splits; ++fold) {
    const Index first = n - (n_splits - fold) * block;
    const double start = line.begins[static_cast<std::size_t>(first)];
    std::vector<Index> train = line.known_before(start, first - gap);
    if (train.empty())
      throw InvalidOption(detail::text({"TimeSeriesSplit: fold ", fold, " has nothing to train on: no row and label ",
                                        "before time ", start, "; take fewer or smaller blocks, or a smaller gap"}));
    if (max_train_size > 0 && max_train_size < static_cast<Index>(train.size()))
      train.erase(train.begin(), train.end() - max_train_size);
    std::sort(train.begin(), train.end());
    out.push_back({std::move(train), line.rows_between(first, first + block)});
  }
  return out;
}

}  // inline namespace
}  // namespace rebalance
