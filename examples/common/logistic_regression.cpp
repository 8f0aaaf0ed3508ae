// SPDX-License-Identifier: MIT
#include <Eigen/Cholesky>
#include <cmath>

#include "learner.hpp"

namespace examples {

namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Takes columns to mean 0 and deviation 1 as the training rows have them, and puts a column of ones before them. A
/// constant column becomes 0.
struct Design {
  Eigen::RowVectorXd mean, scale;

  explicit Design(const Matrix& X) : mean(X.colwise().mean()) {
    const auto variance = (X.rowwise() - mean).array().square().colwise().mean();
    scale = (variance > 0).select(variance.sqrt().inverse(), 0).matrix();
  }
  MatrixXd operator()(const Matrix& X) const {
    MatrixXd out(X.rows(), X.cols() + 1);
    out << VectorXd::Ones(X.rows()), ((X.rowwise() - mean).array().rowwise() * scale.array()).matrix();
    return out;
  }
};

/// What the fit makes small: weighted log loss, and the ridge on all coefficients but the first, the intercept.
struct Loss {
  const MatrixXd& A;
  const ArrayXd& y;
  const ArrayXd& weights;
  VectorXd ridge;

  double operator()(const VectorXd& beta) const {
    const ArrayXd z = (A * beta).array();
    const ArrayXd softplus = z.max(0) + (-z.abs()).exp().log1p();
    return (weights * (softplus - y * z)).sum() + 0.5 * (ridge.array() * beta.array().square()).sum();
  }
  VectorXd newton_step(const VectorXd& beta) const {
    const ArrayXd p = (A * beta).array().logistic();
    const VectorXd gradient = A.transpose() * (weights * (y - p)).matrix() - ridge.cwiseProduct(beta);
    const VectorXd curvature = (weights * p * (1 - p)).matrix();
    MatrixXd hessian = A.transpose() * curvature.asDiagonal() * A;
    hessian.diagonal() += ridge;
    return hessian.ldlt().solve(gradient);
  }
};

/// Newton's method (iteratively reweighted least squares); a step that overshoots is halved.
VectorXd minimum_of(const Loss& loss, Index size) {
  VectorXd beta = VectorXd::Zero(size);
  double now = loss(beta);
  for (int iteration = 0; iteration < 50; ++iteration) {
    VectorXd step = loss.newton_step(beta);
    double next = loss(beta + step);
    for (int halvings = 0; next > now && halvings < 30; ++halvings) next = loss(beta + (step *= 0.5));
    if (!(next < now)) break;
    beta += step;
    if (now - next < 1e-10 * (1 + now)) break;
    now = next;
  }
  return beta;
}

}  // namespace

Learner logistic_regression(double ridge) {
  return {"logit", true,
          [ridge](const Matrix& X, const std::vector<int>& y, const std::vector<double>& weights) -> Predictor {
            const Design design(X);
            const MatrixXd A = design(X);
            const ArrayXd labels = Eigen::Map<const Eigen::ArrayXi>(y.data(), X.rows()).cast<double>();
            const ArrayXd row_weights = weights.empty() ? ArrayXd::Ones(X.rows())
                                                        : ArrayXd(Eigen::Map<const ArrayXd>(weights.data(), X.rows()));
            VectorXd penalty = VectorXd::Constant(A.cols(), ridge);
            penalty[0] = 0;
            const VectorXd beta = minimum_of({A, labels, row_weights, penalty}, A.cols());
            return [design, beta](const Matrix& rows) {
              const ArrayXd p = (design(rows) * beta).array().logistic();
              return std::vector<double>(p.begin(), p.end());
            };
          }};
}

}  // namespace examples
