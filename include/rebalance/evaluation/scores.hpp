// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/rows.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

template <class S>
concept ScoreNumber = std::same_as<S, float> || std::same_as<S, double>;

}  // namespace detail

/// What may stand for scores or probabilities: any sized range of float or double, one number per row, the larger
/// the more positive. Eigen vectors are such ranges; of a matrix with one column give `P.col(0)`.
template <class P>
concept ScoreRange = requires(const P& scores) {
  std::begin(scores);
  std::end(scores);
  { std::size(scores) } -> std::convertible_to<std::size_t>;
  requires detail::ScoreNumber<detail::element_of<P>>;
};

namespace detail {

/// Rows of one and the same score. Every metric of scores is a sum over these and not over rows: nothing tells rows of
/// one score apart, so no order among them may count, and the sum has its own order whatever that of the rows.
struct ScoreStep {
  double score = 0;
  Index rows = 0;
  Index positives = 0;

  Index negatives() const noexcept { return rows - positives; }
};

/// Scores and classes of all rows, as the algorithms read them.
struct ScoredRows {
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;  ///< 1 for each row of the positive class
};

[[gnu::cold]] inline void require_rows(Index rows) {
  if (rows == 0) throw ShapeMismatch("y is empty; there is nothing to evaluate: give at least one row");
}

[[noreturn, gnu::cold]] inline void throw_nan_score(std::string_view what, std::size_t row) {
  throw BadValue(
      text({what, "[", row, "] is NaN; a score must be a number, or there is no rank for it: find out what the ",
            "model could not score"}),
      static_cast<Index>(row), 0);
}

[[noreturn, gnu::cold]] inline void throw_no_probability(std::string_view what, std::size_t row, double value) {
  throw BadValue(text({what, "[", row, "] is ", value, "; a probability must lie in [0, 1]: of log-odds s it is ",
                       "1 / (1 + exp(-s))"}),
                 static_cast<Index>(row), 0);
}

/// Infinite scores rank as any other; NaN does not rank.
inline void require_scores(std::string_view what, std::span<const double> scores) {
  for (std::size_t row = 0; row < scores.size(); ++row)
    if (scores[row] != scores[row]) throw_nan_score(what, row);
}

inline bool is_probability(double p) noexcept { return p >= 0 && p <= 1; }

inline void require_probabilities(std::string_view what, std::span<const double> p) {
  for (std::size_t row = 0; row < p.size(); ++row)
    if (!is_probability(p[row])) throw_no_probability(what, row, p[row]);
}

/// Each number as double; -0.0 as 0.0, so that equal scores have equal bits.
template <class P>
std::vector<double> as_doubles(const P& scores) {
  std::vector<double> out;
  if constexpr (ScoreRange<P>) {
    out.reserve(static_cast<std::size_t>(std::size(scores)));
    for (const auto score : scores) out.push_back(static_cast<double>(score) + 0.0);
  } else {
    static_assert(ScoreRange<P>,
                  "scores and probabilities must be a sized range of float or double, one per row "
                  "(a matrix: give its column, P.col(1); integers: cast them first)");
  }
  return out;
}

/// Any column of labels as codes.
template <class Y>
EncodedLabels<label_of<Y>> encoded_column(const Y& y) {
  if constexpr (LabelRange<Y>) {
    return encode<label_of<Y>>(y);
  } else {
    static_assert(LabelRange<Y>,
                  "y, predicted and groups must be sized ranges of integers, bool, enums or strings, one per row "
                  "(scores: confusion(y, scores, positive, threshold))");
    return {};
  }
}

/// 1 for each row whose label is `positive`; a label that no row has is no error here (a small fold may lack it).
template <class Y>
std::vector<std::uint8_t> is_positive(const Y& y, const Label& positive) {
  const auto encoded = encoded_column(y);
  std::vector<std::uint8_t> of_code;
  for (const label_of<Y>& value : encoded.values) of_code.push_back(Label(value) == positive);
  std::vector<std::uint8_t> out;
  out.reserve(encoded.codes.size());
  for (const std::uint32_t code : encoded.codes) out.push_back(of_code[code]);
  return out;
}

/// A misspelt class would pass for a set without positives, and its Brier score or counts would look like any other.
[[noreturn, gnu::cold]] inline void throw_no_such_class(const Label& positive, const std::vector<Label>& classes) {
  std::string known;
  for (std::size_t c = 0; c < std::min<std::size_t>(classes.size(), 20); ++c)
    known += (known.empty() ? "" : ", ") + written(classes[c]);
  throw InvalidOption(text({"positive is ", written(positive), ", but y has no such class; it has ", known,
                            ": name one of them, or leave out a part of the rows that lacks the class"}));
}

/// As is_positive, for a whole set: one of several classes must be the positive one. A set of one class may lack it, as
/// a small group does; then figures that need both are NaN. Throws InvalidOption.
template <class Y>
std::vector<std::uint8_t> is_positive_class(const Y& y, const Label& positive) {
  auto out = is_positive(y, positive);
  if (std::find(out.begin(), out.end(), 1) == out.end()) {
    std::vector<Label> classes;
    const auto encoded = encoded_column(y);
    for (const label_of<Y>& value : encoded.values) classes.emplace_back(value);
    if (classes.size() > 1) throw_no_such_class(positive, classes);
  }
  return out;
}

/// The door of all metrics of scores.
template <class Y, class P>
ScoredRows scored_rows(const Y& y, const P& scores, const Label& positive) {
  ScoredRows out{as_doubles(scores), is_positive_class(y, positive)};
  require_rows(std::ssize(out.positive));
  require_one_each("scores", std::ssize(out.scores), "y", std::ssize(out.positive));
  require_scores("scores", out.scores);
  return out;
}

/// The door of all metrics of probabilities.
template <class Y, class P>
ScoredRows predicted_rows(const Y& y, const P& p, const Label& positive) {
  ScoredRows out{as_doubles(p), is_positive_class(y, positive)};
  require_rows(std::ssize(out.positive));
  require_one_each("p", std::ssize(out.scores), "y", std::ssize(out.positive));
  require_probabilities("p", out.scores);
  return out;
}

/// One step per distinct score, largest first. Cost O(n log n), 16 bytes a row.
inline std::vector<ScoreStep> score_steps(const ScoredRows& rows) {
  struct Row {
    double score;
    std::uint8_t positive;
  };
  std::vector<Row> sorted(rows.scores.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = {rows.scores[i], rows.positive[i]};
  std::sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) { return a.score > b.score; });

  std::vector<ScoreStep> steps;
  for (const Row& row : sorted) {
    if (steps.empty() || steps.back().score != row.score) steps.push_back({row.score, 0, 0});
    ++steps.back().rows;
    steps.back().positives += row.positive;
  }
  return steps;
}

/// All rows as one step: only its counts mean something.
inline ScoreStep total(std::span<const ScoreStep> steps) noexcept {
  ScoreStep sum;
  for (const ScoreStep& step : steps) {
    sum.rows += step.rows;
    sum.positives += step.positives;
  }
  return sum;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
