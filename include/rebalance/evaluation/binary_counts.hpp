// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// a / b, or 0 where b is 0: what scikit-learn and imbalanced-learn put for a quotient that is not defined.
inline double quotient(Index a, Index b) noexcept {
  return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
}

inline void require_beta(double beta) {
  if (!(beta >= 0 && beta <= 1e100)) throw_option("f_beta", "beta", beta, "in [0, 1e100]");
}

inline void require_alpha(double alpha) {
  if (!(alpha >= 0 && alpha <= 1)) throw_option("iba", "alpha", alpha, "in [0, 1]");
}

}  // namespace detail

/// Right and wrong decisions on one class against the rest, and what is derived from them.
///
/// For the metrics of one class of a `Confusion`, or of counts that you have from elsewhere.
///
/// Out     a quotient whose denominator is 0 is 0, as in scikit-learn: precision without alerts, recall without
///         positives, specificity without negatives. Where that must not pass for a bad result, look at the counts
/// Throws  InvalidOption (beta, alpha)
struct BinaryCounts {
  Index true_positives = 0;   ///< positive rows with an alert
  Index false_positives = 0;  ///< negative rows with an alert
  Index false_negatives = 0;  ///< positive rows without
  Index true_negatives = 0;   ///< negative rows without

  Index positives() const noexcept { return true_positives + false_negatives; }  ///< Rows that are positive.
  Index negatives() const noexcept { return true_negatives + false_positives; }  ///< Rows that are not.
  /// Rows called positive.
  Index alerts() const noexcept { return true_positives + false_positives; }
  Index rows() const noexcept { return positives() + negatives(); }  ///< All rows.

  /// Share of the alerts that are right.
  double precision() const noexcept { return detail::quotient(true_positives, alerts()); }
  /// Share of the positives that are found: sensitivity, true positive rate.
  double recall() const noexcept { return detail::quotient(true_positives, positives()); }
  /// Share of the negatives that are left alone: true negative rate.
  double specificity() const noexcept { return detail::quotient(true_negatives, negatives()); }
  /// Share of rows called rightly: little use where positives are rare.
  double accuracy() const noexcept { return detail::quotient(true_positives + true_negatives, rows()); }

  /// Weighted harmonic mean of precision and recall; recall counts beta times as much. 0 where there is neither a
  /// positive nor an alert.
  double f_beta(double beta = 1) const {
    detail::require_beta(beta);
    const double weight = beta * beta;
    const double right = detail::rounded((1 + weight) * static_cast<double>(true_positives));
    const double missed = detail::rounded(weight * static_cast<double>(false_negatives));
    const double all = right + (missed + static_cast<double>(false_positives));
    return all == 0 ? 0.0 : right / all;
  }

  /// Mean of recall and specificity; where one of the classes has no row, what is left of it (as scikit-learn).
  double balanced_accuracy() const noexcept {
    if (positives() == 0) return specificity();
    if (negatives() == 0) return recall();
    return (recall() + specificity()) / 2;
  }

  /// sqrt(recall * specificity). Kubat, Matwin, "Addressing the curse of imbalanced training sets", ICML 1997.
  double geometric_mean() const noexcept { return std::sqrt(recall() * specificity()); }

  /// Matthews' correlation coefficient, in [-1, 1]; 0 where a factor of its denominator is 0.
  /// Matthews, Biochim. Biophys. Acta 405, 1975.
  double mcc() const noexcept {
    const auto number = [](Index count) { return static_cast<double>(count); };
    const double agree = detail::rounded(number(true_positives) * number(true_negatives));
    const double differ = detail::rounded(number(false_positives) * number(false_negatives));
    const double spread = number(positives()) * number(negatives());
    const double spread_of_alerts = number(alerts()) * number(rows() - alerts());
    return spread == 0 || spread_of_alerts == 0 ? 0.0 : (agree - differ) / std::sqrt(spread * spread_of_alerts);
  }

  /// Index of balanced accuracy: recall * specificity, weighted by (1 + alpha * (recall - specificity)), so that of
  /// two equal geometric means the one with more recall is the larger.
  /// Garcia, Mollineda, Sanchez, "Index of balanced accuracy", IbPRIA 2009.
  double iba(double alpha = 0.1) const {
    detail::require_alpha(alpha);
    const double dominance = recall() - specificity();
    return (1 + detail::rounded(alpha * dominance)) * detail::rounded(recall() * specificity());
  }

  friend bool operator==(const BinaryCounts&, const BinaryCounts&) = default;
};

}  // inline namespace
}  // namespace rebalance
