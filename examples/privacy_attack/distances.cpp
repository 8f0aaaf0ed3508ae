// SPDX-License-Identifier: MIT
#include "distances.hpp"

#include <algorithm>
#include <cmath>

namespace privacy_attack {

namespace {

/// The distances of a row to others, ascending.
std::vector<double> ascending_distances(const Row& from, const Matrix& to) {
  const Eigen::VectorXd squares = (to.rowwise() - from).rowwise().squaredNorm();
  std::vector<double> out(squares.begin(), squares.end());
  std::sort(out.begin(), out.end());
  for (double& square : out) square = std::sqrt(square);
  return out;
}

/// Two copies of a row are at distance 0 of it: nothing is nearer, and the ratio is 1.
double ratio_of_nearest(const std::vector<double>& ascending) {
  return ascending[1] > 0 ? ascending[0] / ascending[1] : 1;
}

bool is_copy(const Row& row, const Matrix& of) {
  for (Index i = 0; i < of.rows(); ++i)
    if (of.row(i) == row) return true;
  return false;
}

}  // namespace

Distances distances(const Matrix& synthetic, const Matrix& training, const Matrix& held_out) {
  const auto scaling = rebalance::Standardize{}.fit(training);
  const Matrix known = scaling(training), unknown = scaling(held_out), made = scaling(synthetic);
  Distances out;
  for (Index i = 0; i < made.rows(); ++i) {
    const auto near = ascending_distances(made.row(i), known);
    out.copies += is_copy(synthetic.row(i), training);
    out.closer += near[0] < ascending_distances(made.row(i), unknown)[0];
    out.ratios.push_back(ratio_of_nearest(near));
  }
  for (Index i = 0; i < unknown.rows(); ++i)
    out.held_out_ratios.push_back(ratio_of_nearest(ascending_distances(unknown.row(i), known)));
  std::sort(out.ratios.begin(), out.ratios.end());
  std::sort(out.held_out_ratios.begin(), out.held_out_ratios.end());
  return out;
}

double quantile(const std::vector<double>& ascending, double q) {
  const double place = q * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] + (ascending[above] - ascending[below]) * (place - static_cast<double>(below));
}

}  // namespace privacy_attack
