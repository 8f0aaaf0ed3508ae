// SPDX-License-Identifier: MIT
#pragma once

// What must hold of splits, whatever made them, and rows to make them of.

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

namespace splits {

using rebalance::Index;
using rebalance::RowFacts;
using rebalance::Split;

inline std::vector<std::vector<Index>> tests(const std::vector<Split>& splits) {
  std::vector<std::vector<Index>> out;
  for (const Split& split : splits) out.push_back(split.test);
  return out;
}

/// Both sides ascend without repeats, have a row at least, and share none.
inline bool well_formed(const Split& split, Index rows) {
  const auto ascending = [&](const std::vector<Index>& side) {
    return !side.empty() && side.front() >= 0 && side.back() < rows &&
           std::adjacent_find(side.begin(), side.end(), std::greater_equal<>()) == side.end();
  };
  std::vector<Index> both;
  std::set_intersection(split.train.begin(), split.train.end(), split.test.begin(), split.test.end(),
                        std::back_inserter(both));
  return ascending(split.train) && ascending(split.test) && both.empty();
}

inline bool well_formed(const std::vector<Split>& splits, Index rows) {
  return std::all_of(splits.begin(), splits.end(), [&](const Split& split) { return well_formed(split, rows); });
}

/// Every row is tested in one of the splits.
inline bool tested_once(const std::vector<Split>& splits, Index rows) {
  std::vector<int> times(static_cast<std::size_t>(rows), 0);
  for (const Split& split : splits)
    for (const Index row : split.test) ++times[static_cast<std::size_t>(row)];
  return std::all_of(times.begin(), times.end(), [](int t) { return t == 1; });
}

/// No row is left out.
inline bool complete(const std::vector<Split>& splits, Index rows) {
  return std::all_of(splits.begin(), splits.end(), [&](const Split& split) {
    return static_cast<Index>(split.train.size() + split.test.size()) == rows;
  });
}

/// What k folds are: well formed, complete, every row tested once.
inline bool k_folds(const std::vector<Split>& splits, Index n_splits, Index rows) {
  return static_cast<Index>(splits.size()) == n_splits && well_formed(splits, rows) && complete(splits, rows) &&
         tested_once(splits, rows);
}

/// The most rows of a test side less the fewest, of all rows or of one class.
inline Index size_range(const std::vector<Split>& splits) {
  std::vector<std::size_t> sizes;
  for (const Split& split : splits) sizes.push_back(split.test.size());
  const auto [least, most] = std::minmax_element(sizes.begin(), sizes.end());
  return static_cast<Index>(*most - *least);
}
inline Index size_range(const std::vector<Split>& splits, const std::vector<int>& y, int label) {
  std::vector<Index> sizes;
  for (const Split& split : splits)
    sizes.push_back(std::count_if(split.test.begin(), split.test.end(),
                                  [&](Index row) { return y[static_cast<std::size_t>(row)] == label; }));
  const auto [least, most] = std::minmax_element(sizes.begin(), sizes.end());
  return *most - *least;
}

/// No group stands on both sides of a split.
template <class Groups>
bool groups_whole(const std::vector<Split>& splits, const Groups& groups) {
  for (const Split& split : splits) {
    std::set<typename Groups::value_type> trained;
    for (const Index row : split.train) trained.insert(groups[static_cast<std::size_t>(row)]);
    for (const Index row : split.test)
      if (trained.contains(groups[static_cast<std::size_t>(row)])) return false;
  }
  return true;
}

/// `rows` numbers below `count`, each drawn; the larger ones are rarer with a `skew` above 1.
inline std::vector<int> drawn(Index rows, int count, unsigned seed, double skew = 1) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> uniform;
  std::vector<int> out;
  for (Index row = 0; row < rows; ++row) out.push_back(static_cast<int>(count * std::pow(uniform(engine), skew)));
  return out;
}

/// The same under other names, whose order is another one.
inline std::vector<std::string> renamed(const std::vector<int>& numbers) {
  std::vector<std::string> out;
  for (const int number : numbers) {
    out.emplace_back(1, static_cast<char>('z' - number % 26));
    out.back() += std::to_string(number);
  }
  return out;
}

}  // namespace splits
