// SPDX-License-Identifier: MIT
#pragma once

// The test side of a fold, without the fold: for tests of what is made of scores.

#include <vector>

#include <rebalance/evaluation/out_of_fold.hpp>

/// Test rows of which only labels and numbers matter.
template <class L>
rebalance::HeldOut<double, L> test_rows(std::vector<L> y, std::vector<rebalance::Index> rows,
                                        rebalance::Index fold = 0) {
  return {{}, std::move(y), std::move(rows), fold};
}

/// One fold with rows 0, 1, 2, ...
template <class L, class P>
rebalance::OutOfFold one_fold(const std::vector<L>& y, const P& scores, const rebalance::Label& positive) {
  std::vector<rebalance::Index> rows;
  for (std::size_t row = 0; row < y.size(); ++row) rows.push_back(static_cast<rebalance::Index>(row));
  rebalance::OutOfFold oof(positive);
  oof.add(test_rows(y, rows), scores);
  return oof;
}
