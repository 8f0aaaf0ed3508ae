// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// Throws ShapeMismatch where a column does not have one entry for each row of `other`.
inline void require_one_each(std::string_view what, Index size, std::string_view other, Index rows) {
  if (size != rows) throw_size(what, size, other, rows);
}

/// Keys of any type as codes in the sorted order of the keys, one for each row.
template <LabelRange K>
std::vector<std::uint32_t> encoded_keys(std::string_view what, const K& keys, std::string_view other, Index rows) {
  require_one_each(what, static_cast<Index>(std::size(keys)), other, rows);
  return encode<label_of<K>>(keys).codes;
}

/// Times as doubles, one for each row. Throws BadValue for one that is not finite: it would have no place in the order.
template <class T>
std::vector<double> checked_times(std::string_view what, const T& times, std::string_view other, Index rows) {
  require_one_each(what, static_cast<Index>(std::size(times)), other, rows);
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(rows));
  for (const auto& time : times) {
    const auto value = static_cast<double>(time);
    const auto row = static_cast<Index>(out.size());
    if (!std::isfinite(value))
      throw BadValue(
          text({what, "[", row, "] is ", value, "; a time must be a finite number: find it, or leave the row out"}),
          row, 0);
    if constexpr (std::integral<std::remove_cvref_t<decltype(time)>>)
      if (std::abs(value) > 0x1p53)  // two moments could become one
        throw BadValue(
            text({what, "[", row, "] is ", time, "; times are kept as doubles, which tell integers apart up to ",
                  "2^53: subtract the first time from all"}),
            row, 0);
    out.push_back(value);
  }
  return out;
}

/// Throws BadValue where an interval ends before it begins.
[[gnu::cold]] inline void require_order(std::span<const double> begins, std::span<const double> ends) {
  for (std::size_t row = 0; row < begins.size(); ++row)
    if (ends[row] < begins[row])
      throw BadValue(text({"the interval of row ", row, " begins at ", begins[row], " and ends at ", ends[row],
                           "; it must not end before it begins"}),
                     static_cast<Index>(row), 0);
}

}  // namespace detail

/// What is known of the rows besides their features: all that a splitter is told. Views; codes and times stand one
/// for each row, or the span is empty.
struct RowFacts {
  const Classes& classes;                      ///< class code of every row, rows of every class
  std::span<const std::uint32_t> groups = {};  ///< group as a code, in sorted order of the groups' names
  std::span<const double> times = {};          ///< when the row was observed; empty: rows stand in the order of time
  std::span<const double> ends = {};           ///< when its label was known; empty: at once

  Index rows() const noexcept { return classes.rows(); }  ///< All rows.
};

/// Labels, groups and times without features: what a split needs, for data that are somewhere else.
/// `split(Rows(y).groups(patient), StratifiedGroupKFold{})`. With features at hand, Data has the same columns.
class Rows {
 public:
  /// Rows of which nothing is known but their number: enough for KFold and TimeSeriesSplit.
  explicit Rows(Index count)
      : classes_(std::vector<std::uint32_t>(checked_count(count), 0), {Label(std::string_view("any"))}) {}

  /// Rows with labels: n integers, bools, enums or strings. Cost O(n log C).
  template <LabelRange Y>
  explicit Rows(const Y& y) {
    checked_count(static_cast<Index>(std::size(y)));
    classes_ = detail::classes_of(detail::encode<detail::label_of<Y>>(y));
  }

  /// A group per row (patient, customer), for splits that must not tear groups apart. Throws ShapeMismatch.
  template <LabelRange K>
  Rows& groups(const K& keys) & {
    groups_ = detail::encoded_keys("groups", keys, "y", classes_.rows());
    return *this;
  }
  /// The same, in one line with what follows.
  template <LabelRange K>
  Rows&& groups(const K& keys) && {
    return std::move(this->groups(keys));
  }

  /// A time per row in any unit, for splits that must not look ahead. Throws ShapeMismatch, BadValue (not finite).
  template <class T>
  Rows& times(const T& times) & {
    times_ = detail::checked_times("times", times, "y", classes_.rows());
    ends_.clear();
    return *this;
  }
  /// The same, in one line with what follows.
  template <class T>
  Rows&& times(const T& times) && {
    return std::move(this->times(times));
  }
  /// When each row was observed, and when its label was known: what PurgedKFold keeps apart.
  template <class T, class U>
  Rows& times(const T& begins, const U& ends) & {
    auto first = detail::checked_times("times", begins, "y", classes_.rows());
    auto last = detail::checked_times("ends", ends, "y", classes_.rows());
    detail::require_order(first, last);
    times_ = std::move(first);
    ends_ = std::move(last);
    return *this;
  }
  /// The same, in one line with what follows.
  template <class T, class U>
  Rows&& times(const T& begins, const U& ends) && {
    return std::move(this->times(begins, ends));
  }

  /// Valid as long as this object.
  RowFacts facts() const& noexcept {
    return {classes_, {groups_.data(), groups_.size()}, {times_.data(), times_.size()}, {ends_.data(), ends_.size()}};
  }
  RowFacts facts() const&& = delete;  // the spans would outlive the rows: give them a name first

 private:
  static std::size_t checked_count(Index count) {
    if (count < 1)
      throw ShapeMismatch(detail::text({"there are ", count, " rows to split; there must be at least one"}));
    return static_cast<std::size_t>(count);
  }

  Classes classes_;
  std::vector<std::uint32_t> groups_;
  std::vector<double> times_;
  std::vector<double> ends_;
};

}  // inline namespace
}  // namespace rebalance
