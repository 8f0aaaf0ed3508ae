// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/evaluation/scores.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How much of all rows belongs to a class, in (0, 1].
struct ClassShare {
  Label label;       ///< of the class
  double share = 0;  ///< of all rows, 0 to 1
  friend bool operator==(const ClassShare&, const ClassShare&) = default;
};

/// The share of every class; together 1. `{{"ill", .03}, {"well", .97}}`
using Prior = std::vector<ClassShare>;

/// The shares of the classes among these labels, sorted by label. Cost O(n log C). Throws ShapeMismatch (empty y).
template <LabelRange Y>
Prior prior_of(const Y& y) {
  if (std::size(y) == 0) throw ShapeMismatch("prior_of: y is empty; give at least one label");
  const auto encoded = detail::encode<detail::label_of<Y>>(y);
  const std::vector<Index> rows = detail::counts_of(encoded);
  Prior out;
  for (std::size_t c = 0; c < rows.size(); ++c)
    out.push_back({Label(encoded.values[c]), static_cast<double>(rows[c]) / static_cast<double>(encoded.codes.size())});
  return out;
}

namespace detail {

/// Probabilities of float models are off by this much, and so are those that somebody rounded to four digits.
inline constexpr double sum_tolerance = 1e-4;

/// Throws unless `prior` names at least two classes, each once, with shares above 0 that sum to 1.
[[gnu::cold]] inline void require_prior(std::string_view name, const Prior& prior) {
  if (prior.size() < 2)
    throw TooFewClasses(text({name, " names ", prior.size(), prior.size() == 1 ? " class" : " classes",
                              "; probabilities shift between at least two: give each its share"}));
  double sum = 0;
  for (std::size_t c = 0; c < prior.size(); ++c) {
    const auto& [label, share] = prior[c];
    for (std::size_t other = 0; other < c; ++other)
      if (prior[other].label == label)
        throw InvalidOption(text({name, " names class ", written(label), " twice; give each class one share"}));
    if (!(share > 0 && share <= 1))
      throw InvalidOption(
          text({name, ": the share of class ", written(label), " is ", share, "; it must be above 0 and at most 1"}));
    sum += share;
  }
  if (std::abs(sum - 1) > 1e-6) throw InvalidOption(text({name, ": the shares sum to ", sum, "; they must sum to 1"}));
}

/// Throws unless every row of P is a distribution over `classes` classes.
template <class S>
void require_distributions(const MatrixView<S>& P, std::size_t classes) {
  if (P.cols() != static_cast<Index>(classes))
    throw ShapeMismatch(text({"P has ", P.cols(), " columns but the prior has ", classes,
                              " classes; give one column for each class, in the order of the prior"}));
  for (Index row = 0; row < P.rows(); ++row) {
    double sum = 0;
    for (Index c = 0; c < P.cols(); ++c) {
      const auto p = static_cast<double>(P(row, c));
      if (!is_probability(p))
        throw BadValue(text({"P(", row, ", ", c, ") is ", p, "; a probability must lie in [0, 1]"}), row, c);
      sum += p;
    }
    if (std::abs(sum - 1) > sum_tolerance)
      throw BadValue(text({"row ", row, " of P sums to ", sum, "; the probabilities of a row must sum to 1"}), row, 0);
  }
}

/// One row of probabilities under other class shares, in place: w_c p_c / sum_j w_j p_j. Returns that sum.
inline double reweigh(std::span<double> p, std::span<const double> weights) {
  double sum = 0;
  for (std::size_t c = 0; c < p.size(); ++c) sum += p[c] = rounded(weights[c] * p[c]);
  for (double& value : p) value /= sum;
  return sum;
}

}  // namespace detail

/// Takes the probabilities of a model that learned from resampled rows back to the classes as they really are.
///
/// Balancing 3 % to 50 % makes a model predict nine times too many positives. Where the classes were only made more or
/// less frequent, Bayes' rule undoes it: weigh class c by w_c = (its real share) / (the share the model saw), and make
/// each row sum to 1 again.
///
///     const auto train = fold.train(Smote{.seed = 42});
///     const PriorShift shift = prior_shift(train);
///     const auto p = shift.corrected(model.predict(fold.test().X), 1);
///
/// How far to trust it. Exact where resampling keeps how features are spread within a class (RandomOverSampler,
/// RandomUnderSampler) and the model is calibrated on the rows it saw; nearly so for Smote. Only approximate for
/// methods that change that spread (BorderlineSmote, Adasyn, EditedNearestNeighbors and what contains it) and for
/// trees. Logistic regression, 3.3 % positives from a logistic model, as in the test of this file; mean is the mean
/// prediction / the real share, error the calibration error over ten bins of equally many rows:
///
///   | balanced with      | mean raw | corrected | error raw | corrected |
///   |--------------------|----------|-----------|-----------|-----------|
///   | nothing            | 1.00     |           | .0016     |           |
///   | RandomUnderSampler | 8.8      | 1.00      | .254      | .0009     |
///   | RandomOverSampler  | 8.8      | 1.00      | .254      | .0014     |
///   | Smote              | 8.5      | 1.03      | .245      | .0030     |
///   | BorderlineSmote    | 5.9      | 1.01      | .161      | .0130     |
///   | Adasyn             | 9.1      | 1.08      | .264      | .0035     |
///   | SmoteEnn           | 9.1      | 1.33      | .263      | .0127     |
///
/// Boosted trees on the mammography data (2.3 %), in Python: mean 0.80 with nothing, 2.7 raw and 0.63 corrected with
/// SMOTE, 6.2 and 1.54 with random under-sampling. With trees look at `reliability` before you believe either.
///
/// With two classes the order of rows stays, so what looks only at ranks (average precision, ROC AUC) does too: the
/// function never falls, bit for bit, though it may round two neighboring doubles to one.
/// Weights given to a learner shift probabilities in the same way; see balanced_weights.
///
/// Source  Elkan, "The foundations of cost-sensitive learning", IJCAI 2001; for under-sampling Dal Pozzolo, Caelen,
///         Johnson, Bontempi, "Calibrating probability with undersampling for unbalanced classification", SSCI 2015
/// Differs from imbalanced-learn: it has no counterpart
class PriorShift {
 public:
  /// From the shares the model saw to the shares where it is used; both name the same classes, in any order.
  /// Columns of P follow the order of `trained_on`.
  /// Throws InvalidOption (a share not in (0, 1], shares that do not sum to 1, a class that is named twice or in one of
  /// the two only), TooFewClasses
  PriorShift(Prior trained_on, const Prior& applied_to) : trained_on_(std::move(trained_on)) {
    detail::require_prior("trained_on", trained_on_);
    detail::require_prior("applied_to", applied_to);
    for (const auto& [label, share] : applied_to)
      if (!find(trained_on_, label)) throw_missing("trained_on", label, "applied_to");
    for (const auto& [label, share] : trained_on_) {
      const ClassShare* applied = find(applied_to, label);
      if (!applied) throw_missing("applied_to", label, "trained_on");
      applied_to_.push_back(*applied);
      weights_.push_back(applied->share / share);
      if (!std::isfinite(weights_.back()))
        throw InvalidOption(
            detail::text({"PriorShift: the share of class ", detail::written(label), " in trained_on is ", share,
                          ", too small to divide by; leave out a class the model never saw"}));
    }
  }

  /// The shares the model saw.
  const Prior& trained_on() const noexcept { return trained_on_; }
  /// The shares it is applied to, in the same order.
  const Prior& applied_to() const noexcept { return applied_to_; }
  /// w_c for each class, in the same order.
  const std::vector<double>& weights() const noexcept { return weights_; }

  /// Whether there is nothing to correct; then `corrected` returns the values it was given.
  bool identity() const {
    return std::all_of(weights_.begin(), weights_.end(), [](double weight) { return weight == 1; });
  }

  /// The way back: from probabilities in real life to those of the resampled rows.
  PriorShift inverse() const { return PriorShift(applied_to_, trained_on_); }

  /// The probability of `positive` when the model, which knows two classes, says p. 0 stays 0 and 1 stays 1.
  /// Throws InvalidOption (more than two classes: give the matrix; no such class), BadValue (p not in [0, 1])
  double corrected(double p, const Label& positive) const { return corrected(std::span(&p, 1), positive)[0]; }

  /// The same for many rows. Out: doubles, in order. Cost O(n). Throws as above, with the row.
  template <ScoreRange P>
  std::vector<double> corrected(const P& p, const Label& positive) const {
    const double against = odds_against(positive);
    std::vector<double> out = detail::as_doubles(p);
    detail::require_probabilities("p", out);
    for (double& value : out) value = at(against, value);
    return out;
  }

  /// Any number of classes: P is n x C, a row sums to 1, columns are in the order of `trained_on` (of `prior_shift`:
  /// sorted by label). Out: n x C. Cost O(n C).
  /// Throws ShapeMismatch (number of columns), BadValue (with the row: a probability not in [0, 1], a sum that is not 1
  /// within 1e-4)
  template <FeatureMatrix M>
  Matrix<double> corrected(const M& P) const {
    const detail::RowMajor<detail::scalar_of<M>> rows(P);
    detail::require_distributions(rows.view(), weights_.size());
    Matrix<double> out = rows.view().template cast<double>();
    if (identity()) return out;
    for (Index row = 0; row < out.rows(); ++row)
      detail::reweigh({out.data() + row * out.cols(), weights_.size()}, weights_);
    return out;
  }

  /// The cut on raw probabilities that stands for cut t on corrected ones, where the model cannot be wrapped: the
  /// smallest double p with corrected(p) >= t, so that both decide alike for every double, bit for bit. In reals it is
  /// t w0 / (t w0 + (1 - t) w1). The way back is `corrected(raw, positive)`.
  /// Throws as `corrected`, InvalidOption (t not in [0, 1])
  double raw_threshold(double t, const Label& positive) const {
    if (!(t >= 0 && t <= 1)) detail::throw_option("PriorShift", "the threshold", t, "in [0, 1]");
    const double against = odds_against(positive);
    // The bits of doubles in [0, 1] ascend with their values, and corrected() never falls: halve the interval of bits.
    auto low = std::bit_cast<std::uint64_t>(0.0);
    auto high = std::bit_cast<std::uint64_t>(1.0);
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (at(against, std::bit_cast<double>(middle)) >= t) high = middle;
      else low = middle + 1;
    }
    return std::bit_cast<double>(low);
  }

  /// What to add to the log-odds of `positive` instead: ln(w1 / w0). Throws InvalidOption (as `corrected`)
  double logit_offset(const Label& positive) const { return -std::log(odds_against(positive)); }

 private:
  static const ClassShare* find(const Prior& prior, const Label& label) {
    const auto found =
        std::find_if(prior.begin(), prior.end(), [&](const auto& entry) { return entry.label == label; });
    return found == prior.end() ? nullptr : &*found;
  }

  [[noreturn, gnu::cold]] static void throw_missing(std::string_view where, const Label& label,
                                                    std::string_view there) {
    throw InvalidOption(detail::text({where, " has no share for class ", detail::written(label), " of ", there,
                                      "; both must name the same classes"}));
  }

  /// w0 / w1: how much more the other class weighs.
  double odds_against(const Label& positive) const {
    if (weights_.size() != 2)
      throw InvalidOption(detail::text({"PriorShift: one probability a row is enough for 2 classes, not for ",
                                        weights_.size(), "; give the matrix with a column for each class"}));
    if (!find(trained_on_, positive))
      throw InvalidOption(detail::text({"PriorShift: the positive class ", detail::written(positive), " is neither ",
                                        detail::written(trained_on_[0].label), " nor ",
                                        detail::written(trained_on_[1].label), "; name one of them"}));
    const bool first = trained_on_[0].label == positive;
    return first ? weights_[1] / weights_[0] : weights_[0] / weights_[1];
  }

  /// w1 p / (w1 p + w0 (1 - p)), written so that each operation is monotone in p and so, after rounding, is the whole.
  static double at(double against, double p) {
    if (against == 1) return p;
    return 1 / (1 + against * (1 - p) / p);
  }

  Prior trained_on_;
  Prior applied_to_;
  std::vector<double> weights_;
};

namespace detail {

template <class T>
concept CountsClasses = requires(const T& resampled) {
  Label(std::begin(resampled.counts)->label);
  { std::begin(resampled.counts)->before } -> std::convertible_to<Index>;
  { std::begin(resampled.counts)->after } -> std::convertible_to<Index>;
};

[[gnu::cold]] inline void require_seen(const Label& label, Index before, Index after) {
  if (after == 0)
    throw TooFewRows(text({"prior_shift: no row of class ", written(label), " was left of ", before,
                           "; a model that never saw a class cannot be corrected for it: keep some rows"}));
  if (before == 0)
    throw TooFewRows(text({"prior_shift: class ", written(label), " had no row before and has ", after,
                           " after; give the real share yourself: PriorShift(trained_on, applied_to)"}));
}

}  // namespace detail

/// What resampling did to the shares of the classes, and how to undo it in the probabilities of a model that learned
/// from `resampled`: anything with `counts`, what `resample` or a fold's `train` returned.
///
/// Throws  TooFewRows (a class that has no rows left, or had none: names it), TooFewClasses
template <detail::CountsClasses R>
PriorShift prior_shift(const R& resampled) {
  Index before = 0;
  Index after = 0;
  for (const auto& change : resampled.counts) {
    detail::require_seen(Label(change.label), change.before, change.after);
    before += change.before;
    after += change.after;
  }
  Prior trained_on;
  Prior applied_to;
  for (const auto& change : resampled.counts) {
    const Label label(change.label);
    trained_on.push_back({label, static_cast<double>(change.after) / static_cast<double>(after)});
    applied_to.push_back({label, static_cast<double>(change.before) / static_cast<double>(before)});
  }
  return PriorShift(std::move(trained_on), applied_to);
}

}  // inline namespace
}  // namespace rebalance
