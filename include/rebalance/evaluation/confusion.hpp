// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/evaluation/binary_counts.hpp>
#include <rebalance/evaluation/scores.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How the values of the classes become one. (The third that is customary, micro, is the accuracy for precision,
/// recall and F alike, since every row has one label.)
enum class Average {
  macro,    ///< every class counts the same
  weighted  ///< every class counts by its rows
};

namespace detail {

/// The sum in the order of size: sums over classes must not depend on how the classes are called.
inline double sum_by_size(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return pairwise_sum(values);
}

}  // namespace detail

/// Which class was taken for which, and the metrics that follow. Made by `confusion(y, predicted)`.
///
/// Out     a quotient that is not defined is 0, as in scikit-learn and imbalanced-learn. So a class that was predicted
///         but has no row has recall 0: it lowers the averages and makes `geometric_mean()` 0; `balanced_accuracy()`
///         leaves it out. No value depends on the order of the rows or the names of the classes
/// Cost    memory C^2 counts; a metric O(C log C)
/// Throws  InvalidOption (no such class, beta, alpha)
class Confusion {
 public:
  /// From a C x C table of counts, the true classes down, the predicted ones across.
  /// Throws ShapeMismatch (its size, no row), InvalidOption (a class twice, a negative count).
  Confusion(std::vector<Label> labels, std::vector<Index> counts);

  /// The classes that occur in y or among the predicted, sorted; of a threshold the rest, then the positive one.
  const std::vector<Label>& labels() const noexcept { return labels_; }
  Index rows() const noexcept { return rows_; }  ///< All rows.
  /// Rows of class `truth` that were called `predicted`.
  Index count(const Label& truth, const Label& predicted) const { return at(code(truth), code(predicted)); }
  /// The class against the rest.
  BinaryCounts of(const Label& label) const { return of_code(code(label)); }

  // Of one class, against the rest. More of them: of(label).

  /// Rows of the class.
  Index support(const Label& label) const { return of(label).positives(); }
  double precision(const Label& label) const { return of(label).precision(); }      ///< BinaryCounts::precision
  double recall(const Label& label) const { return of(label).recall(); }            ///< BinaryCounts::recall
  double specificity(const Label& label) const { return of(label).specificity(); }  ///< BinaryCounts::specificity
  double f_beta(const Label& label, double beta = 1) const { return of(label).f_beta(beta); }  ///< BinaryCounts::f_beta
  /// BinaryCounts::geometric_mean.
  double geometric_mean(const Label& label) const { return of(label).geometric_mean(); }
  double iba(const Label& label, double alpha = 0.1) const { return of(label).iba(alpha); }  ///< BinaryCounts::iba

  // Means over the classes. Weighted ones are the last line of imbalanced-learn's classification_report_imbalanced.

  /// Mean precision.
  double precision(Average how) const {
    return mean(how, [](const BinaryCounts& one) { return one.precision(); });
  }
  /// Mean recall.
  double recall(Average how) const {
    return mean(how, [](const BinaryCounts& one) { return one.recall(); });
  }
  /// Mean specificity.
  double specificity(Average how) const {
    return mean(how, [](const BinaryCounts& one) { return one.specificity(); });
  }
  /// Mean F.
  double f_beta(Average how, double beta = 1) const {
    return mean(how, [beta](const BinaryCounts& one) { return one.f_beta(beta); });
  }
  /// Mean geometric mean.
  double geometric_mean(Average how) const {
    return mean(how, [](const BinaryCounts& one) { return one.geometric_mean(); });
  }
  /// Mean index of balanced accuracy.
  double iba(Average how, double alpha = 0.1) const {
    return mean(how, [alpha](const BinaryCounts& one) { return one.iba(alpha); });
  }

  // Of all classes at once.

  double accuracy() const noexcept { return detail::quotient(correct_, rows_); }  ///< Share of rows called rightly.
  /// Mean recall of the classes that have rows.
  double balanced_accuracy() const;
  /// Geometric mean of the recalls of all classes, imbalanced-learn's default: 0 as soon as one class is never found.
  double geometric_mean() const;
  /// Matthews' correlation coefficient, for more than two classes R_K; 0 where all rows have or are given one class.
  /// Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", Computational Biology
  /// and Chemistry 28, 2004.
  double mcc() const;

 private:
  std::size_t code(const Label& label) const;
  Index at(std::size_t truth, std::size_t predicted) const { return counts_[truth * labels_.size() + predicted]; }
  BinaryCounts of_code(std::size_t c) const {
    const Index right = at(c, c);
    return {right, predicted_[c] - right, support_[c] - right, rows_ - support_[c] - predicted_[c] + right};
  }
  template <class Metric>
  double mean(Average how, const Metric& metric) const {
    std::vector<double> values;
    for (std::size_t c = 0; c < labels_.size(); ++c)
      values.push_back(metric(of_code(c)) * (how == Average::macro ? 1.0 : static_cast<double>(support_[c])));
    return detail::sum_by_size(std::move(values)) /
           static_cast<double>(how == Average::macro ? std::ssize(labels_) : rows_);
  }

  std::vector<Label> labels_;
  std::vector<Index> counts_;  // true class by predicted class
  std::vector<Index> support_;
  std::vector<Index> predicted_;
  Index rows_ = 0;
  Index correct_ = 0;
};

inline Confusion::Confusion(std::vector<Label> labels, std::vector<Index> counts)
    : labels_(std::move(labels)),
      counts_(std::move(counts)),
      support_(labels_.size(), 0),
      predicted_(labels_.size(), 0) {
  const std::size_t size = labels_.size();
  if (counts_.size() != size * size)
    throw ShapeMismatch(detail::text({"Confusion: there are ", counts_.size(), " counts for ", size, " classes; give ",
                                      size * size, ", a row of counts for each true class"}));
  std::vector<Label> sorted = labels_;
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
    detail::throw_option("Confusion", "labels", detail::text({detail::written(*twice), " twice"}), "all different");
  for (std::size_t truth = 0; truth < size; ++truth)
    for (std::size_t predicted = 0; predicted < size; ++predicted) {
      const Index count = at(truth, predicted);
      if (count < 0) detail::throw_option("Confusion", "a count", count, "at least 0");
      support_[truth] += count;
      predicted_[predicted] += count;
      rows_ += count;
      if (truth == predicted) correct_ += count;
    }
  detail::require_rows(rows_);
}

inline std::size_t Confusion::code(const Label& label) const {
  const auto found = std::find(labels_.begin(), labels_.end(), label);
  if (found == labels_.end())
    throw InvalidOption(detail::text(
        {"Confusion: no row is or was called ", detail::written(label), "; labels() lists the classes that occur"}));
  return static_cast<std::size_t>(found - labels_.begin());
}

inline double Confusion::balanced_accuracy() const {
  std::vector<double> recalls;
  for (std::size_t c = 0; c < labels_.size(); ++c)
    if (support_[c] > 0) recalls.push_back(of_code(c).recall());
  const auto classes = static_cast<double>(recalls.size());
  return detail::sum_by_size(std::move(recalls)) / classes;
}

inline double Confusion::geometric_mean() const {
  if (labels_.size() == 2) return of_code(0).geometric_mean();  // the recall of one is the specificity of the other
  std::vector<double> logarithms;                               // a product of many recalls would underflow
  for (std::size_t c = 0; c < labels_.size(); ++c) {
    if (at(c, c) == 0) return 0;
    logarithms.push_back(std::log(of_code(c).recall()));
  }
  return std::exp(detail::sum_by_size(std::move(logarithms)) / static_cast<double>(labels_.size()));
}

inline double Confusion::mcc() const {
  const auto n = static_cast<double>(rows_);
  std::vector<double> expected, spread, spread_predicted;
  for (std::size_t c = 0; c < labels_.size(); ++c) {
    const auto support = static_cast<double>(support_[c]);
    const auto predicted = static_cast<double>(predicted_[c]);
    expected.push_back(support * predicted);
    spread.push_back(support * support);
    spread_predicted.push_back(predicted * predicted);
  }
  const double covariance =
      detail::rounded(static_cast<double>(correct_) * n) - detail::sum_by_size(std::move(expected));
  const double variance = detail::rounded(n * n) - detail::sum_by_size(std::move(spread));
  const double variance_predicted = detail::rounded(n * n) - detail::sum_by_size(std::move(spread_predicted));
  return variance == 0 || variance_predicted == 0 ? 0.0 : covariance / std::sqrt(variance * variance_predicted);
}

namespace detail {

/// Two label columns as codes of their common classes, counted.
template <class L>
Confusion count_pairs(const EncodedLabels<L>& y, const EncodedLabels<L>& predicted) {
  std::vector<L> all;
  std::set_union(y.values.begin(), y.values.end(), predicted.values.begin(), predicted.values.end(),
                 std::back_inserter(all));
  const auto places_in_all = [&all](const std::vector<L>& values) {
    std::vector<std::size_t> places;
    for (const L& value : values)
      places.push_back(static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), value) - all.begin()));
    return places;
  };
  const auto truth_of = places_in_all(y.values);
  const auto called = places_in_all(predicted.values);
  std::vector<Index> counts(all.size() * all.size(), 0);
  for (std::size_t row = 0; row < y.codes.size(); ++row)
    ++counts[truth_of[y.codes[row]] * all.size() + called[predicted.codes[row]]];

  std::vector<Label> names;
  for (const L& value : all) names.emplace_back(value);
  return Confusion(std::move(names), std::move(counts));
}

inline BinaryCounts counts_at(const ScoredRows& rows, double threshold) noexcept {
  BinaryCounts counts;
  for (std::size_t row = 0; row < rows.scores.size(); ++row) {
    const bool alert = rows.scores[row] >= threshold;
    if (rows.positive[row] != 0) ++(alert ? counts.true_positives : counts.false_negatives);
    else ++(alert ? counts.false_positives : counts.true_negatives);
  }
  return counts;
}

inline void require_threshold(std::string_view function, double threshold) {
  if (threshold != threshold) throw_option(function, "threshold", threshold, "a number");
}

}  // namespace detail

/// Counts how often each class was taken for which.
///
/// In      y, predicted  n labels each, of one type
/// Cost    O(n log C)
/// Throws  ShapeMismatch (lengths differ, or no row)
template <class Y, class P>
Confusion confusion(const Y& y, const P& predicted) {
  const auto truth = detail::encoded_column(y);
  const auto called = detail::encoded_column(predicted);
  detail::require_rows(std::ssize(truth.codes));
  detail::require_one_each("predicted", std::ssize(called.codes), "y", std::ssize(truth.codes));
  if constexpr (std::same_as<detail::label_of<Y>, detail::label_of<P>>) {
    return detail::count_pairs(truth, called);
  } else {
    static_assert(!LabelRange<Y> || !LabelRange<P>,
                  "y and predicted must have the same type of label: cast one of them");
  }
}

/// The decisions of a threshold: a row is called `positive` if its score is at least the threshold.
///
/// Out     two classes, the rest and then `positive`. The rest is called as the other label of y, or "not <positive>"
///         where y has not exactly one other
/// Cost    O(n log C)
/// Throws  ShapeMismatch (lengths differ, or no row), BadValue (a score is NaN), InvalidOption (the threshold is;
///         y has several classes and `positive` is none of them)
template <class Y, class P>
Confusion confusion(const Y& y, const P& scores, const Label& positive, double threshold) {
  detail::require_threshold("confusion", threshold);
  const BinaryCounts counts = detail::counts_at(detail::scored_rows(y, scores, positive), threshold);
  std::vector<Label> rest;
  const auto encoded = detail::encoded_column(y);
  for (const detail::label_of<Y>& value : encoded.values)
    if (Label(value) != positive) rest.emplace_back(value);
  if (rest.size() != 1) rest = {Label("not " + positive.text)};
  return Confusion({rest[0], positive},
                   {counts.true_negatives, counts.false_positives, counts.false_negatives, counts.true_positives});
}

}  // inline namespace
}  // namespace rebalance
