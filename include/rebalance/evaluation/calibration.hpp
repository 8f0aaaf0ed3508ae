// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/core/random.hpp>
#include <rebalance/evaluation/scores.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Where one bin of probabilities ends and the next begins. Rows of one probability are never parted.
enum class Bins {
  equal_mass,  ///< as nearly as ties allow, the same number of rows in each: says most where positives are rare
  equal_width  ///< [0, 1] in equal parts, each with its upper end; those without rows are left out
};

/// The rows of one bin: what was promised and what came.
struct ReliabilityBin {
  double lowest = 0;          ///< smallest probability in the bin
  double highest = 0;         ///< largest
  Index rows = 0;             ///< in the bin
  Index positives = 0;        ///< of those rows
  double mean_predicted = 0;  ///< mean probability
  double observed = 0;        ///< positives / rows
};

/// The simulation behind the null band of `calibration_error`.
struct NullBand {
  Index simulations = 1000;  ///< from 20 to 1000000
  std::uint64_t seed = 0;    ///< of the simulations
};

/// Expected calibration error, and what a model without any would show: never one without the other.
struct CalibrationError {
  double ece = 0;                  ///< mean over the rows of |mean_predicted - observed| of their bin
  double null_low = 0;             ///< 5 % of perfectly calibrated models with these probabilities show at most this,
  double null_mean = 0;            ///< on average this,
  double null_high = 0;            ///< and 5 % more than this: below it, an ece says nothing against the model
  Index rows = 0;                  ///< of all bins
  Index bins = 0;                  ///< bins that have rows
  Bins scheme = Bins::equal_mass;  ///< how the bins were cut
};

namespace detail {

inline std::vector<ScoreStep> ascending_steps(const ScoredRows& rows) {
  std::vector<ScoreStep> steps = score_steps(rows);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

inline double brier_score_of(std::span<const ScoreStep> steps) {
  std::vector<double> terms;
  terms.reserve(2 * steps.size());
  for (const ScoreStep& step : steps) {
    const double p = step.score;
    terms.push_back(static_cast<double>(step.positives) * ((1 - p) * (1 - p)));
    terms.push_back(static_cast<double>(step.negatives()) * (p * p));
  }
  return pairwise_sum(terms) / static_cast<double>(total(steps).rows);
}

inline double log_loss_of(std::span<const ScoreStep> steps, double epsilon) {
  std::vector<double> terms;
  terms.reserve(2 * steps.size());
  for (const ScoreStep& step : steps) {
    const double p = std::clamp(step.score, epsilon, 1 - epsilon);
    terms.push_back(static_cast<double>(step.positives) * -std::log(p));
    terms.push_back(static_cast<double>(step.negatives()) * -std::log(1 - p));
  }
  return pairwise_sum(terms) / static_cast<double>(total(steps).rows);
}

// ---- Bins --------------------------------------------------------------------------------------------

[[gnu::cold]] inline void require_bins(std::string_view function, Index bins) {
  if (bins < 1 || bins > 1'000'000) throw_option(function, "bins", bins, "from 1 to 1000000");
}

/// The part of [0, 1] in which p lies: part b is (b / bins, (b + 1) / bins], the first one with 0.
inline Index width_bin(double p, Index bins) {
  const auto edge = [bins](Index b) { return static_cast<double>(b) / static_cast<double>(bins); };
  Index b = std::clamp(static_cast<Index>(p * static_cast<double>(bins)), Index{0}, bins - 1);
  while (b > 0 && p <= edge(b)) --b;  // the product is rounded: the edges decide
  while (b + 1 < bins && p > edge(b + 1)) ++b;
  return b;
}

/// The part of the n sorted rows in which the middle of a step lies. Without ties parts differ by at most one row;
/// with ties the step goes as a whole, whatever the order of its rows.
inline Index mass_bin(Index rows_before, Index rows_of_step, Index n, Index bins) {
  return (2 * rows_before + rows_of_step) * bins / (2 * n);
}

using Bin = std::span<const ScoreStep>;

inline std::vector<Bin> bins_of(std::span<const ScoreStep> ascending, Index bins, Bins scheme) {
  const Index n = total(ascending).rows;
  std::vector<Bin> out;
  std::size_t first = 0;
  Index rows_before = 0, last = 0;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const ScoreStep& step = ascending[i];
    const Index bin =
        scheme == Bins::equal_mass ? mass_bin(rows_before, step.rows, n, bins) : width_bin(step.score, bins);
    if (bin != last && i > first) {
      out.push_back(ascending.subspan(first, i - first));
      first = i;
    }
    last = bin;
    rows_before += step.rows;
  }
  out.push_back(ascending.subspan(first));
  return out;
}

inline double expected_positives(Bin bin) {
  double sum = 0;
  for (const ScoreStep& step : bin) sum += rounded(static_cast<double>(step.rows) * step.score);
  return sum;
}

inline double variance_of_positives(Bin bin) {
  double sum = 0;
  for (const ScoreStep& step : bin) sum += rounded(static_cast<double>(step.rows) * (step.score * (1 - step.score)));
  return sum;
}

inline std::vector<ReliabilityBin> reliability_of(std::span<const Bin> bins) {
  std::vector<ReliabilityBin> out;
  for (const Bin bin : bins) {
    const ScoreStep all = total(bin);
    const auto rows = static_cast<double>(all.rows);
    out.push_back({bin.front().score, bin.back().score, all.rows, all.positives, expected_positives(bin) / rows,
                   static_cast<double>(all.positives) / rows});
  }
  return out;
}

// ---- The null band -----------------------------------------------------------------------------------

/// The chance that a bin has at most `first`, `first + 1`, ... positives; what is nearly impossible is left out.
struct CountLaw {
  Index first = 0;
  std::vector<double> at_most;
};

/// The law of the number of positives if each row is positive with its own probability (Poisson-binomial), by adding
/// row after row. Sums and products only: the same bits on every machine. Cost: rows * 20 deviations or so.
inline CountLaw count_law(Bin bin) {
  constexpr double negligible = 1e-18;
  Index first = 0;
  std::vector<double> chance{1.0};  // of `first`, `first + 1`, ... positives among the rows so far
  for (const ScoreStep& step : bin)
    for (Index row = 0; row < step.rows; ++row) {
      const double p = step.score;
      chance.push_back(0);
      for (std::size_t k = chance.size() - 1; k > 0; --k)
        chance[k] = rounded(chance[k] * (1 - p)) + rounded(chance[k - 1] * p);
      chance[0] *= 1 - p;
      while (chance.back() < negligible) chance.pop_back();
      const auto likely = std::find_if(chance.begin(), chance.end(), [](double c) { return c >= negligible; });
      first += likely - chance.begin();
      chance.erase(chance.begin(), likely);
    }
  std::partial_sum(chance.begin(), chance.end(), chance.begin());
  return {first, std::move(chance)};
}

/// What the positives of a calibrated bin miss their expected number by, added to `gaps`, one per simulation.
inline void add_gaps(Bin bin, std::uint64_t seed, std::uint64_t address, std::span<double> gaps) {
  const CountLaw law = count_law(bin);
  const double expected = expected_positives(bin);
  for (std::size_t s = 0; s < gaps.size(); ++s) {
    const double u = unit_interval(random_pair(seed, 0, address, static_cast<std::uint32_t>(s))[0]);
    const auto drawn = std::upper_bound(law.at_most.begin(), law.at_most.end() - 1, u);
    gaps[s] += std::abs(static_cast<double>(law.first + (drawn - law.at_most.begin())) - expected);
  }
}

/// The same for a number of positives that is nearly normal. An error of the order 1 / variance remains in the size of
/// a gap; that of the order of its root, the skewness, cancels between the two sides.
inline void add_normal_gaps(double variance, std::uint64_t seed, std::uint64_t address, std::span<double> gaps) {
  const double deviation = std::sqrt(variance);
  for (std::size_t s = 0; s < gaps.size(); ++s) {
    const RandomPair bits = random_pair(seed, 0, address, static_cast<std::uint32_t>(s));
    gaps[s] += rounded(deviation * std::abs(standard_normal(bits[0])));
  }
}

/// The calibration errors of perfectly calibrated models, sorted.
inline std::vector<double> null_errors(std::span<const Bin> bins, const NullBand& band) {
  constexpr double many = 100;  // from here on the law itself would cost more than it tells
  std::vector<double> gaps(static_cast<std::size_t>(band.simulations), 0.0);
  Index rows = 0;
  for (std::size_t b = 0; b < bins.size(); ++b) {
    const double variance = variance_of_positives(bins[b]);
    if (variance < many) add_gaps(bins[b], band.seed, b, gaps);
    else add_normal_gaps(variance, band.seed, b, gaps);
    rows += total(bins[b]).rows;
  }
  for (double& gap : gaps) gap /= static_cast<double>(rows);
  std::sort(gaps.begin(), gaps.end());
  return gaps;
}

[[gnu::cold]] inline void require_simulations(Index simulations) {
  if (simulations < 20 || simulations > 1'000'000)
    throw_option("calibration_error", "simulations", simulations, "from 20 to 1000000");
}

inline CalibrationError calibration_error_of(std::span<const ScoreStep> ascending, Index bins, Bins scheme,
                                             const NullBand& band) {
  const std::vector<Bin> parts = bins_of(ascending, bins, scheme);
  double gap = 0;
  for (const Bin bin : parts) gap += std::abs(expected_positives(bin) - static_cast<double>(total(bin).positives));

  const std::vector<double> null = null_errors(parts, band);
  const std::size_t tail = null.size() / 20;
  const Index rows = total(ascending).rows;
  return {.ece = gap / static_cast<double>(rows),
          .null_low = null[tail],
          .null_mean = pairwise_sum(null) / static_cast<double>(null.size()),
          .null_high = null[null.size() - 1 - tail],
          .rows = rows,
          .bins = std::ssize(parts),
          .scheme = scheme};
}

}  // namespace detail

/// Mean squared difference between the probability of `positive` and what came (1 or 0).
///
/// In      y  n labels      p  n probabilities of `positive`, float or double
/// Out     in [0, 1], smaller is better; always predicting the share of the positives q gives q (1 - q), so where they
///         are rare every model has a small one: compare with that
/// Cost    O(n log n), memory O(n)
/// Throws  ShapeMismatch (lengths differ, or no row), BadValue (outside [0, 1] or NaN; `row` says which), InvalidOption
///         (y has several classes and `positive` is none of them)
/// Trap    a small fold may have no positive row, so a `positive` that no row has is no error: mind its spelling
/// Source  Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78, 1950
template <class Y, class P>
double brier_score(const Y& y, const P& p, const Label& positive) {
  return detail::brier_score_of(detail::score_steps(detail::predicted_rows(y, p, positive)));
}

/// Mean of -log of the probability that was given to what came. Punishes the sure and wrong.
///
/// Out     at least 0. A probability of 0 or 1 is taken as 2^-52 from it (float: 2^-23), as scikit-learn does, so being
///         sure and wrong costs 36.04 (15.94), not infinity. Uses log of the C library
/// Cost, Throws  as brier_score
/// Differs from scikit-learn: rows of one class are no error
template <class Y, class P>
double log_loss(const Y& y, const P& p, const Label& positive) {
  const auto rows = detail::predicted_rows(y, p, positive);
  return detail::log_loss_of(detail::score_steps(rows), std::numeric_limits<detail::element_of<P>>::epsilon());
}

/// The reliability diagram: of rows with about the same probability, which share was positive?
///
/// Out     the bins that have rows, in ascending order; ties may leave fewer than asked for
/// Cost    O(n log n), memory O(n)
/// Throws  as brier_score; InvalidOption (bins)
/// Differs from scikit-learn: with equal mass, rows of one probability go to one bin, by the middle of their ranks
template <class Y, class P>
std::vector<ReliabilityBin> reliability(const Y& y, const P& p, const Label& positive, Index bins = 10,
                                        Bins scheme = Bins::equal_mass) {
  detail::require_bins("reliability", bins);
  const auto steps = detail::ascending_steps(detail::predicted_rows(y, p, positive));
  return detail::reliability_of(detail::bins_of(steps, bins, scheme));
}

/// Expected calibration error with its null band. Few rows make a perfect model look uncalibrated (10 bins, 2 to 3 %
/// positives: about .027 at 200 rows, .009 at 2000, .003 at 20000), so an error alone says nothing: compare with the
/// band, and only errors of the same data, bins and scheme with each other.
///
/// Out     the error, and the 5 % and 95 % points of the error of models that are perfectly calibrated, in which each
///         row is positive with its own probability. The positives of each bin are drawn, as often as `band` says,
///         from the exact law of their number; from the normal law where its variance is 100 or more. The draws
///         depend on nothing but the probabilities and the seed
/// Cost    O(n log n + n * 200 + bins * simulations) at most
/// Throws  as brier_score; InvalidOption (bins, simulations)
/// Source  Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; the
///         band is the consistency resampling of Broecker, Smith, "Increasing the reliability of reliability diagrams",
///         Weather and Forecasting 22, 2007
template <class Y, class P>
CalibrationError calibration_error(const Y& y, const P& p, const Label& positive, Index bins = 10,
                                   Bins scheme = Bins::equal_mass, const NullBand& band = {}) {
  detail::require_bins("calibration_error", bins);
  detail::require_simulations(band.simulations);
  const auto steps = detail::ascending_steps(detail::predicted_rows(y, p, positive));
  return detail::calibration_error_of(steps, bins, scheme, band);
}

}  // inline namespace
}  // namespace rebalance
