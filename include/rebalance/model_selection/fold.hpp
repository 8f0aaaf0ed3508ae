// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/compose.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/fold_seed.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/model_selection/split.hpp>
#include <rebalance/model_selection/transforms.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// The training side of a fold, as a model is fitted on it.
template <class S, class L, Role role>
struct Training {
  RoleMatrix<S, role> X;               ///< m x d, row-major
  std::vector<L> y;                    ///< m labels of the type that came in
  Plan plan;                           ///< where each of the m rows comes from: row numbers of the caller's X
  std::vector<ClassChange<L>> counts;  ///< rows of each class on the training side, before and after resampling
  Index fold = 0;                      ///< number of the fold
  std::string recipe;                  ///< the samplers in one line, with the seeds they had in this fold
  std::vector<std::string> stages;     ///< the same, each by itself, also those of a chain
};

/// The test side of a fold: the caller's rows as they are. It cannot be resampled: that does not compile.
template <class S, class L>
struct HeldOut {
  HeldOutMatrix<S> X;       ///< m x d, row-major
  std::vector<L> y;         ///< m labels of the type that came in
  std::vector<Index> rows;  ///< which rows of the caller's X they are
  Index fold = 0;           ///< number of the fold
};

namespace detail {

template <class S, class L, Role role>
inline constexpr Role role_of<Training<S, L, role>> = role;
template <class S, class L>
inline constexpr Role role_of<HeldOut<S, L>> = Role::held_out;

/// Both sides of a fold after a transform.
template <class S>
struct Transformed {
  Matrix<S> train;
  Matrix<S> test;
};

/// `fold 2`, or `fold 2 of fold 0` for an inner fold.
[[gnu::cold]] inline std::string fold_name(std::span<const Index> path) {
  std::string out = text({"fold ", path.back()});
  for (std::size_t outer = path.size() - 1; outer-- > 0;) out += text({" of fold ", path[outer]});
  return out;
}

/// A row number on the training side means nothing to the caller: his own takes its place.
[[noreturn, gnu::cold]] inline void throw_in_fold(const BadValue& error, const std::string& fold, bool transformed,
                                                  std::span<const Index> rows) {
  if (error.row < 0 || error.row >= static_cast<Index>(rows.size())) throw error;
  const Index row = rows[static_cast<std::size_t>(error.row)];
  throw BadValue(text({"training of ", fold, ": ", error.what(), " (row ", error.row, " there is row ", row,
                       " of the caller's X", transformed ? ", after a transform)" : ")"}),
                 row, error.column);
}

/// The way of a record to all rows that a fold is a split of. No public one: they could be resampled whole.
struct AllRows {
  template <class Fold>
  static auto view(const Fold& fold) {
    return fold.data_->view();
  }
};

}  // namespace detail

template <class S, class L>
class Folds;

/// One split of the data: the training side may be resampled, the test side is what it is.
///
/// A regular value that shares the data's labels with its Folds; X must outlive it.
template <class S, class L>
class Fold {
 public:
  /// Its place among the folds, from 0.
  Index number() const noexcept { return path_.back(); }
  /// The numbers of the folds that this one is inside of, the outermost first, then its own.
  std::span<const Index> path() const noexcept { return {path_.data(), path_.size()}; }
  /// Whether the rows handed out are not the caller's as they are, but what a transform made of them.
  bool has_transformed_rows() const noexcept { return transformed_ != nullptr; }
  /// Row numbers of the caller's X, in the order in which the rows are handed out.
  std::span<const Index> train_rows() const noexcept { return {split_->train.data(), split_->train.size()}; }
  /// Likewise.
  std::span<const Index> test_rows() const noexcept { return {split_->test.data(), split_->test.size()}; }
  /// The seed that takes the place of `seed` in this fold, in nested folds derived twice: what `train` gives to every
  /// sampler, and a good seed for the model. Samplers with Draws::imbalanced_learn keep theirs, as there.
  std::uint64_t seed(std::uint64_t seed) const noexcept {
    for (const Index number : path_) seed = seed_of_fold(seed, number);
    return seed;
  }

  /// The training rows, resampled. Nothing of the test side is read: whatever stands there, the result has the same
  /// bits. `materialize(plan, X)` makes the rows again, unless the fold is transformed.
  ///
  /// In, cost, throws: as `resample` for the training rows; numbers in plans and exceptions are those of the caller's X
  template <class... Rs>
  auto train(const Execution& how, const Rs&... samplers) const {
    if constexpr (sizeof...(Rs) == 0) return unresampled(how);
    else return resampled(how, in_this_fold(samplers)...);
  }
  /// The same on one thread.
  template <class... Rs>
  auto train(const Rs&... samplers) const {
    return train(Execution{}, samplers...);
  }

  /// The test rows, untouched. Cost O(m d).
  HeldOut<S, L> test() const {
    HeldOut<S, L> out{{}, {}, split_->test, number()};
    out.X = test_features();
    for (const Index row : split_->test) out.y.push_back(label_of_row(row));
    return out;
  }

  /// The fold with another scale or other features: fitted on the training rows alone, done to both sides.
  /// The plan then speaks of the same row numbers, but of transformed rows.
  /// Throws ShapeMismatch (rows added or lost, no column left, sides of different columns), what the transform throws.
  template <class T>
  Fold transformed(const T& transform) const {
    const Matrix<S> train = training_features(Execution{});
    const auto fitted = fit(transform, train);
    detail::Transformed<S> sides{fitted(train), fitted(test_features())};
    if (sides.train.cols() != sides.test.cols())
      throw ShapeMismatch(detail::text({"a transform made ", sides.train.cols(), " columns of the training side and ",
                                        sides.test.cols(), " of the test side; it must make as many of both"}));
    Fold out = *this;
    out.transformed_ = std::make_shared<const detail::Transformed<S>>(std::move(sides));
    out.preparations_.push_back([transform](const Fold& fold) { return fold.transformed(transform); });
    return out;
  }

  /// The fold whose samplers search neighbors among transformed training rows (of the neighbor space, if the data have
  /// one), and make rows in the features as they are. Throws as `transformed`.
  template <class T>
  Fold in_space(const T& transform) const {
    const Matrix<S> space = training_space(Execution{});
    Fold out = *this;
    out.space_ = std::make_shared<const Matrix<S>>(fit(transform, space)(space));
    out.preparations_.push_back([transform](const Fold& fold) { return fold.in_space(transform); });
    return out;
  }

  /// Folds of the training rows, for nested cross-validation: real rows, in the caller's row numbers, also those of a
  /// std::vector<Split> of your own. Each inner training side is resampled anew, and the transforms of this fold, which
  /// have seen all of its training rows, are fitted anew. Throws what the splitter throws, InvalidSplit.
  template <class T>
  Folds<S, L> inner(const T& splitter) const;

 private:
  friend class Folds<S, L>;
  friend struct detail::AllRows;
  Fold(std::shared_ptr<const Data<S, L>> data, std::shared_ptr<const Split> split, std::vector<Index> path)
      : data_(std::move(data)), split_(std::move(split)), path_(std::move(path)) {}

  static Matrix<S> rows_at(const Execution& how, const MatrixView<S>& X, std::span<const Index> rows) {
    return detail::rows_of_plan(how, Plan::keep_only(X.rows(), rows), X);
  }
  /// Learns from the training rows; what is learned makes other rows of rows.
  template <class T>
  std::function<Matrix<S>(const Matrix<S>&)> fit(const T& transform, const Matrix<S>& train) const {
    if constexpr (!Transform<T, S>) {
      static_assert(detail::never<T>,
                    "a transform has `fit(rows)` that returns a function from rows to rows: Standardize{}, MinMax{}, "
                    "Robust{} or a type of yours");
    } else {
      try {
        return [fitted = transform.fit(detail::view_of(train))](const Matrix<S>& rows) {
          Matrix<S> out(fitted(detail::view_of(rows)));
          if (out.rows() != rows.rows() || out.cols() == 0)
            throw ShapeMismatch(detail::text({"a transform made ", out.rows(), " x ", out.cols(), " of ", rows.rows(),
                                              " rows; it may change columns, never the number of rows, and must leave "
                                              "at least one column"}));
          return out;
        };
      } catch (const BadValue& error) {
        detail::throw_in_fold(error, detail::fold_name(path_), !preparations_.empty(), train_rows());
      }
    }
  }
  template <class R>
  R in_this_fold(R sampler) const {
    for (const Index number : path_) sampler = detail::for_fold(std::move(sampler), number);
    return sampler;
  }
  L label_of_row(Index row) const {  // by value: vector<bool> has no references to give
    return data_->labels()[data_->classes().code(row)];
  }

  Matrix<S> training_features(const Execution& how) const {
    return transformed_ ? transformed_->train : rows_at(how, data_->view().X, train_rows());
  }
  Matrix<S> test_features() const {
    return transformed_ ? transformed_->test : rows_at(Execution{}, data_->view().X, test_rows());
  }
  Matrix<S> training_space(const Execution& how) const {
    if (space_) return *space_;
    const DataView<S> all = data_->view();
    return detail::same_view(all.space, all.X) ? training_features(how) : rows_at(how, all.space, train_rows());
  }

  auto unresampled(const Execution& how) const {
    Training<S, L, Role::any> out;
    out.plan = Plan::keep_only(data_->rows(), train_rows());
    out.X = training_features(how);
    finish(out);
    return out;
  }

  template <class... Rs>
  auto resampled(const Execution& how, const Rs&... samplers) const {
    if (transformed_ && data_->view().rules)
      throw InvalidOption(
          "rules for columns and rows speak of the features as they came, but those of this fold are "
          "transformed; scale for the search alone, with in_space or the option space");
    const Plan rows = Plan::keep_only(data_->rows(), train_rows());
    const detail::Intermediate<S> side(data_->view(), rows, how);
    const DataView<S> all = side.view();
    const MatrixView<S> X = transformed_ ? detail::view_of(transformed_->train) : all.X;
    const bool own_space = !detail::same_view(all.space, all.X);
    const DataView<S> view = all.with(X, space_ ? detail::view_of(*space_) : own_space ? all.space : X);
    Training<S, L, Role::resampled> out;
    out.stages = detail::stages_of(samplers...);
    for (const std::string& stage : out.stages) out.recipe += (out.recipe.empty() ? "" : ", ") + stage;
    try {
      const Plan plan = detail::plan_of(how, view, samplers...);
      out.X = detail::rows_of_plan(how, plan, X);
      out.plan = compose(rows, plan);
    } catch (const BadValue& error) {
      detail::throw_in_fold(error, detail::fold_name(path_), !preparations_.empty(), train_rows());
    }
    finish(out);
    return out;
  }

  template <class Side>
  void finish(Side& out) const {
    out.fold = number();
    for (const Origin& origin : out.plan) out.y.push_back(label_of_row(origin.base));
    out.counts = class_changes(out.plan, *data_);
    for (auto& change : out.counts) change.before = 0;
    for (const Index row : split_->train) ++out.counts[data_->classes().code(row)].before;
  }

  std::shared_ptr<const Data<S, L>> data_;
  std::shared_ptr<const Split> split_;
  std::vector<Index> path_;                                     // number of the outer folds, then its own
  std::shared_ptr<const detail::Transformed<S>> transformed_;   // null: features as they came
  std::shared_ptr<const Matrix<S>> space_;                      // of the training rows; null: that of the data
  std::vector<std::function<Fold(const Fold&)>> preparations_;  // what made the two: inner folds do it anew
};

}  // inline namespace
}  // namespace rebalance
