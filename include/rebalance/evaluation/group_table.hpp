// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/evaluation/calibration.hpp>
#include <rebalance/evaluation/confusion.hpp>
#include <rebalance/evaluation/curves.hpp>
#include <rebalance/evaluation/scores.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The metrics of the rows of one group. NaN is what a group with rows of one class cannot tell.
struct GroupRow {
  Label group;                   ///< its key
  Index rows = 0;                ///< of the group
  Index positives = 0;           ///< of those rows
  double prevalence = 0;         ///< positives / rows
  Index alerts = 0;              ///< rows with a score of at least the threshold
  double precision = 0;          ///< 0 where there is no alert
  double recall = 0;             ///< NaN without positives
  double specificity = 0;        ///< NaN without negatives
  double f1 = 0;                 ///< NaN without positives
  double geometric_mean = 0;     ///< this and the next four: NaN with one class
  double balanced_accuracy = 0;  ///< mean of recall and specificity
  double mcc = 0;                ///< Matthews correlation coefficient
  double average_precision = 0;  ///< to be compared with the prevalence, which a random ranking has
  double roc_auc = 0;            ///< area under the ROC curve
  double brier_score = 0;        ///< NaN if any score of the whole set is outside [0, 1]: then none is a probability
};

namespace detail {

inline GroupRow group_row(Label name, const ScoredRows& rows, double threshold, bool probabilities) {
  const BinaryCounts counts = counts_at(rows, threshold);
  const bool has_positives = counts.positives() > 0;
  const bool has_negatives = counts.negatives() > 0;
  const auto value_if = [](bool defined, double value) { return defined ? value : not_a_number; };
  const bool both = has_positives && has_negatives;
  const std::vector<ScoreStep> steps = score_steps(rows);
  return {.group = std::move(name),
          .rows = counts.rows(),
          .positives = counts.positives(),
          .prevalence = share(counts.positives(), counts.rows()),
          .alerts = counts.alerts(),
          .precision = counts.precision(),
          .recall = value_if(has_positives, counts.recall()),
          .specificity = value_if(has_negatives, counts.specificity()),
          .f1 = value_if(has_positives, counts.f_beta()),
          .geometric_mean = value_if(both, counts.geometric_mean()),
          .balanced_accuracy = value_if(both, counts.balanced_accuracy()),
          .mcc = value_if(both, counts.mcc()),
          .average_precision = average_precision_of(steps),
          .roc_auc = roc_auc_of(steps),
          .brier_score = probabilities ? brier_score_of(steps) : not_a_number};
}

inline ScoredRows gathered(const ScoredRows& rows, std::span<const Index> members) {
  ScoredRows out;
  out.scores.reserve(members.size());
  out.positive.reserve(members.size());
  for (const Index row : members) {
    out.scores.push_back(rows.scores[static_cast<std::size_t>(row)]);
    out.positive.push_back(rows.positive[static_cast<std::size_t>(row)]);
  }
  return out;
}

inline std::vector<GroupRow> group_rows(const ScoredRows& rows, double threshold, const Classes& groups) {
  const bool probabilities = std::all_of(rows.scores.begin(), rows.scores.end(), is_probability);
  std::vector<GroupRow> table;
  for (std::uint32_t group = 0; group < groups.size(); ++group)
    table.push_back(group_row(groups.label(group), gathered(rows, groups.members(group)), threshold, probabilities));
  table.push_back(group_row(Label("(all)"), rows, threshold, probabilities));
  return table;
}

}  // namespace detail

/// How a model does on each group of rows (site, month, sex, segment): one number for all hides the group it fails on.
///
/// In      y, scores  as for precision_recall_curve      groups  n keys: integers, bools, enums or strings
///         threshold  rows with a score of at least this are called positive
/// Out     a row for each group, in the sorted order of the keys, then one for all rows, whose group is "(all)".
///         Small groups scatter widely: read `positives` first
/// Cost    O(n log n), memory O(n)
/// Throws  ShapeMismatch (lengths differ, or no row), BadValue (a score is NaN), InvalidOption (the threshold is;
///         y has several classes and `positive` is none of them)
template <class Y, class P, class G>
std::vector<GroupRow> group_table(const Y& y, const P& scores, const Label& positive, double threshold,
                                  const G& groups) {
  detail::require_threshold("group_table", threshold);
  const detail::ScoredRows rows = detail::scored_rows(y, scores, positive);
  auto encoded = detail::encoded_column(groups);
  detail::require_one_each("groups", std::ssize(encoded.codes), "y", std::ssize(rows.scores));
  return detail::group_rows(rows, threshold, detail::classes_of(std::move(encoded)));
}

}  // inline namespace
}  // namespace rebalance
