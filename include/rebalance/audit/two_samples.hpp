// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// Throws ShapeMismatch for a sample without values, BadValue for one that is not finite.
inline void require_sample(std::string_view figure, std::span<const double> sample) {
  if (sample.empty()) throw ShapeMismatch(text({figure, ": a sample is empty; it needs at least one value"}));
  for (std::size_t i = 0; i < sample.size(); ++i)
    if (!std::isfinite(sample[i]))
      throw BadValue(text({figure, ": value ", i, " of a sample is ", sample[i], "; it must be finite"}),
                     static_cast<Index>(i), 0);
}

/// Throws InvalidOption for a value that stands after a greater one, and what require_sample throws.
inline void require_sorted(std::string_view figure, std::span<const double> sample) {
  require_sample(figure, sample);
  for (std::size_t i = 1; i < sample.size(); ++i)
    if (sample[i] < sample[i - 1])
      throw InvalidOption(text({figure, ": value ", i, " of a sample is ", sample[i], " and stands after ",
                                sample[i - 1], "; sort it ascending"}));
}

}  // namespace detail

/// The greatest distance between the distribution functions of two samples: the Kolmogorov-Smirnov statistic, from 0
/// (the same) to 1 (nothing in common). It sees any shift of one column; loss of spread in many columns it hardly sees.
///
/// In      two samples, each sorted ascending, finite, not empty; ties are one step of the function
/// Cost    O(n + m)      Throws  ShapeMismatch (empty), BadValue (not finite), InvalidOption (not sorted)
/// As      scipy.stats.ks_2samp(a, b).statistic
inline double kolmogorov_smirnov(std::span<const double> a, std::span<const double> b) {
  detail::require_sorted("kolmogorov_smirnov", a);
  detail::require_sorted("kolmogorov_smirnov", b);
  double most = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double value = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == value) ++i;
    while (j < b.size() && b[j] == value) ++j;
    const double below_a = static_cast<double>(i) / static_cast<double>(a.size());
    const double below_b = static_cast<double>(j) / static_cast<double>(b.size());
    most = std::max(most, std::abs(below_a - below_b));
  }
  return most;
}

/// How far values have to be moved to make one sample the other, on average: the Wasserstein distance of order 1 (earth
/// mover's distance), in the unit of the values. Unlike Kolmogorov-Smirnov it tells far from near.
///
/// In      two samples, each sorted ascending, finite, not empty
/// Cost    O(n + m)      Throws  as kolmogorov_smirnov
/// As      scipy.stats.wasserstein_distance(a, b)
inline double wasserstein(std::span<const double> a, std::span<const double> b) {
  detail::require_sorted("wasserstein", a);
  detail::require_sorted("wasserstein", b);
  std::vector<double> moved;  // between neighboring values: the distance of the functions times that of the values
  double before = std::min(a[0], b[0]);
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const double value = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    const double below_a = static_cast<double>(i) / static_cast<double>(a.size());
    const double below_b = static_cast<double>(j) / static_cast<double>(b.size());
    moved.push_back(detail::rounded(std::abs(below_a - below_b) * (value - before)));
    before = value;
    while (i < a.size() && a[i] == value) ++i;
    while (j < b.size() && b[j] == value) ++j;
  }
  return detail::pairwise_sum(moved);
}

/// Mean and standard deviation (of the population) of a sample.
struct Moments {
  double mean = 0;       ///< of the sample
  double deviation = 0;  ///< 0 if and only if all values are the same
  friend bool operator==(const Moments&, const Moments&) = default;
};

/// Mean and standard deviation of a sample. Squares neither overflow nor vanish, however large or small its values.
///
/// In      finite values up to 1e300 in size, at least one      Cost  O(n)      Throws  ShapeMismatch, BadValue
/// As      numpy.mean and numpy.std
inline Moments moments(std::span<const double> values) {
  detail::require_sample("moments", values);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least == *most) return {*least, 0};  // their computed mean may miss them by an ulp
  const auto n = static_cast<double>(values.size());
  const double mean = detail::pairwise_sum(values) / n;
  const double reach = std::max(*most - mean, mean - *least);
  std::vector<double> squares;
  squares.reserve(values.size());
  for (const double value : values) {
    const double part = (value - mean) / reach;
    squares.push_back(detail::rounded(part * part));
  }
  return {mean, reach * std::sqrt(detail::pairwise_sum(squares) / n)};
}

/// Pearson's correlation of two columns of one length, from -1 to 1; NaN where one of them is constant.
///
/// Cost    O(n)      Throws  ShapeMismatch (empty, or different lengths), BadValue (not finite)
/// As      numpy.corrcoef(a, b)[0, 1]
inline double correlation(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size())
    throw ShapeMismatch(detail::text({"correlation: one column has ", a.size(), " values and the other ", b.size(),
                                      "; both must speak of the same rows"}));
  const Moments of_a = moments(a), of_b = moments(b);
  if (of_a.deviation == 0 || of_b.deviation == 0) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> products;
  products.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    products.push_back(detail::rounded((a[i] - of_a.mean) / of_a.deviation * ((b[i] - of_b.mean) / of_b.deviation)));
  return std::clamp(detail::pairwise_sum(products) / static_cast<double>(a.size()), -1.0, 1.0);
}

}  // inline namespace
}  // namespace rebalance
