// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <concepts>
#include <limits>
#include <string_view>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/evaluation/binary_counts.hpp>
#include <rebalance/evaluation/out_of_fold.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// A cut and what it does on the rows it was chosen from: `score >= threshold` is an alert. Precision, recall, F, MCC
/// and the rest come with the counts.
struct Threshold : BinaryCounts {
  /// A score that occurs, or infinity: no row is an alert.
  double threshold = std::numeric_limits<double>::infinity();

  /// The workload.
  double alerts_per_1000() const noexcept { return 1000 * static_cast<double>(alerts()) / static_cast<double>(rows()); }
  friend bool operator==(const Threshold&, const Threshold&) = default;
};

/// What a threshold shall be best at: any function from a Threshold to a number, the larger the better; -infinity
/// for one that must not be chosen. `[](const Threshold& cut) { return 90 * cut.true_positives - 4 * cut.alerts(); }`
template <class O>
concept ThresholdObjective = requires(const O& objective, const Threshold& cut) {
  { objective(cut) } -> std::convertible_to<double>;
};

namespace detail {
inline constexpr double never_chosen = -std::numeric_limits<double>::infinity();

inline void require_costs(std::string_view what, double false_positive, double false_negative) {
  const auto good = [](double cost) { return cost >= 0 && std::isfinite(cost); };
  if (!good(false_positive)) throw_option(what, "false_positive", false_positive, "finite and at least 0");
  if (!good(false_negative)) throw_option(what, "false_negative", false_negative, "finite and at least 0");
  if (false_positive == 0 && false_negative == 0)
    throw InvalidOption(text({what, ": both costs are 0, so every threshold costs nothing; give one above 0"}));
}
}  // namespace detail

/// The harmonic mean of precision and recall, where recall counts beta times as much. Throws InvalidOption.
inline auto best_f_beta(double beta = 1) {
  detail::require_beta(beta);
  return [beta](const Threshold& cut) { return cut.f_beta(beta); };
}

/// Matthews' correlation coefficient: all four counts matter.
inline auto best_mcc() {
  return [](const Threshold& cut) { return cut.mcc(); };
}

/// sqrt(recall * specificity). With few positives it accepts many false alerts: look at the precision.
inline auto best_geometric_mean() {
  return [](const Threshold& cut) { return cut.geometric_mean(); };
}

/// The least sum of costs, of a false alert and of a missed positive. Of probabilities one trusts the best threshold
/// is known beforehand: cost_threshold. Throws InvalidOption.
inline auto least_cost(double false_positive, double false_negative) {
  detail::require_costs("least_cost", false_positive, false_negative);
  return [=](const Threshold& cut) {
    return -(detail::rounded(false_positive * static_cast<double>(cut.false_positives)) +
             detail::rounded(false_negative * static_cast<double>(cut.false_negatives)));
  };
}

/// The best precision among the thresholds that find at least this share of the positives. Throws InvalidOption.
inline auto recall_at_least(double share) {
  if (!(share > 0 && share <= 1)) detail::throw_option("recall_at_least", "share", share, "above 0 and at most 1");
  return [share](const Threshold& cut) { return cut.recall() >= share ? cut.precision() : detail::never_chosen; };
}

/// The best recall among the thresholds with at most so many alerts in 1000 rows: what people can look at. Where even
/// the rows of the largest score are too many it is no alert at all. Throws InvalidOption.
inline auto alerts_at_most(double per_1000) {
  if (!(per_1000 >= 0 && per_1000 <= 1000))
    detail::throw_option("alerts_at_most", "per_1000", per_1000, "in [0, 1000]");
  return [per_1000](const Threshold& cut) {
    return cut.alerts_per_1000() <= per_1000 ? cut.recall() : detail::never_chosen;
  };
}

/// The threshold of least expected cost on calibrated probabilities of real prevalence: c_fp / (c_fp + c_fn). It needs
/// no data; correct the probabilities first if rows were resampled (PriorShift). Throws InvalidOption.
/// Source  Elkan, "The foundations of cost-sensitive learning", IJCAI 2001
inline double cost_threshold(double false_positive, double false_negative) {
  detail::require_costs("cost_threshold", false_positive, false_negative);
  return false_positive / (false_positive + false_negative);
}

namespace detail {

[[gnu::cold]] inline void require_both_classes(const OutOfFold& oof, Index positives) {
  const std::string name = written(oof.positive());
  if (oof.size() == 0)
    throw ShapeMismatch(
        "OutOfFold is empty; add the test rows of every fold and their scores before you choose a threshold");
  if (positives == 0)
    throw TooFewRows(text({"none of the ", oof.size(), " out-of-fold rows is of class ", name,
                           "; there is nothing to find: check the name of the class"}));
  if (positives == oof.size())
    throw TooFewRows(text({"all ", oof.size(), " out-of-fold rows are of class ", name,
                           "; there is nothing to tell it from: check the name of the class"}));
}

/// Every threshold there is, from no alert to all: one per distinct score, so that rows of one score stay together.
inline std::vector<Threshold> all_thresholds(const OutOfFold& oof) {
  const auto steps = score_steps(oof.scored());
  const Index positives = total(steps).positives;
  require_both_classes(oof, positives);

  Threshold cut;
  cut.false_negatives = positives;
  cut.true_negatives = oof.size() - positives;
  std::vector<Threshold> out{cut};
  out.reserve(steps.size() + 1);
  for (const ScoreStep& step : steps) {
    cut.threshold = step.score;
    cut.true_positives += step.positives;
    cut.false_negatives -= step.positives;
    cut.false_positives += step.negatives();
    cut.true_negatives -= step.negatives();
    out.push_back(cut);
  }
  return out;
}

/// `cuts` go from few alerts to many. Values that differ by rounding alone are ties, or the last bit would decide.
template <ThresholdObjective O>
Threshold best_threshold(const std::vector<Threshold>& cuts, const O& objective) {
  const Threshold* best = nullptr;
  double most = 0;
  for (const Threshold& cut : cuts) {
    const auto value = static_cast<double>(objective(cut));
    if (!(value > never_chosen)) continue;
    if (best && !(value > most + rounded(1e-12 * std::abs(most)))) continue;
    best = &cut;
    most = value;
  }
  if (!best) throw InvalidOption("choose_threshold: the objective allows no threshold at all; relax it");
  return *best;
}

}  // namespace detail

/// The threshold that is best at one thing, among all that differ: every distinct score, and infinity for no alert.
///
/// In      oof        scores of rows the model had not learned from
///         objective  best_f_beta, best_mcc, best_geometric_mean, least_cost, recall_at_least, alerts_at_most, or
///                    a function of a Threshold
/// Out     of equally good thresholds (to 12 digits) the larger: fewer alerts. The same for any order of rows, folds.
///         Its precision and recall are those of the rows it was chosen from, so a little too good: judge it on others
/// Cost    O(n log n) and n calls of the objective; memory 40 bytes a row
/// Throws  ShapeMismatch (no scores), TooFewRows (no positive, no negative), InvalidOption (an objective of yours that
///         allows no threshold)
template <ThresholdObjective O>
Threshold choose_threshold(const OutOfFold& oof, const O& objective) {
  return detail::best_threshold(detail::all_thresholds(oof), objective);
}
/// Any other call: said in one sentence.
template <class... Arguments>
Threshold choose_threshold(const Arguments&...) {
  static_assert(
      detail::never<void(Arguments...)>,
      "choose_threshold(oof, objective) takes an OutOfFold, scores of rows the model did not learn from (of test "
      "scores it would be too good to be true), and best_f_beta(1), alerts_at_most(5) or a function of a Threshold");
  return {};
}

/// What each workload buys: for each number of alerts per 1000 rows the threshold with the best recall.
///
/// Out     one Threshold per number, in the order given
/// Cost, throws  as for choose_threshold(oof, alerts_at_most(a)), but scores are sorted once
inline std::vector<Threshold> threshold_table(const OutOfFold& oof,
                                              const std::vector<double>& alerts_per_1000 = {1, 2, 5, 10, 20, 50, 100}) {
  const auto cuts = detail::all_thresholds(oof);
  std::vector<Threshold> out;
  for (const double most : alerts_per_1000) out.push_back(detail::best_threshold(cuts, alerts_at_most(most)));
  return out;
}

/// What each share of positives costs: for each recall wanted the threshold with the best precision.
///
/// Out     one Threshold per share, in the order given
/// Cost, throws  as for choose_threshold(oof, recall_at_least(r)), but scores are sorted once
inline std::vector<Threshold> threshold_table_by_recall(const OutOfFold& oof,
                                                        const std::vector<double>& recall = {.5, .6, .7, .8, .9, .95}) {
  const auto cuts = detail::all_thresholds(oof);
  std::vector<Threshold> out;
  for (const double least : recall) out.push_back(detail::best_threshold(cuts, recall_at_least(least)));
  return out;
}

}  // inline namespace
}  // namespace rebalance
