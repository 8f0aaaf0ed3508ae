// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <Eigen/Cholesky>

#include "../common/number_text.hpp"
#include "models.hpp"

namespace streaming_batches {

namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double ridge = 1;  // on all coefficients but the last, the intercept
constexpr Index most_passes = 30;
constexpr Index rows_at_once = 512;  // that are in double precision at a time

/// What one pass over the rows adds up for given coefficients.
struct Sums {
  double loss = 0;  // log loss of all rows, and the ridge
  VectorXd gradient;
  MatrixXd curvature;  // its lower half
  Index rows = 0, batches = 0;

  explicit Sums(const VectorXd& beta)
      : gradient(VectorXd::Zero(beta.size())), curvature(MatrixXd::Zero(beta.size(), beta.size())) {
    VectorXd shrunk = ridge * beta;
    shrunk[beta.size() - 1] = 0;
    gradient = shrunk;
    curvature.diagonal().head(beta.size() - 1).setConstant(ridge);
    loss = shrunk.dot(beta) / 2;
  }

  void add(const rebalance::Matrix<float>& X, const std::vector<int>& labels, const VectorXd& beta) {
    for (Index first = 0; first < X.rows(); first += rows_at_once) {
      const Index count = std::min(rows_at_once, X.rows() - first);
      MatrixXd A(count, beta.size());
      A << X.middleRows(first, count).cast<double>(), VectorXd::Ones(count);
      add(A, Eigen::Map<const Eigen::ArrayXi>(labels.data() + first, count).cast<double>(), beta);
    }
    rows += X.rows();
    ++batches;
  }

  VectorXd newton_step() const { return -curvature.selfadjointView<Eigen::Lower>().ldlt().solve(gradient); }

 private:
  void add(MatrixXd& A, const ArrayXd& y, const VectorXd& beta) {
    const ArrayXd z = (A * beta).array(), p = z.logistic();
    loss += (z.max(0) + (-z.abs()).exp().log1p() - y * z).sum();
    gradient += A.transpose() * (p - y).matrix();
    A.array().colwise() *= (p * (1 - p)).sqrt();
    curvature.selfadjointView<Eigen::Lower>().rankUpdate(A.transpose());
  }
};

Sums sums_over(Batches& batches, VectorXd& beta) {
  batches.restart();
  std::optional<Sums> sums;
  while (batches.next()) {
    if (beta.size() == 0) beta = VectorXd::Zero(batches.rows().cols() + 1);
    if (!sums) sums.emplace(beta);
    sums->add(batches.rows(), batches.labels(), beta);
  }
  return *std::move(sums);
}

}  // namespace

Taken fit_logistic_regression(Batches& batches, std::ostream& out) {
  Taken taken;
  VectorXd beta, before;
  double least = 0;
  while (taken.passes < most_passes) {
    const Sums sums = sums_over(batches, beta);
    taken = {sums.rows, sums.batches, taken.passes + 1};
    out << "pass " << taken.passes << ": mean log loss "
        << examples::decimal_text(sums.loss / static_cast<double>(sums.rows), 6) << '\n';
    if (taken.passes > 1 && sums.loss > least * (1 + 1e-9)) {  // the step went too far
      beta = (beta + before) / 2;
      continue;
    }
    if (taken.passes > 1 && least - sums.loss < 1e-7 * least) break;
    least = sums.loss;
    before = beta;
    beta += sums.newton_step();
  }
  return taken;
}

}  // namespace streaming_batches
