// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/core/quantiles.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// (x - shift) / scale, column by column: what Standardize, MinMax and Robust learn.
class ColumnScaling {
 public:
  /// One shift and one scale (not 0) a column.
  ColumnScaling(std::vector<double> shift, std::vector<double> scale)
      : shift_(std::move(shift)), scale_(std::move(scale)) {
    if (shift_.size() != scale_.size())
      detail::throw_size("scale", static_cast<Index>(scale_.size()), "shift", static_cast<Index>(shift_.size()));
    for (const double scale_of_column : scale_)
      if (!(scale_of_column != 0 && std::isfinite(scale_of_column)))
        detail::throw_option("ColumnScaling", "scale", scale_of_column, "finite and not 0");
  }

  const std::vector<double>& shift() const noexcept { return shift_; }  ///< What is subtracted first, column by column.
  const std::vector<double>& scale() const noexcept { return scale_; }  ///< What is divided by then, column by column.

  /// Scaled rows, computed in double; held-out rows stay held out, and resampled ones resampled. Cost O(n d).
  /// Throws ShapeMismatch (other columns than were fitted).
  template <FeatureMatrix X>
  auto operator()(const X& x) const {
    using S = typename detail::dense_type<X>::Scalar;
    if (x.cols() != static_cast<Index>(shift_.size()))
      throw ShapeMismatch(detail::text({"the rows have ", x.cols(), " columns but the scaling was fitted on ",
                                        shift_.size(), "; give rows of the same columns"}));
    RoleMatrix<S, detail::role_of<X>> out(x.rows(), x.cols());
    for (Index row = 0; row < x.rows(); ++row)
      for (Index column = 0; column < x.cols(); ++column) {
        const auto j = static_cast<std::size_t>(column);
        out(row, column) = static_cast<S>((static_cast<double>(x(row, column)) - shift_[j]) / scale_[j]);
      }
    return out;
  }
  friend bool operator==(const ColumnScaling&, const ColumnScaling&) = default;

 private:
  std::vector<double> shift_;
  std::vector<double> scale_;
};

namespace detail {

struct ShiftAndScale {
  double shift = 0;
  double scale = 1;
};

/// Fits every column but those left out. A column without spread, or whose spread is but the rounding of its values, is
/// only shifted.
template <class X, class Fit>
ColumnScaling fit_columns(std::string_view name, const Execution& how, const X& x, const std::vector<Index>& except,
                          const Fit& fit_column) {
  static_assert(role_of<X> != Role::held_out,
                "these rows are held out for testing: fit on the training side; fold.transformed(Standardize{}) does "
                "that, and transforms both sides");
  using S = typename dense_type<X>::Scalar;
  const RowMajor<S> rows(x);
  if (rows.view().rows() == 0 || rows.view().cols() == 0) throw_empty(name, rows.view().rows(), rows.view().cols());
  require_finite("X", rows.view(), how);
  for (const Index column : except)
    if (column < 0 || column >= x.cols())
      throw_option(name, "except", column, text({"a column of X, 0 to ", x.cols() - 1}));

  const auto d = static_cast<std::size_t>(x.cols());
  std::vector<double> shift(d, 0.0);
  std::vector<double> scale(d, 1.0);
  parallel_for(how, "fitting columns", x.cols(), 1, [&](Index column, Index) {
    if (std::find(except.begin(), except.end(), column) != except.end()) return;
    const auto j = static_cast<std::size_t>(column);
    std::vector<double> values(static_cast<std::size_t>(x.rows()));
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<double>(rows.view()(static_cast<Index>(i), column));
    const ShiftAndScale fitted = fit_column(values);
    shift[j] = fitted.shift;
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double rounding = 1e-14 * std::max(std::abs(*least), std::abs(*most));
    scale[j] = fitted.scale <= rounding ? 1 : fitted.scale;
  });
  return {std::move(shift), std::move(scale)};
}

/// Of the values of a column, at least one: to mean 0 and standard deviation 1.
inline ShiftAndScale standard_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least == *most) return {*least, 1};  // their computed mean may miss them by an ulp
  const double mean = pairwise_sum(values) / n;
  std::vector<double> squares;
  for (const double value : values) squares.push_back(rounded((value - mean) * (value - mean)));
  return {mean, std::sqrt(pairwise_sum(squares) / n)};
}
/// To [0, 1].
inline ShiftAndScale min_max_of(const std::vector<double>& values) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return {*least, *most - *least};
}
/// To median 0 and interquartile range 1.
inline ShiftAndScale robust_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.5), quantile(values, 0.75) - quantile(values, 0.25)};
}

}  // namespace detail

/// To mean 0 and standard deviation 1 (of the population), column by column: for distances and linear models whose
/// columns have different units. scikit-learn's StandardScaler.
///
/// In      X  n x d, finite        Out  a ColumnScaling; a constant column becomes 0        Cost  O(n d)
/// Throws  ShapeMismatch (empty), BadValue (not finite), InvalidOption (`except` names no column)
struct Standardize {
  std::vector<Index> except = {};  ///< columns left as they are, such as category codes

  /// Learns it from rows; a fold does so from its training rows.
  template <FeatureMatrix X>
  ColumnScaling fit(const X& x) const {
    return detail::fit_columns("Standardize", {}, x, except, detail::standard_of);
  }
  friend bool operator==(const Standardize&, const Standardize&) = default;
};

/// To [0, 1], column by column, by the least and greatest value; rows that were not fitted may lie outside.
/// scikit-learn's MinMaxScaler. In, out, cost, throws: as Standardize.
struct MinMax {
  std::vector<Index> except = {};  ///< columns left as they are

  /// Learns it from rows; a fold does so from its training rows.
  template <FeatureMatrix X>
  ColumnScaling fit(const X& x) const {
    return detail::fit_columns("MinMax", {}, x, except, detail::min_max_of);
  }
  friend bool operator==(const MinMax&, const MinMax&) = default;
};

/// To median 0 and interquartile range 1, column by column: outliers do not move it. A column whose middle half is
/// constant is only shifted. scikit-learn's RobustScaler.
/// In, out, throws: as Standardize. Cost O(n log n d).
struct Robust {
  std::vector<Index> except = {};  ///< columns left as they are

  /// Learns it from rows; a fold does so from its training rows.
  template <FeatureMatrix X>
  ColumnScaling fit(const X& x) const {
    return detail::fit_columns("Robust", {}, x, except, detail::robust_of);
  }
  friend bool operator==(const Robust&, const Robust&) = default;
};

}  // inline namespace
}  // namespace rebalance
