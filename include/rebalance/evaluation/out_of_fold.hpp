// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/evaluation/scores.hpp>
#include <rebalance/model_selection/folds.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The scores a model gave to rows it had not learned from, of all folds together: what thresholds are chosen from.
/// A threshold chosen from rows the model knows, or from those it is then judged by, is better there than it will ever
/// be again.
///
///     OutOfFold oof(Fraud::yes);
///     for (const auto& fold : Folds(X, y, StratifiedKFold{.n_splits = 5, .seed = 7})) {
///       const auto train = fold.train(Smote{.seed = 42});
///       const auto p = fit(train.X, train.y).predict(fold.test().X);
///       oof.add(fold.test(), prior_shift(train).corrected(p, Fraud::yes));
///     }
///     const Threshold cut = choose_threshold(oof, alerts_at_most(5));
///     average_precision(oof.truth(), oof.scores(), 1);
///
/// Scores of different folds are compared with each other, so they must mean the same in each: probabilities do,
/// ranks do not.
class OutOfFold {
 public:
  /// Of no fold yet. `positive` is the class the scores speak for.
  explicit OutOfFold(Label positive) : positive_(std::move(positive)) {}

  /// Adds the test rows of one fold with the scores a model gave them, the larger the more positive. In repeated or
  /// nested cross-validation a row comes again in other folds; each time counts.
  ///
  /// In      test  what a fold's `test()` returned      scores  one per row of test
  /// Cost    O(m log m) for m rows, and a look at each fold that is there
  /// Throws  ShapeMismatch (numbers of labels, scores and rows differ), BadValue (a score that is NaN or infinite),
  ///         InvalidOption (a row is named twice, or this fold with these rows was added before). Then nothing was added
  template <class S, class L, class P>
  void add(const HeldOut<S, L>& test, const P& scores) {
    append(detail::is_positive(test.y, positive_), detail::as_doubles(scores), test.rows, test.fold);
  }
  /// \cond
  template <class Y, class P>
  void add(const Y&, const P&) {
    static_assert(detail::never<Y>,
                  "out-of-fold scores belong to rows that a fold held out: oof.add(fold.test(), scores) in a loop over "
                  "Folds; plain labels cannot show that the model did not learn from them");
  }
  /// \endcond

  const Label& positive() const noexcept { return positive_; }  ///< The class the scores speak for.
  /// Number of scores.
  Index size() const noexcept { return std::ssize(folds_); }
  /// 1 for each score of a positive row, else 0.
  std::span<const std::uint8_t> truth() const noexcept { return scored_.positive; }
  std::span<const double> scores() const noexcept { return scored_.scores; }  ///< The scores, fold after fold.
  /// Both, as the algorithms read them.
  const detail::ScoredRows& scored() const noexcept { return scored_; }
  /// The caller's row number of each score.
  std::span<const Index> rows() const noexcept { return rows_; }
  /// The number of the fold each score comes from.
  std::span<const Index> folds() const noexcept { return folds_; }

 private:
  void append(const std::vector<std::uint8_t>& truth, const std::vector<double>& scores, std::span<const Index> rows,
              Index fold) {
    const Index size = std::ssize(rows);
    if (std::ssize(truth) != size) detail::throw_size("the labels", std::ssize(truth), "the fold", size);
    if (std::ssize(scores) != size) detail::throw_size("scores", std::ssize(scores), "the fold", size);
    require_finite(scores, rows);
    require_new(rows, fold);
    make_room(begins_, 1);  // all room first: nothing after it fails
    for (auto* column : {&rows_, &folds_}) make_room(*column, rows.size());
    make_room(scored_.positive, rows.size());
    make_room(scored_.scores, rows.size());
    if (size > 0) begins_.push_back(rows_.size());
    scored_.positive.insert(scored_.positive.end(), truth.begin(), truth.end());
    scored_.scores.insert(scored_.scores.end(), scores.begin(), scores.end());
    rows_.insert(rows_.end(), rows.begin(), rows.end());
    folds_.insert(folds_.end(), rows.size(), fold);
  }

  /// What has to grow at least doubles, so that many small folds cost no more than one large one.
  template <class Column>
  static void make_room(Column& column, std::size_t more) {
    const std::size_t needed = column.size() + more;
    if (column.capacity() < needed) column.reserve(std::max(2 * column.capacity(), needed));
  }

  /// Infinity is kept for the threshold that no score reaches.
  static void require_finite(const std::vector<double>& scores, std::span<const Index> rows) {
    for (std::size_t i = 0; i < scores.size(); ++i)
      if (!std::isfinite(scores[i]))
        throw BadValue(detail::text({"scores[", i, "] is ", scores[i], " (row ", rows[i], " of the caller's); scores ",
                                     "must be finite to choose a threshold: give probabilities or bound the log-odds"}),
                       static_cast<Index>(i), 0);
  }

  /// A row that is named twice, or the very rows of a fold once more: two models in one object.
  void require_new(std::span<const Index> rows, Index fold) const {
    std::vector<Index> sorted(rows.begin(), rows.end());
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end())
      throw InvalidOption(
          detail::text({"OutOfFold: fold ", fold, " names row ", *twice, " twice; give each row one score"}));
    for (const std::size_t begin : begins_)
      if (begin + rows.size() <= rows_.size() && folds_[begin] == fold &&
          std::equal(rows.begin(), rows.end(), rows_.begin() + static_cast<std::ptrdiff_t>(begin)))
        throw InvalidOption(detail::text({"OutOfFold: the rows of fold ", fold, " have scores already; add each fold ",
                                          "once, and use one OutOfFold for each model"}));
  }

  Label positive_;
  detail::ScoredRows scored_;
  std::vector<Index> rows_;
  std::vector<Index> folds_;
  std::vector<std::size_t> begins_;  // where the rows of each added fold begin in rows_; a fold without rows has none
};

}  // inline namespace
}  // namespace rebalance
