// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/rows.hpp>

namespace rebalance {
inline namespace v0 {

/// What a resampler is given: one view of everything that belongs to the rows.
/// A new kind of aligned column becomes a member here and changes no signature.
template <class S>
struct DataView {
  MatrixView<S> X;         ///< n x d features, finite unless every stage of the call says it does not read them
  MatrixView<S> space;     ///< n x any: where neighbors are searched; X itself unless the caller gave another
  const Classes& classes;  ///< class code of every row, rows of every class
  std::span<const std::uint32_t> strata = {};    ///< stratum of every row as a code, or empty
  std::span<const std::uint32_t> groups = {};    ///< group of every row as a code, or empty
  std::span<const double> times = {};            ///< time of every row, or empty
  std::uint32_t stage = 0;                       ///< place in the chain; part of every random address
  std::span<const std::uint8_t> synthetic = {};  ///< 1 for each row that an earlier stage of the chain made, or empty
  std::span<const double> ends = {};             ///< when the label of every row was known, or empty

  Index rows() const noexcept { return X.rows(); }
};

/// What the caller hands over: features, labels, and whatever else belongs to the rows.
///
/// `resample(X, y, ...)` is short for `resample(Data(X, y), ...)`; name it to add columns:
/// `Data(X, y).space(Z).strata(segment)`.
///
/// In      X  n x d, any dense Eigen expression of float or double      y  n integers, bools, enums or strings
/// Lifetime  row-major X and Z are used in place and must outlive this object (temporaries are refused);
///         labels and aligned columns are encoded at once and need not
/// Cost    O(n log C); no copy of a row-major X, one copy of anything else
/// Throws  ShapeMismatch (empty X, or a length that differs from the rows of X). Rows that a fold holds out for
///         testing do not compile
template <class S, class L>
class Data {
 public:
  template <class X, class Y>
  Data(const X& x, const Y& y) : features_(rows_of(x)), resampled_(detail::role_of<X> == Role::resampled) {
    if constexpr (detail::role_of<X> == Role::held_out) {
      detail::refuse_held_out<X>();
    } else if constexpr (LabelRange<Y>) {
      if (features_.view().rows() == 0 || features_.view().cols() == 0)
        detail::throw_empty("X", features_.view().rows(), features_.view().cols());
      detail::require_one_each("y", static_cast<Index>(std::size(y)), "X", rows());
      auto encoded = detail::encode<L>(y);
      values_ = std::move(encoded.values);
      std::vector<Label> names;
      for (const L& value : values_) names.emplace_back(value);  // by L: vector<bool> hands out proxies
      classes_ = Classes(std::move(encoded.codes), std::move(names));
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
    static_assert(std::same_as<detail::scalar_of<Z>, S>,
                  "Z must have the scalar type of X: use Z.template cast<float or double>()");
    detail::RowMajor<S> rows = rows_of(z);
    detail::require_one_each("Z", rows.view().rows(), "X", this->rows());
    if (rows.view().cols() == 0) detail::throw_empty("Z", rows.view().rows(), 0);
    if (detail::same_values(rows.view(), features_.view())) space_.reset();  // two copies of a column-major X, for one
    else space_ = std::move(rows);
    return *this;
  }
  template <class Z>
  Data&& space(const Z& z) && {
    return std::move(this->space(z));
  }
  template <detail::PlainMatrix Z>
  Data& space(const Z&& z) = delete;  // Z would be gone before it is read: give it a name first

  /// A key per row; rows of one key belong together (segment, cluster, patient, time block).
  /// The over-samplers of this version do not keep strata apart and refuse data that has them.
  template <LabelRange K>
  Data& strata(const K& keys) & {
    strata_ = detail::encoded_keys("strata", keys, "X", rows());
    return *this;
  }
  template <LabelRange K>
  Data&& strata(const K& keys) && {
    return std::move(this->strata(keys));
  }

  /// A group per row (patient, customer), for splits that must not tear groups apart. Resamplers ignore it.
  template <LabelRange K>
  Data& groups(const K& keys) & {
    groups_ = detail::encoded_keys("groups", keys, "X", rows());
    return *this;
  }
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
  template <class T, class U>
  Data&& times(const T& begins, const U& ends) && {
    return std::move(this->times(begins, ends));
  }

  /// Valid as long as this object and the X and Z it was given.
  DataView<S> view() const& {
    return {features_.view(),
            space_ ? space_->view() : features_.view(),
            classes_,
            {strata_.data(), strata_.size()},
            {groups_.data(), groups_.size()},
            {times_.data(), times_.size()},
            0,
            {},
            {ends_.data(), ends_.size()}};
  }
  DataView<S> view() const&& = delete;  // the view would outlive the Data: give it a name first
  /// What a splitter is told: no feature. Valid as long as this object.
  RowFacts facts() const& noexcept {
    return {classes_, {groups_.data(), groups_.size()}, {times_.data(), times_.size()}, {ends_.data(), ends_.size()}};
  }
  RowFacts facts() const&& = delete;  // the spans would outlive the Data: give it a name first
  Index rows() const noexcept { return features_.view().rows(); }
  /// Whether X came out of `resample`, as far as its type tells: then it cannot be split any more.
  bool resampled() const noexcept { return resampled_; }
  const Classes& classes() const noexcept { return classes_; }
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
  std::vector<std::uint32_t> groups_;
  std::vector<double> times_;
  std::vector<double> ends_;
};

template <class X, class Y>
Data(const X&, const Y&) -> Data<detail::scalar_of<X>, detail::label_of<Y>>;

}  // namespace v0
}  // namespace rebalance
