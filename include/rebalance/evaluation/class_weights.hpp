// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <rebalance/core/classes.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What a row of a class counts.
template <class L>
struct ClassWeight {
  L label{};          ///< of the class
  double weight = 1;  ///< of each of its rows
  friend bool operator==(const ClassWeight&, const ClassWeight&) = default;
};

namespace detail {

template <class L>
std::vector<ClassWeight<L>> balanced_weights_of(const EncodedLabels<L>& y) {
  if (y.codes.empty()) throw ShapeMismatch("balanced_weights: y is empty; give at least one label");
  const std::vector<Index> rows = counts_of(y);
  std::vector<ClassWeight<L>> out;
  for (std::size_t c = 0; c < rows.size(); ++c)
    out.push_back({y.values[c], static_cast<double>(y.codes.size()) /
                                    static_cast<double>(static_cast<Index>(rows.size()) * rows[c])});
  return out;
}

}  // namespace detail

/// The baseline that needs no resampling: a learner that takes weights, and these weights, so that every class
/// weighs the same. Try it before any sampler.
///
/// Out     n / (K n_c) for each of the K classes in y, in sorted label order; all rows together weigh n
/// Cost    O(n log K)
/// Throws  ShapeMismatch (y is empty)
/// Trap    weights shift predicted probabilities as resampling does: the model sees every class with a share of 1 / K.
///         `PriorShift({{0, .5}, {1, .5}}, prior_of(y))` takes them back
/// Same as scikit-learn's class_weight="balanced"
/// Source  King, Zeng, "Logistic regression in rare events data", Political Analysis 9, 2001
template <LabelRange Y>
std::vector<ClassWeight<detail::label_of<Y>>> balanced_weights(const Y& y) {
  return detail::balanced_weights_of(detail::encode<detail::label_of<Y>>(y));
}

/// `balanced_weights` for every row, as learners take them: the weight of its class.
///
/// Out     n weights, in the order of y
/// Cost, throws  as for balanced_weights
template <LabelRange Y>
std::vector<double> row_weights(const Y& y) {
  const auto encoded = detail::encode<detail::label_of<Y>>(y);
  const auto weights = detail::balanced_weights_of(encoded);
  std::vector<double> out;
  out.reserve(encoded.codes.size());
  for (const std::uint32_t code : encoded.codes) out.push_back(weights[code].weight);
  return out;
}

}  // inline namespace
}  // namespace rebalance
