// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/core/number_text.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What the times of rows forbid the training side.
enum class TimeOrder {
  forward,  ///< to know a label later than the earliest test row was observed: the model is to predict what comes
  purged,   ///< to have an interval that meets that of a test row: training on both sides of a test block
  any       ///< nothing: times are not looked at
};

/// What counts as leakage where that is a matter of judgment.
struct LeakageRules {
  /// A test row is a near duplicate of a training row closer than this share of the median distance from a training
  /// row to its nearest other one; 0 to leave the search out, which costs far more than all else.
  double near = 0.01;
  /// The time there must be between training and test, in the unit of the times. forward: before the test.
  /// purged: no training row begins this soon after a test row ends.
  double embargo = 0;
  /// Applies where the data have times.
  TimeOrder order = TimeOrder::forward;
};

/// What stands on both sides of a split that must not, as lists of rows.
///
/// Rows are named as the caller named them: by the numbers in the split (or in test_rows); those of a training side
/// given as a plan or a matrix by their place in it. A list is ascending and names a row once.
///
/// Each fault is in one list. A row in one of the lists up to `parent_in_test` is out of all checks below: mend it and
/// ask again. Below that groups, times and values are checked apart, and a test row is in one list of values at most.
struct LeakageReport {
  // Whose row it is.
  std::vector<Index> repeated_in_train;  ///< training rows that the split names more than once
  std::vector<Index> repeated_in_test;   ///< test rows that the split names more than once
  std::vector<Index> synthetic_in_test;  ///< test rows that a sampler added, copies included; checked for nothing else
  std::vector<Index> on_both_sides;      ///< test rows that are rows of the training side, by origin and not by value
  std::vector<Index> parent_in_test;     ///< synthetic training rows with a base, neighbor or donor that is a test row
  // What else is known of it; a synthetic training row has the groups and the times of all its parents.
  std::vector<Index> group_in_train;  ///< test rows of a group that the training side has too
  Index shared_groups = 0;            ///< how many groups they are of
  std::vector<Index> wrong_time;      ///< training rows that TimeOrder and embargo forbid
  // What its values are; real data often have such rows.
  std::vector<Index> equal;  ///< test rows with the values and (where labels are known) label of a training row
  std::vector<Index> equal_other_label;  ///< test rows with the values of training rows, all of other labels
  std::vector<Index> near;               ///< test rows closer to a training row than `near_distance`, none equal

  // What was looked at.
  bool labels_known = true;            ///< false where only matrices were given
  Index train_rows = 0;                ///< rows of the training side, repeated ones once
  Index test_rows = 0;                 ///< rows of the test side, repeated ones once
  double near_distance = 0;            ///< 0 where near duplicates were not searched
  std::vector<std::string> checked;    ///< what was checked
  std::vector<std::string> unchecked;  ///< what could not be checked, or was not to be, and why

  /// Nothing was found.
  bool ok() const noexcept { return sound() && equal.empty() && equal_other_label.empty() && near.empty(); }
  /// The split is right: nothing was found but rows of equal or nearly equal values, which may be two customers that
  /// look alike, or one customer twice. Only who knows the data can tell; `Data::groups` then keeps them together.
  bool sound() const noexcept {
    return repeated_in_train.empty() && repeated_in_test.empty() && synthetic_in_test.empty() &&
           on_both_sides.empty() && parent_in_test.empty() && group_in_train.empty() && wrong_time.empty();
  }
  /// A line for each kind of fault: how many, the first rows, the remedy; then what was checked and what not. Where
  /// nothing was found, one line.
  std::string text() const;
};

namespace detail {

/// "\n  12 synthetic on the test side (rows 3, 5, 8, 13, 21, ...): split first, ..". Nothing where there are none.
[[gnu::cold]] inline void add_fault(std::string& out, const std::vector<Index>& rows, std::string_view what,
                                    std::string_view remedy) {
  if (rows.empty()) return;
  constexpr std::size_t shown = 5;
  out += text({"\n  ", rows.size(), " ", what, rows.size() == 1 ? " (row " : " (rows "});
  for (std::size_t i = 0; i < rows.size() && i < shown; ++i) out += text({i == 0 ? "" : ", ", rows[i]});
  out += text({rows.size() > shown ? ", ...): " : "): ", remedy});
}

[[gnu::cold]] inline void add_list(std::string& out, std::string_view what, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) out += text({i == 0 ? what : ", ", names[i]});
}

}  // namespace detail

[[gnu::cold]] inline std::string LeakageReport::text() const {
  std::string out = ok()      ? "no leakage found"
                    : sound() ? "no leakage found but that rows of the two sides look alike"
                              : "leakage found";
  out += detail::text({"; rows: ", train_rows, " for training, ", test_rows, " for testing"});
  const auto add = [&](const std::vector<Index>& rows, std::string_view what, std::string_view remedy) {
    detail::add_fault(out, rows, what, remedy);
  };
  add(repeated_in_train, "named twice on the training side", "name each once");
  add(repeated_in_test, "named twice on the test side", "name each once");
  add(synthetic_in_test, "synthetic on the test side", "split first, then resample the training side alone");
  add(on_both_sides, "of the test side also in training", "take them out of one of the two");
  add(parent_in_test, "of training made from rows of the test side",
      "split first, then resample the training side alone");
  add(group_in_train, detail::text({"of the test side of a group that is also in training, groups: ", shared_groups}),
      "split by group, with GroupKFold or StratifiedGroupKFold");
  add(wrong_time, "of training too late, or too close in time to the test side",
      "split by time, with TimeSeriesSplit or PurgedKFold, and keep the embargo");
  add(equal,
      labels_known ? "of the test side equal to a training row, label included"
                   : "of the test side equal to a training row",
      "if one thing was recorded twice, drop one or give both a group");
  add(equal_other_label, "of the test side equal to a training row of another label",
      "look at the labels; no model gets both right");
  add(near, detail::text({"of the test side closer than ", detail::figure(near_distance), " to a training row"}),
      "if one thing was recorded twice, drop one or give both a group");
  const std::string_view next = ok() ? "; " : "\n  ";
  detail::add_list(out, detail::text({next, "checked: "}), checked);
  detail::add_list(out, detail::text({next, "not checked: "}), unchecked);
  return out;
}

}  // inline namespace
}  // namespace rebalance
