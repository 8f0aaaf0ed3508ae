// SPDX-License-Identifier: MIT
// What the short code blocks of the README take for granted: they become the inside of main().
#pragma once

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
