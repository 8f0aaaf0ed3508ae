// SPDX-License-Identifier: MIT
#pragma once

// Logistic regression by iteratively reweighted least squares (Newton's method), for tests that need a model whose
// probabilities are right on the rows it saw.

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

#include <rebalance/core/matrix.hpp>

namespace logistic {

using rebalance::Index;
using rebalance::Matrix;

struct Model {
  Eigen::VectorXd coefficients;  // the intercept comes last

  std::vector<double> predict(const Matrix<double>& X) const {
    std::vector<double> out;
    for (Index i = 0; i < X.rows(); ++i) {
      const double logit = X.row(i).dot(coefficients.head(X.cols())) + coefficients(X.cols());
      out.push_back(1 / (1 + std::exp(-logit)));
    }
    return out;
  }
};

/// Labels 0 and 1; a weight for each row, or none. A trace of a ridge keeps separable data from running away.
inline Model fit(const Matrix<double>& X, const std::vector<int>& y, const std::vector<double>& weights = {}) {
  constexpr double ridge = 1e-6;
  const auto size = static_cast<std::size_t>(X.cols()) + 1;
  Model model{Eigen::VectorXd::Zero(X.cols() + 1)};
  for (int pass = 0; pass < 50; ++pass) {
    const auto p = model.predict(X);
    std::vector<double> row(size, 1.0);
    std::vector<double> slope(size);
    std::vector<double> curvature(size * size);
    for (Index i = 0; i < X.rows(); ++i) {  // plain loops: many rows, and tests also run unoptimized
      std::copy_n(X.data() + i * X.cols(), size - 1, row.begin());
      const auto here = static_cast<std::size_t>(i);
      const double weight = weights.empty() ? 1 : weights[here];
      const double off = weight * (y[here] - p[here]);
      const double bend = weight * p[here] * (1 - p[here]);
      for (std::size_t a = 0; a < size; ++a) {
        slope[a] += off * row[a];
        for (std::size_t b = 0; b <= a; ++b) curvature[a * size + b] += bend * row[a] * row[b];
      }
    }
    const auto columns = static_cast<Index>(size);
    Eigen::MatrixXd hessian = Eigen::Map<const Matrix<double>>(curvature.data(), columns, columns);
    hessian.diagonal().array() += ridge;
    const Eigen::VectorXd gradient =
        Eigen::Map<const Eigen::VectorXd>(slope.data(), columns) - ridge * model.coefficients;
    const Eigen::VectorXd step = hessian.selfadjointView<Eigen::Lower>().llt().solve(gradient);
    model.coefficients += step;
    if (step.norm() < 1e-8) break;
  }
  return model;
}

}  // namespace logistic
