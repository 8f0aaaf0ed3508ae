// SPDX-License-Identifier: MIT
#pragma once

// Rows that a fold held out, without the fold: for tests of what is made of their scores.

#include <utility>
#include <vector>

#include <rebalance/evaluation/out_of_fold.hpp>

template <class L>
struct TestRows {
  std::vector<L> y;
  std::vector<rebalance::Index> rows;
  rebalance::Index fold = 0;
};

template <class L>
inline constexpr bool rebalance::detail::is_held_out<TestRows<L>> = true;

/// One fold with rows 0, 1, 2, ...
template <class L, class P>
rebalance::OutOfFold one_fold(const std::vector<L>& y, const P& scores, const rebalance::Label& positive) {
  TestRows<L> test{y, {}, 0};
  for (std::size_t row = 0; row < y.size(); ++row) test.rows.push_back(static_cast<rebalance::Index>(row));
  rebalance::OutOfFold oof(positive);
  oof.add(test, scores);
  return oof;
}
