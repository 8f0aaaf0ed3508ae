// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/row_rules.hpp>
#include <rebalance/core/rows.hpp>
#include <rebalance/core/strata.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What a resampler is given: one view of everything that belongs to the rows.
/// A new kind of aligned column becomes a member here and changes no signature.
template <class S>
struct DataView {
  MatrixView<S> X;         ///< n x d features, finite unless every stage of the call says it does not read them
  MatrixView<S> space;     ///< n x any: where neighbors are searched; X itself unless the caller gave another
  const Classes& classes;  ///< class code of every row, rows of every class
  std::span<const std::uint32_t> strata = {};      ///< stratum of every row as a code, or empty
  std::span<const std::uint32_t> groups = {};      ///< group of every row as a code, or empty
  std::span<const double> times = {};              ///< time of every row, or empty
  std::uint32_t stage = 0;                         ///< place in the chain; part of every random address
  std::span<const std::uint8_t> synthetic = {};    ///< 1 for each row that an earlier stage of the chain made, or empty
  std::span<const double> ends = {};               ///< when the label of every row was known, or empty
  const Stratification* stratification = nullptr;  ///< with strata: their names, and what over-samplers do with them
  const RowRules* rules = nullptr;  ///< what must hold for every new row; seen to once the sampler is done

  Index rows() const noexcept { return X.rows(); }  ///< Rows of X.
  /// The same rows with other features x, or another space z.
  DataView with(const MatrixView<S>& x, const MatrixView<S>& z) const {
    DataView out = *this;
    detail::rebind(out.X, x);
    detail::rebind(out.space, z);
    return out;
  }
};

/// What the caller hands over: features, labels, and whatever else belongs to the rows.
///
/// `resample(X, y, ...)` is short for `resample(Data(X, y), ...)`; name it to add columns:
/// `Data(X, y).space(Z).strata(segment)`.
///
/// In      X  n x d, any dense Eigen expression of float or double      y  n integers, bools, enums or strings
/// Lifetime  row-major X and Z are used in place and must outlive this object (temporary matrices are refused; a
///         temporary Eigen::Ref<const Matrix> is not, and may hold a copy that dies with it: give it a name first);
///         labels and aligned columns are encoded at once and need not
/// Cost    O(n log C); no copy of a row-major X, one copy of anything else
/// Throws  ShapeMismatch (empty X, or a length that differs from the rows of X). Rows that a fold holds out for
///         testing do not compile
template <class S, class L>
class Data {
 public:
  /// Looks at X where it is, or converts it once; makes codes of y.
  template <class X, class Y>
  Data(const X& x, const Y& y) : features_(rows_of(x)), resampled_(detail::role_of<X> == Role::resampled) {
    if constexpr (detail::role_of<X> == Role::held_out) {
      detail::refuse_held_out<X>();
    } else if constexpr (LabelRange<Y>) {
      if (features_.view().rows() == 0 || features_.view().cols() == 0)
        detail::throw_empty("X", features_.view().rows(), features_.view().cols());
      detail::require_one_each("y", static_cast<Index>(std::size(y)), "X", rows());
      auto encoded = detail::encode<L>(y);
      values_ = encoded.values;
      classes_ = detail::classes_of(std::move(encoded));
    } else {
      static_assert(detail::never<Y>,
                    "y must be a sized range of integers, bool, enums or strings, one label per row of X "
                    "(floating labels: round them to integers first)");
    }
  }

  template <detail::PlainMatrix X, class Y>
  Data(const X&& x, const Y& y) = delete;  // X would be gone before it is read: give it a name first

  /// Search neighbors in Z (n rows: scaled features, PCA scores, an embedding) and interpolate in X. A Z with the values
  /// of X is no other space than X. For SmoteNc Z takes the place of the numeric columns: leave the nominal ones out.
  template <class Z>
  Data& space(const Z& z) & {
    detail::refuse_held_out<Z>();
    static_assert(std::same_as<detail::scalar_of<Z>, S>,
                  "Z must have the scalar type of X: use Z.template cast<float or double>()");
    detail::RowMajor<S> rows = rows_of(z);
    detail::require_one_each("Z", rows.view().rows(), "X", this->rows());
    if (rows.view().cols() == 0) detail::throw_empty("Z", rows.view().rows(), 0);
    if (detail::same_values(rows.view(), features_.view())) space_.reset();  // two copies of a column-major X, for one
    else space_ = std::move(rows);
    return *this;
  }
  /// The same, in one line with what follows.
  template <class Z>
  Data&& space(const Z& z) && {
    return std::move(this->space(z));
  }
  template <detail::PlainMatrix Z>
  Data& space(const Z&& z) = delete;  // Z would be gone before it is read: give it a name first

  /// A key per row; rows of one key belong together (segment, cluster, patient, time block): over-samplers make new rows
  /// from rows of one key. Cleaners and under-samplers ignore it. Throws ShapeMismatch, InvalidOption (counts without
  /// Allocation::listed, or a stratum there is not).
  template <LabelRange K>
  Data& strata(const K& keys, StrataRules rules = {}) & {
    detail::require_one_each("strata", static_cast<Index>(std::size(keys)), "X", rows());
    auto encoded = detail::encode<detail::label_of<K>>(keys);
    Stratification stratification{{}, std::move(rules)};
    for (const detail::label_of<K>& value : encoded.values) stratification.labels.emplace_back(value);
    detail::require_listed(stratification);
    strata_ = std::move(encoded.codes);
    stratification_ = std::move(stratification);
    return *this;
  }
  /// The same, in one line with what follows.
  template <LabelRange K>
  Data&& strata(const K& keys, StrataRules rules = {}) && {
    return std::move(this->strata(keys, std::move(rules)));
  }

  /// What may stand in columns of new rows: `columns({integer({2, 3}), from_base({0})})`. Whatever sampler made a row, its
  /// values are interpolated first and then made to fit; the plan says so. Throws InvalidOption (a column there is not or
  /// that has a rule already; a step that is not above 0).
  ///
  /// Needs no rule: a row on the straight way between its parents keeps every convex condition that both of them keep, such
  /// as bounds, sums, orders of columns and half-spaces. Rounding (grid) may leave it: use `accept`.
  Data& columns(std::vector<ColumnRule> rules) & {
    if (const std::string fault = detail::fault_of(rules, features_.view().cols()); !fault.empty())
      throw InvalidOption("columns: " + fault);
    rules_.columns = std::move(rules);
    return *this;
  }
  /// The same, in one line with what follows.
  Data&& columns(std::vector<ColumnRule> rules) && { return std::move(this->columns(std::move(rules))); }

  /// What else must hold for a new row. One that is refused gets another place between the same parents, up to
  /// `tries.most` times; then what `tries.otherwise` says, and the notes tell how many. The function must be pure: in a chain
  /// a row may be asked about twice. Real rows are asked only where a new one would be a copy of them.
  /// Throws InvalidOption (an empty function, a negative number of tries).
  Data& accept(Accept accept, Tries tries = {}) & {
    if (!accept) throw InvalidOption("accept: the function is empty; pass a callable");
    if (tries.most < 0) detail::throw_option("accept", "most", tries.most, "at least 0");
    rules_.accept = std::move(accept);
    rules_.tries = tries;
    return *this;
  }
  /// The same, in one line with what follows.
  Data&& accept(Accept accept, Tries tries = {}) && { return std::move(this->accept(std::move(accept), tries)); }

  /// A group per row (patient, customer), for splits that must not tear groups apart. Resamplers ignore it.
  template <LabelRange K>
  Data& groups(const K& keys) & {
    groups_ = detail::encoded_keys("groups", keys, "X", rows());
    return *this;
  }
  /// The same, in one line with what follows.
  template <LabelRange K>
  Data&& groups(const K& keys) && {
    return std::move(this->groups(keys));
  }

  /// A time per row in any unit, finite, for splits that must not look ahead. Resamplers ignore it.
  template <class T>
  Data& times(const T& times) & {
    times_ = detail::checked_times("times", times, "X", rows());
    ends_.clear();
    return *this;
  }
  /// The same, in one line with what follows.
  template <class T>
  Data&& times(const T& times) && {
    return std::move(this->times(times));
  }
  /// When each row was observed, and when its label was known: what PurgedKFold keeps apart.
  template <class T, class U>
  Data& times(const T& begins, const U& ends) & {
    auto first = detail::checked_times("times", begins, "X", rows());
    auto last = detail::checked_times("ends", ends, "X", rows());
    detail::require_order(first, last);
    times_ = std::move(first);
    ends_ = std::move(last);
    return *this;
  }
  /// The same, in one line with what follows.
  template <class T, class U>
  Data&& times(const T& begins, const U& ends) && {
    return std::move(this->times(begins, ends));
  }

  /// Valid as long as this object and the X and Z it was given.
  DataView<S> view() const& {
    return {.X = features_.view(),
            .space = space_ ? space_->view() : features_.view(),
            .classes = classes_,
            .strata = {strata_.data(), strata_.size()},
            .groups = {groups_.data(), groups_.size()},
            .times = {times_.data(), times_.size()},
            .ends = {ends_.data(), ends_.size()},
            .stratification = strata_.empty() ? nullptr : &stratification_,
            .rules = rules_.columns.empty() && !rules_.accept ? nullptr : &rules_};
  }
  DataView<S> view() const&& = delete;  // the view would outlive the Data: give it a name first
  /// What a splitter is told: no feature. Valid as long as this object.
  RowFacts facts() const& noexcept {
    return {classes_, {groups_.data(), groups_.size()}, {times_.data(), times_.size()}, {ends_.data(), ends_.size()}};
  }
  RowFacts facts() const&& = delete;  // the spans would outlive the Data: give it a name first
  Index rows() const noexcept { return features_.view().rows(); }  ///< Rows of X.
  /// Whether X came out of `resample`, as far as its type tells: then it cannot be split any more.
  bool resampled() const noexcept { return resampled_; }
  const Classes& classes() const noexcept { return classes_; }  ///< Class codes, counts and labels.
  /// The label of each class, sorted; `labels()[code]`.
  const std::vector<L>& labels() const noexcept { return values_; }

 private:
  template <class X>
  static detail::RowMajor<S> rows_of(const X& x) {
    if constexpr (FeatureMatrix<X>) {
      return detail::RowMajor<S>(x);
    } else if constexpr (detail::role_of<X> == Role::any) {
      static_assert(detail::never<X>,
                    "X must be a dense Eigen expression of float or double, one row per sample "
                    "(integers: X.cast<double>(); a raw pointer: Eigen::Map)");
    }
  }

  detail::RowMajor<S> features_;
  std::optional<detail::RowMajor<S>> space_;
  bool resampled_;
  Classes classes_;
  std::vector<L> values_;
  std::vector<std::uint32_t> strata_;
  Stratification stratification_;
  RowRules rules_;
  std::vector<std::uint32_t> groups_;
  std::vector<double> times_;
  std::vector<double> ends_;
};

/// Scalars and labels are those of X and y.
template <class X, class Y>
Data(const X&, const Y&) -> Data<detail::scalar_of<X>, detail::label_of<Y>>;

}  // inline namespace
}  // namespace rebalance
