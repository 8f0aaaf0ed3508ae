// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/evaluation/prior_shift.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// When `estimate_prior` stops.
struct PriorSearch {
  Index max_iterations = 10'000;  ///< at least 1
  double tolerance = 1e-8;        ///< largest change of a share in one iteration, above 0
};

/// What `estimate_prior` found.
struct PriorEstimate {
  Prior prior;             ///< in the order of `trained_on`
  Index iterations = 0;    ///< done
  bool converged = false;  ///< false: stopped by max_iterations
  /// Mean log-likelihood of a row under the shares that each iteration began with, less that under `trained_on`: begins
  /// with 0 and never falls but by rounding. Twice the number of rows times the last one is the likelihood ratio
  /// statistic of "the shares are those of training", chi-squared with C - 1 degrees of freedom.
  std::vector<double> gain;
};

namespace detail {

/// Rows of P as distributions that sum to 1, sorted: then no sum over them depends on the order they came in.
template <class S>
Matrix<double> sorted_distributions(const MatrixView<S>& P) {
  std::vector<Index> order(static_cast<std::size_t>(P.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    const S* left = P.data() + a * P.outerStride();
    const S* right = P.data() + b * P.outerStride();
    return std::lexicographical_compare(left, left + P.cols(), right, right + P.cols());
  });
  Matrix<double> out(P.rows(), P.cols());
  for (Index row = 0; row < P.rows(); ++row) {
    double sum = 0;  // not Eigen's sum(): its order depends on the width of the machine's registers
    for (Index c = 0; c < P.cols(); ++c)
      sum += out(row, c) = static_cast<double>(P(order[static_cast<std::size_t>(row)], c));
    out.row(row) /= sum;
  }
  return out;
}

/// One iteration: each row's probabilities under the shares so far (E), the mean of which are the next shares (M).
struct PriorStep {
  std::vector<double> shares;
  double gain = 0;
};

inline PriorStep next_shares(const Matrix<double>& P, const Prior& trained_on, const Prior& prior) {
  std::vector<double> weights;
  for (std::size_t c = 0; c < prior.size(); ++c) weights.push_back(prior[c].share / trained_on[c].share);
  PriorStep next{std::vector<double>(prior.size(), 0.0)};
  std::vector<double> p(prior.size());
  for (Index row = 0; row < P.rows(); ++row) {
    std::copy_n(P.data() + row * P.cols(), p.size(), p.begin());
    next.gain += std::log(reweigh(p, weights));
    for (std::size_t c = 0; c < p.size(); ++c) next.shares[c] += p[c];
  }
  for (double& share : next.shares) share /= static_cast<double>(P.rows());
  next.gain /= static_cast<double>(P.rows());
  return next;
}

inline PriorEstimate most_likely_prior(const Matrix<double>& P, const Prior& trained_on, const PriorSearch& search) {
  PriorEstimate out;
  out.prior = trained_on;
  while (!out.converged && out.iterations < search.max_iterations) {
    const PriorStep next = next_shares(P, trained_on, out.prior);
    double change = 0;
    for (std::size_t c = 0; c < out.prior.size(); ++c) {
      change = std::max(change, std::abs(next.shares[c] - out.prior[c].share));
      out.prior[c].share = next.shares[c];
    }
    out.gain.push_back(next.gain);
    ++out.iterations;
    out.converged = change <= search.tolerance;
  }
  return out;
}

}  // namespace detail

/// The shares of the classes where labels are not known yet: those under which the model's own probabilities for the
/// new rows are most likely. Correct with `PriorShift(trained_on, estimate.prior)`.
///
/// In      P           n x C raw probabilities for the new rows, not corrected yet; each row sums to 1
///         trained_on  the shares the model saw, in the order of the columns: `prior_shift(train).trained_on()`
/// Out     the same bits for any order of rows. A class to which no row gives a probability gets share 0, which
///         PriorShift refuses: leave the class out of both
/// Cost    O(n C) an iteration, O(n C log n) once; memory O(n C). The less the classes overlap the fewer iterations
/// Throws  ShapeMismatch (P has no rows, number of columns), BadValue (as `PriorShift::corrected`), InvalidOption
///         (as PriorShift; an option out of range)
/// Trust   as for PriorShift: p(x | class) must be that of training and the model calibrated. A drift within the
///         classes reads as a drift of the shares
/// Source  Saerens, Latinne, Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities",
///         Neural Computation 14, 2002
template <FeatureMatrix M>
PriorEstimate estimate_prior(const M& P, const Prior& trained_on, const PriorSearch& search = {}) {
  detail::require_prior("trained_on", trained_on);
  if (search.max_iterations < 1)
    detail::throw_option("estimate_prior", "max_iterations", search.max_iterations, "at least 1");
  if (!(search.tolerance > 0)) detail::throw_option("estimate_prior", "tolerance", search.tolerance, "above 0");
  if (P.rows() == 0) detail::throw_empty("P", P.rows(), P.cols());
  const detail::RowMajor<detail::scalar_of<M>> given(P);
  detail::require_distributions(given.view(), trained_on.size());
  return detail::most_likely_prior(detail::sorted_distributions(given.view()), trained_on, search);
}

}  // inline namespace
}  // namespace rebalance
