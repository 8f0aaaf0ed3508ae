// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <span>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/evaluation/scores.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What calling every row positive whose score is at least `threshold` comes to.
struct PrecisionRecallPoint {
  double threshold = 0;      ///< a score that occurs
  double precision = 0;      ///< share of the alerts that are right
  double recall = 0;         ///< share of the positives that are found; NaN where there is none
  Index alerts = 0;          ///< rows with a score of at least the threshold
  Index true_positives = 0;  ///< positives among them
};

/// The same decision, seen from each class by itself.
struct RocPoint {
  double threshold = 0;            ///< a score that occurs
  double false_positive_rate = 0;  ///< share of the negatives that are called positive; NaN where there is none
  double true_positive_rate = 0;   ///< recall; NaN where there is no positive
  Index alerts = 0;                ///< rows with a score of at least the threshold
};

namespace detail {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// a / b, or NaN where b is 0.
inline double share(Index a, Index b) noexcept {
  return b == 0 ? not_a_number : static_cast<double>(a) / static_cast<double>(b);
}

inline std::vector<PrecisionRecallPoint> precision_recall_points(std::span<const ScoreStep> steps) {
  const Index positives = total(steps).positives;
  std::vector<PrecisionRecallPoint> points;
  points.reserve(steps.size());
  Index alerts = 0, found = 0;
  for (const ScoreStep& step : steps) {
    alerts += step.rows;
    found += step.positives;
    points.push_back({step.score, share(found, alerts), share(found, positives), alerts, found});
  }
  return points;
}

inline std::vector<RocPoint> roc_points(std::span<const ScoreStep> steps) {
  const ScoreStep all = total(steps);
  std::vector<RocPoint> points;
  points.reserve(steps.size());
  Index alerts = 0, found = 0;
  for (const ScoreStep& step : steps) {
    alerts += step.rows;
    found += step.positives;
    points.push_back({step.score, share(alerts - found, all.negatives()), share(found, all.positives), alerts});
  }
  return points;
}

inline double average_precision_of(std::span<const ScoreStep> steps) {
  const ScoreStep all = total(steps);
  if (all.positives == 0 || all.negatives() == 0) return not_a_number;
  std::vector<double> terms;
  Index alerts = 0, found = 0;
  for (const ScoreStep& step : steps) {
    alerts += step.rows;
    found += step.positives;
    if (step.positives > 0) terms.push_back(static_cast<double>(step.positives) * share(found, alerts));
  }
  // Divided last: a perfect ranking gives 1, not nearly 1.
  return pairwise_sum(terms) / static_cast<double>(all.positives);
}

/// Of all pairs of a positive and a negative row, those in the right order; a pair of one score counts half.
inline double roc_auc_of(std::span<const ScoreStep> steps) {
  const ScoreStep all = total(steps);
  if (all.positives == 0 || all.negatives() == 0) return not_a_number;
  std::vector<double> pairs;
  Index negatives_below = all.negatives();
  for (const ScoreStep& step : steps) {
    negatives_below -= step.negatives();
    const double beaten = static_cast<double>(negatives_below) + static_cast<double>(step.negatives()) / 2;
    if (step.positives > 0) pairs.push_back(static_cast<double>(step.positives) * beaten);
  }
  return pairwise_sum(pairs) / (static_cast<double>(all.positives) * static_cast<double>(all.negatives()));
}

}  // namespace detail

/// Precision and recall at every threshold that makes a difference. To draw the curve, or to read off what a recall
/// costs in alerts.
///
/// In      y  n labels      scores  n floats or doubles, larger = more positive; infinite ones rank, NaN is refused
/// Out     one point per distinct score, from the largest down: rows of one score are called positive together, since
///         no threshold parts them. No point for "no alert at all", whose precision does not exist
/// Cost    O(n log n), memory O(n)
/// Throws  ShapeMismatch (lengths differ, or no row), BadValue (a score is NaN; `row` says which), InvalidOption (y has
///         several classes and `positive` is none of them)
/// Differs from scikit-learn: thresholds descend; no end point (recall 0, precision 1); points after full recall are
///         kept; recall without a positive row is NaN, not 1
template <class Y, class P>
std::vector<PrecisionRecallPoint> precision_recall_curve(const Y& y, const P& scores, const Label& positive) {
  return detail::precision_recall_points(detail::score_steps(detail::scored_rows(y, scores, positive)));
}

/// Share of positives found against share of negatives called positive, at every threshold that makes a difference.
/// Where positives are rare it flatters: prefer the precision-recall curve.
///
/// Out     one point per distinct score, from the largest down; the curve starts at (0, 0), which is not a point here
/// Cost, Throws  as precision_recall_curve
/// Differs from scikit-learn: no first point at (0, 0); no point is dropped
template <class Y, class P>
std::vector<RocPoint> roc_curve(const Y& y, const P& scores, const Label& positive) {
  return detail::roc_points(detail::score_steps(detail::scored_rows(y, scores, positive)));
}

/// The area under the precision-recall curve as steps: the sum of precision times gain in recall over the distinct
/// scores. The first number to look at where positives are rare; a random ranking has the share of the positives.
///
/// There is no trapezoid: precision between two points of the curve does not lie on the line between them, and the
/// trapezoid overstates, up to .505 instead of .01 for scores that are all equal with 1 % positives (Davis, Goadrich,
/// "The relationship between precision-recall and ROC curves", ICML 2006). Implementations that do not group equal
/// scores give anything from .0055 to 1 there, by the order of the rows.
///
/// Out     in (0, 1]; NaN where all rows are of one class, positive or not: then there is no ranking to judge
/// Cost, Throws  as precision_recall_curve
/// Differs from scikit-learn: NaN where it has 1 (all positive), or 0 with a warning (none positive)
template <class Y, class P>
double average_precision(const Y& y, const P& scores, const Label& positive) {
  return detail::average_precision_of(detail::score_steps(detail::scored_rows(y, scores, positive)));
}

/// The chance that a positive row scores higher than a negative one, equal scores counting half: the area under the
/// ROC curve, by mid-ranks (Mann, Whitney, Ann. Math. Stat. 18, 1947).
///
/// Out     in [0, 1], .5 for scores that are all equal; NaN where all rows are of one class
/// Cost, Throws  as precision_recall_curve
/// Differs from scikit-learn: NaN where it throws (one class)
template <class Y, class P>
double roc_auc(const Y& y, const P& scores, const Label& positive) {
  return detail::roc_auc_of(detail::score_steps(detail::scored_rows(y, scores, positive)));
}

}  // inline namespace
}  // namespace rebalance
