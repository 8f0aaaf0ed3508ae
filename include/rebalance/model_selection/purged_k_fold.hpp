// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/time_line.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Folds that are blocks of time, trained on what lies before and after but for rows that know of the block: for labels
/// that take a while to be known (a return over ten days, a loan in default within a year). TimeSeriesSplit where the
/// past alone may train.
///
/// Out     n_splits splits, both sides ascending in row numbers; test sides hold every row once and differ by at most
///         one row. Left out of training, and so on neither side, is
///         - a row whose interval, from when it was observed to when its label was known, meets that of a tested row:
///           both ends belong to it. Without ends (Data::times(begin, end)) a row is a moment
///         - after the last such moment of the block, `embargo` units of time or `embargo_rows` rows, what is more: the
///           first rows after it still carry what happened in it
///         Rows without times stand in the order of time, each at its own moment
/// Cost    O(n (k + log n))
/// Throws  InvalidOption (an option out of range, an embargo where rows have no times, a fold left with nothing to
///         train on)
/// Source  Lopez de Prado, "Advances in financial machine learning", Wiley 2018, chapter 7
struct PurgedKFold {
  Index n_splits = 5;      ///< blocks of time, each of them the test once; at least 2
  double embargo = 0;      ///< in the unit of the times, 0 or more
  Index embargo_rows = 0;  ///< 0 or more

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_splits", self.n_splits);
    use("embargo", self.embargo);
    use("embargo_rows", self.embargo_rows);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("PurgedKFold", *this); }
  friend bool operator==(const PurgedKFold&, const PurgedKFold&) = default;
};

namespace detail {

[[gnu::cold]] inline void require_purged(const PurgedKFold& wanted, const RowFacts& rows) {
  require_n_splits("PurgedKFold", wanted.n_splits, rows.rows(), "rows");
  if (!(wanted.embargo >= 0) || !std::isfinite(wanted.embargo))
    throw_option("PurgedKFold", "embargo", wanted.embargo, "a finite duration, 0 or more");
  if (wanted.embargo_rows < 0) throw_option("PurgedKFold", "embargo_rows", wanted.embargo_rows, "0 or more");
  if (wanted.embargo > 0 && rows.times.empty())
    throw InvalidOption(
        "PurgedKFold: embargo is a duration, and the rows have no times; set embargo_rows, or give "
        "times: Data(X, y).times(t)");
}

/// The place of the first row after the block that may train again.
inline Index after_embargo(const TimeLine& line, Index first, Index last, const PurgedKFold& wanted) {
  const double end = *std::max_element(line.ends.begin() + first, line.ends.begin() + last);
  const auto first_after = [&](double moment) {
    return std::upper_bound(line.begins.begin() + last, line.begins.end(), moment) - line.begins.begin();
  };
  const Index later = first_after(end);
  return std::max(first_after(end + wanted.embargo), later + std::min(wanted.embargo_rows, line.size() - later));
}

}  // namespace detail

inline std::vector<Split> PurgedKFold::split(const RowFacts& rows) const {
  detail::require_purged(*this, rows);
  const detail::TimeLine line(rows);

  std::vector<Split> out;
  for (Index fold = 0; fold < n_splits; ++fold) {
    const Index first = detail::block_begin(fold, line.size(), n_splits);
    const Index last = detail::block_begin(fold + 1, line.size(), n_splits);
    // An earlier row is observed no later than the block begins, so they meet if its label was not known by then. A
    // later one is observed no earlier than any tested row, so they meet if it is observed before their last label.
    std::vector<Index> train = line.known_before(line.begins[static_cast<std::size_t>(first)], first);
    for (const Index row : line.rows_between(detail::after_embargo(line, first, last, *this), line.size()))
      train.push_back(row);
    if (train.empty())
      throw InvalidOption(detail::text({"PurgedKFold: fold ", fold, " has nothing to train on: every row outside it ",
                                        "meets a tested row in time or is under embargo; take more folds, shorter ",
                                        "intervals or a shorter embargo"}));
    std::sort(train.begin(), train.end());
    out.push_back({std::move(train), line.rows_between(first, last)});
  }
  return out;
}

}  // inline namespace
}  // namespace rebalance
