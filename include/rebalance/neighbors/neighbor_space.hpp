// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/column_scaling.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/execution.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How columns are scaled before rows are compared.
enum class Scaling {
  none,
  standard,  ///< to mean 0 and standard deviation 1: Standardize
  min_max,   ///< to [0, 1]: MinMax
  robust     ///< to median 0 and interquartile range 1, which outliers do not move: Robust
};

namespace detail {
template <>
inline constexpr EnumNames enum_names<Scaling>{"Scaling", {"none", "standard", "min_max", "robust"}};
}  // namespace detail

/// Where a sampler looks for neighbors: an option of all that do. Columns in different units, or of no use for telling
/// rows apart, make "near" mean nothing; here they are scaled, weighted or left out for the search alone, and new rows lie
/// between their parents in the features as they are. For PCA scores, an embedding or any other space of your own:
/// Data::space, which these options then speak of instead of X.
///
/// What scaling learns, it learns from the rows the sampler is given: in a fold the training rows, in a chain those the
/// stage before left. A constant column has no say; one whose middle half is constant is as it was with Scaling::robust.
///
/// Multiplying a column by 1000 then changes no neighbor, but what Draws::even draws for a row belongs to its values in X.
///
/// In SmoteNc these are options of the numeric columns, by their numbers in X, and Med is that of the space.
/// Cost  O(n d), robust O(n log n d), and the rows once more in memory; nothing if all options are left as they are.
struct NeighborSpace {
  Scaling scaling = Scaling::none;  ///< of each column, by all rows that are searched
  std::vector<Index> columns = {};  ///< those that count; none: all
  /// What their values are multiplied by once scaled, at least 0, in the order of the columns that count; none: 1.
  std::vector<double> weights = {};

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("scaling", self.scaling);
    use("columns", self.columns);
    use("weights", self.weights);
  }
  /// The options in one line, as one would write them; {} if all are as they come.
  std::string describe() const { return *this == NeighborSpace{} ? "{}" : detail::describe("NeighborSpace", *this); }
  friend bool operator==(const NeighborSpace&, const NeighborSpace&) = default;
};

namespace detail {

/// What the options of a space learn from some rows: takes these, and others of the same columns, to that space.
template <class S>
class FittedSpace {
 public:
  /// Throws InvalidOption (a column there is not, or twice; weights that are not one each, negative, not finite or all 0).
  FittedSpace(std::string_view sampler, const NeighborSpace& options, const MatrixView<S>& rows, const Execution& how)
      : columns_(options.columns.empty() ? all_rows(rows.cols()) : options.columns) {
    require_distinct(sampler, columns_, rows.cols());
    weights_ = weights_of(sampler, options.weights, columns_.size());
    shift_and_scale_ = fitted(rows, options.scaling, how);
  }

  /// The rows in the space. Throws BadValue (a value that weights make too large). Cost O(n d).
  Matrix<S> operator()(const MatrixView<S>& rows, const Execution& how) const {
    Matrix<S> out = unwritten_rows<S>(rows.rows(), static_cast<Index>(columns_.size()));
    parallel_for(how, "scaling", out.rows(), rows_per_chunk(out.cols()), [&](Index first, Index last) {
      for (Index row = first; row < last; ++row)
        for (std::size_t j = 0; j < columns_.size(); ++j) {
          const auto value = static_cast<double>(rows(row, columns_[j]));
          out(row, static_cast<Index>(j)) =
              static_cast<S>((value - shift_and_scale_[j].shift) / shift_and_scale_[j].scale * weights_[j]);
        }
    });
    require_finite("the neighbor space", view_of(out), how);
    return out;
  }

 private:
  static void require_distinct(std::string_view sampler, const std::vector<Index>& columns, Index count) {
    std::vector<bool> seen(static_cast<std::size_t>(count), false);
    for (const Index column : columns) {
      if (column < 0 || column >= count)
        throw_option(sampler, "space.columns", column, text({"a column that is searched, 0 to ", count - 1}));
      if (seen[static_cast<std::size_t>(column)])
        throw_option(sampler, "space.columns", column, "named once; to let it count twice as much, use weights");
      seen[static_cast<std::size_t>(column)] = true;
    }
  }

  static std::vector<double> weights_of(std::string_view sampler, const std::vector<double>& weights,
                                        std::size_t columns) {
    if (weights.empty()) return std::vector<double>(columns, 1.0);
    if (weights.size() != columns)
      throw InvalidOption(text({sampler, ": space.weights are ", weights.size(), " numbers but ", columns,
                                " columns count; give one weight for each of them"}));
    for (const double weight : weights)
      if (!(weight >= 0 && std::isfinite(weight)))
        throw_option(sampler, "space.weights", weight, "finite and at least 0");
    if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0; }))
      throw InvalidOption(text({sampler,
                                ": all space.weights are 0, so that no row is nearer than another; weight at "
                                "least one column more"}));
    return weights;
  }

  /// Of each column that counts.
  std::vector<ShiftAndScale> fitted(const MatrixView<S>& rows, Scaling scaling, const Execution& how) const {
    if (scaling == Scaling::none) return std::vector<ShiftAndScale>(columns_.size());
    std::vector<Index> others = all_rows(rows.cols());
    for (const Index column : columns_) std::erase(others, column);
    const auto fit = [&](const auto& fit_column) { return fit_columns("space", how, rows, others, fit_column); };
    const ColumnScaling of_all = scaling == Scaling::standard  ? fit(standard_of)
                                 : scaling == Scaling::min_max ? fit(min_max_of)
                                                               : fit(robust_of);
    std::vector<ShiftAndScale> out;
    for (const Index column : columns_) {
      const auto j = static_cast<std::size_t>(column);
      out.push_back({of_all.shift()[j], of_all.scale()[j]});
    }
    return out;
  }

  std::vector<Index> columns_;  // that count
  std::vector<double> weights_;
  std::vector<ShiftAndScale> shift_and_scale_;
};

/// The data of a sampler, with the space its options ask for. The view refers to this.
template <class S>
class SpacedData {
 public:
  /// Throws what FittedSpace throws.
  SpacedData(std::string_view sampler, const NeighborSpace& options, const DataView<S>& data, const Execution& how)
      : rows_(rows_for(sampler, options, data.space, how)),
        view_(data.with(data.X, rows_ ? view_of(*rows_) : data.space)) {}
  SpacedData(const SpacedData&) = delete;
  SpacedData& operator=(const SpacedData&) = delete;

  const DataView<S>& view() const { return view_; }

 private:
  static std::optional<Matrix<S>> rows_for(std::string_view sampler, const NeighborSpace& options,
                                           const MatrixView<S>& from, const Execution& how) {
    if (options == NeighborSpace{}) return {};
    return FittedSpace<S>(sampler, options, from, how)(from, how);
  }

  std::optional<Matrix<S>> rows_;
  DataView<S> view_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
