// SPDX-License-Identifier: MIT
// What the short code blocks of the README take for granted: they become the inside of main().
#pragma once

#include <cmath>
#include <iostream>
#include <rebalance/rebalance.hpp>
#include <string>
#include <vector>

using namespace rebalance;

// 170 rows of class 0 around the origin, 30 of class 1 around (1, 1, 1, 1).
const Eigen::MatrixXd X = [] {
  Eigen::MatrixXd rows(200, 4);
  for (Eigen::Index i = 0; i < rows.rows(); ++i)
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      const auto scattered = static_cast<double>((i * 7919 + j * 104729 + i * i * 31) % 1000) / 1000.0;
      rows(i, j) = scattered + (i < 170 ? 0.0 : 1.0);
    }
  return rows;
}();

const std::vector<int> y = [] {
  std::vector<int> labels(170, 0);
  labels.resize(200, 1);
  return labels;
}();

// The same with class 1 moved into class 0.
const Eigen::MatrixXd overlapping = [] {
  Eigen::MatrixXd rows = X;
  rows.bottomRows(30).array() -= 0.9;
  return rows;
}();

const std::vector<int> patient = [] {
  std::vector<int> groups;
  for (int row = 0; row < 200; ++row) groups.push_back(row / 4);
  return groups;
}();

// The smallest of models, in place of yours: how much nearer a row is to the mean of class 1 than to that of class 0,
// as a probability.
struct Model {
  Eigen::RowVectorXd mean[2];

  template <class Rows>
  std::vector<double> predict(const Rows& rows) const {
    std::vector<double> out;
    for (Eigen::Index i = 0; i < rows.rows(); ++i)
      out.push_back(1 / (1 + std::exp((rows.row(i) - mean[1]).squaredNorm() - (rows.row(i) - mean[0]).squaredNorm())));
    return out;
  }
};

template <class Rows>
Model fit(const Rows& rows, const std::vector<int>& labels) {
  Model model{{Eigen::RowVectorXd::Zero(rows.cols()), Eigen::RowVectorXd::Zero(rows.cols())}};
  double count[2] = {0, 0};
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    const int label = labels[static_cast<std::size_t>(i)];
    model.mean[label] += rows.row(i);
    ++count[label];
  }
  for (const int label : {0, 1}) model.mean[label] /= count[label];
  return model;
}
