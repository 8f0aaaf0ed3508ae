// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <functional>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/model_selection/fold.hpp>
#include <rebalance/model_selection/split.hpp>
#include <rebalance/model_selection/split_check.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Cross-validation without leakage: the data, divided by a splitter.
///
///     for (const auto& fold : Folds(X, y, StratifiedKFold{.n_splits = 5, .seed = 7})) {
///       const auto train = fold.train(Smote{.seed = 42});  // sees training rows only
///       const auto test = fold.test();                     // untouched; resample(test, ...) does not compile
///       score(test.y, fit(train.X, train.y).predict(test.X));
///     }
///
/// In      X, y  as for `resample`, or Data with groups, times, strata, a space
///         splitter  StratifiedKFold{} and its kin, a type of yours, or row numbers: a std::vector<Split>
/// Lifetime  X must outlive the folds (temporaries are refused); labels, groups and times need not
/// Cost    that of the splitter, O(n) a fold; no copy of X before a fold is asked for its rows
/// Throws  InvalidSplit (see there: checks every split, also your own), ShapeMismatch, what the splitter throws.
///         A matrix that was resampled does not compile
template <class S, class L>
class Folds {
 public:
  /// Splits the rows of X by labels alone.
  template <class X, class Y, class T>
  Folds(const X& x, const Y& y, const T& splitter) : Folds(data_of(x, y), splitter) {}
  template <detail::PlainMatrix X, class Y, class T>
  Folds(const X&& x, const Y& y, const T& splitter) = delete;  // X would be gone before it is read: give it a name

  /// Splits by labels and by what else belongs to the rows.
  template <class T>
  Folds(Data<S, L> data, const T& splitter) : data_(std::make_shared<const Data<S, L>>(std::move(data))) {
    detail::require_unresampled(*data_);
    const RowFacts facts = data_->facts();
    add(splits_of(facts, splitter), facts.classes);
  }

  /// \cond
  // What cannot be split: one sentence instead of folds.
  template <class Other, class T>
    requires(!detail::is_data<Other>)
  Folds(const Other&, const T&) {
    detail::refuse_held_out<Other>();
    detail::refuse_to_split_resampled<Other>();
    static_assert(detail::role_of<Other> != Role::any,
                  "Folds takes X, y and a splitter, or Data and a splitter; folds within a fold are "
                  "fold.inner(splitter)");
  }
  /// \endcond

  Index size() const noexcept { return static_cast<Index>(folds_.size()); }  ///< Number of folds.
  /// The fold with this number; one with transforms is fitted here. Throws InvalidOption (no such fold).
  Fold<S, L> operator[](Index number) const {
    if (number < 0 || number >= size())
      detail::throw_option("Folds", "fold", number, detail::text({"from 0 to ", size() - 1}));
    Fold<S, L> out = folds_[static_cast<std::size_t>(number)];
    for (const auto& prepare : preparations_) out = prepare(out);
    return out;
  }

  /// The same folds, each transformed when it is asked for: see Fold::transformed and Fold::in_space.
  template <class T>
  Folds transformed(const T& transform) const {
    return prepared([transform](const Fold<S, L>& fold) { return fold.transformed(transform); });
  }
  /// The same folds, each with the neighbor space of a transform.
  template <class T>
  Folds in_space(const T& transform) const {
    return prepared([transform](const Fold<S, L>& fold) { return fold.in_space(transform); });
  }

  /// Walks over the folds; each is made when it is looked at.
  class Iterator {
   public:
    /// \cond
    // What the standard library asks of an iterator.
    using value_type = Fold<S, L>;
    using difference_type = Index;
    using iterator_category = std::input_iterator_tag;
    using pointer = void;
    using reference = Fold<S, L>;

    Iterator(const Folds* folds, Index number) : folds_(folds), number_(number) {}
    Fold<S, L> operator*() const { return (*folds_)[number_]; }
    Iterator& operator++() {
      ++number_;
      return *this;
    }
    Iterator operator++(int) { return {folds_, number_++}; }
    friend bool operator==(const Iterator&, const Iterator&) = default;
    /// \endcond

   private:
    const Folds* folds_;
    Index number_;
  };
  Iterator begin() const { return {this, 0}; }     ///< At the first fold.
  Iterator end() const { return {this, size()}; }  ///< Behind the last fold.

 private:
  friend class Fold<S, L>;
  /// The inner folds of an outer one.
  Folds(const Fold<S, L>& outer, std::vector<Split> splits, const Classes& classes)
      : data_(outer.data_), path_(outer.path_), preparations_(outer.preparations_) {
    add(std::move(splits), classes, outer.train_rows());
  }

  template <class X, class Y>
  static Data<S, L> data_of(const X& x, const Y& y) {
    detail::refuse_to_split_resampled<X>();
    return Data<S, L>(x, y);
  }

  template <class T>
  static std::vector<Split> splits_of(const RowFacts& facts, const T& splitter) {
    if constexpr (Splitter<T>) return splitter.split(facts);
    else if constexpr (std::convertible_to<const T&, std::vector<Split>>) return splitter;
    else
      static_assert(detail::never<T>,
                    "after the data comes a splitter, StratifiedKFold{.n_splits = 5}, or your own row numbers in a "
                    "std::vector<Split>");
  }

  /// Checks the splits and keeps them; where rows are given, the splits speak of places among these.
  void add(std::vector<Split> splits, const Classes& classes, std::span<const Index> rows = {}) {
    if (splits.empty()) throw InvalidSplit("there is no split; give at least one");
    for (Split& split : splits) {
      std::vector<Index> path = path_;
      path.push_back(size());
      detail::check_split(split, {detail::fold_name(path), rows}, classes);
      if (!rows.empty())
        for (auto* side : {&split.train, &split.test})
          for (Index& row : *side) row = rows[static_cast<std::size_t>(row)];
      folds_.push_back(Fold<S, L>(data_, std::make_shared<const Split>(std::move(split)), std::move(path)));
    }
  }

  template <class Prepare>
  Folds prepared(const Prepare& prepare) const {
    Folds out = *this;
    out.preparations_.push_back(prepare);
    return out;
  }

  std::shared_ptr<const Data<S, L>> data_;
  std::vector<Index> path_;  // of the outer folds
  std::vector<Fold<S, L>> folds_;
  std::vector<std::function<Fold<S, L>(const Fold<S, L>&)>> preparations_;
};

/// Scalars and labels are those of X and y.
template <class X, class Y, class T>
Folds(const X&, const Y&, const T&) -> Folds<detail::scalar_of<X>, detail::label_of<Y>>;
/// \cond
template <class Other, class T>
  requires(!detail::is_data<Other>)
Folds(const Other&, const T&) -> Folds<double, int>;  // for its one sentence, see there
/// \endcond

namespace detail {

/// The entries of a column that belong to these rows; of an empty column none.
template <class T>
std::vector<T> entries_at(std::span<const T> column, std::span<const Index> rows) {
  std::vector<T> out;
  if (!column.empty())
    for (const Index row : rows) out.push_back(column[static_cast<std::size_t>(row)]);
  return out;
}

/// Row numbers of the caller as places among the training rows of a fold.
[[gnu::cold]] inline std::vector<Split> places_among(std::span<const Index> rows, Index all, std::vector<Split> splits,
                                                     const std::string& fold) {
  std::vector<Index> place(static_cast<std::size_t>(all), -1);
  for (std::size_t i = 0; i < rows.size(); ++i) place[static_cast<std::size_t>(rows[i])] = static_cast<Index>(i);
  for (Split& split : splits)
    for (auto* side : {&split.train, &split.test})
      for (Index& row : *side) {
        if (row < 0 || row >= all || place[static_cast<std::size_t>(row)] < 0)
          throw InvalidSplit(text({"row ", row, " is not on the training side of ", fold,
                                   "; inner folds divide its training rows, by the caller's row numbers"}));
        row = place[static_cast<std::size_t>(row)];
      }
  return splits;
}

}  // namespace detail

template <class S, class L>
template <class T>
Folds<S, L> Fold<S, L>::inner(const T& splitter) const {
  const RowFacts all = data_->facts();
  const Classes classes(detail::entries_at(all.classes.codes(), train_rows()), all.classes.labels());
  const auto groups = detail::entries_at(all.groups, train_rows());
  const auto times = detail::entries_at(all.times, train_rows());
  const auto ends = detail::entries_at(all.ends, train_rows());
  std::vector<Split> splits = Folds<S, L>::splits_of({classes, groups, times, ends}, splitter);
  if constexpr (!Splitter<T>)
    splits = detail::places_among(train_rows(), all.rows(), std::move(splits), detail::fold_name(path_));
  return Folds<S, L>(*this, std::move(splits), classes);
}

}  // inline namespace
}  // namespace rebalance
