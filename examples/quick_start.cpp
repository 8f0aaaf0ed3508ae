// SPDX-License-Identifier: MIT
//
// A first minute with rebalance: read a real training set, balance it, and see where the new rows come from.

#include <algorithm>
#include <exception>
#include <iomanip>
#include <iostream>

#include <rebalance/rebalance.hpp>

#include "numeric_csv.hpp"

int main(int argc, char** argv) try {
  const auto [X, y] = read_numeric_csv(argc > 1 ? argv[1] : QUICK_START_CSV);

  const auto balanced = rebalance::resample(X, y, rebalance::Smote{.k_neighbors = 5, .seed = 42});

  std::cout << "class  before   after\n";
  for (const auto& [label, before, after] : balanced.counts)
    std::cout << std::setw(5) << label << std::setw(8) << before << std::setw(8) << after << '\n';

  const auto show = [](const char* what, rebalance::Index row, const auto& features) {
    std::cout << what << std::setw(5) << row << ':';
    for (const double value : features.head(std::min<rebalance::Index>(5, features.size())))
      std::cout << std::setw(10) << value;
    std::cout << " ...\n";
  };

  // Every input row is kept; the new ones follow. The plan says what each is made of.
  const auto last = std::min(X.rows() + 3, balanced.X.rows());
  for (auto row = X.rows(); row < last; ++row) {
    const auto& [base, neighbor, step] = balanced.plan[row];
    std::cout << "\nrow " << row << " = base + " << step << " * (neighbor - base)\n";
    show("  base     ", base, X.row(base));
    show("  neighbor ", neighbor, X.row(neighbor));
    show("  new row  ", row, balanced.X.row(row));
  }
} catch (const std::exception& error) {
  std::cerr << "quick_start: " << error.what() << '\n';
  return 1;
}
