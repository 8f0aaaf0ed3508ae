// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <span>

#include <rebalance/core/matrix.hpp>
#include <rebalance/neighbors/metric.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Rows and a metric over them, as a search sees them: it looks at floats of its own and measures what is left, so it is
/// compiled once and not for every metric and scalar.
class MeasuredRows {
 public:
  MeasuredRows(Index columns, double excess, bool euclidean)
      : columns_(columns), excess_(excess), euclidean_(euclidean) {}
  MeasuredRows(const MeasuredRows&) = default;
  MeasuredRows& operator=(const MeasuredRows&) = default;
  virtual ~MeasuredRows() = default;

  /// The canonical distance of two rows.
  virtual double between(Index a, Index b) const = 0;
  /// Writes the `columns` values of a row whose squared Euclidean distance bounds the metric from below.
  virtual void read(Index row, std::span<double> to) const = 0;

  Index columns() const noexcept { return columns_; }
  /// By how much that bound may exceed the metric.
  double excess() const noexcept { return excess_; }
  /// Whether that bound is the metric.
  bool euclidean() const noexcept { return euclidean_; }

 private:
  Index columns_;
  double excess_;
  bool euclidean_;
};

template <class Metric, class S>
class RowsBy final : public MeasuredRows {
 public:
  RowsBy(const Metric& metric, const MatrixView<S>& space)
      : MeasuredRows(metric.columns, metric.excess(), std::same_as<Metric, Euclidean>),
        metric_(metric),
        space_(space) {}

  double between(Index a, Index b) const override { return metric_.between(at(a), at(b)); }
  void read(Index row, std::span<double> to) const override {
    const S* from = at(row);
    for (double& value : to) value = static_cast<double>(*from++);
  }

 private:
  const S* at(Index row) const { return space_.data() + row * space_.outerStride(); }

  Metric metric_;
  MatrixView<S> space_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
