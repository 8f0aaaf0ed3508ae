// SPDX-License-Identifier: MIT
#pragma once

// Repeated editing as the reference's loop does it: from the second pass on it works on a set that the pass before
// returned class by class. So rows at equal distances come in another order than that of their numbers, and another of
// them may be the k-th neighbor. Here every pass is one EditedNearestNeighbors.

#include <algorithm>
#include <map>
#include <vector>

#include "runs.hpp"

namespace parity {

using Rows = std::vector<Index>;

inline std::map<int, Index> count_classes(const golden::View& view, const Rows& rows) {
  std::map<int, Index> out;
  for (const Index row : rows) ++out[view.y[static_cast<std::size_t>(row)]];
  return out;
}

/// The rows that stay, class by class.
inline Rows edited(const golden::View& view, const Rows& rows, const EditedNearestNeighbors& enn) {
  Matrix<double> X(static_cast<Index>(rows.size()), view.X.cols());
  std::vector<int> y;
  for (const Index row : rows) {
    X.row(static_cast<Index>(y.size())) = view.X.row(row);
    y.push_back(view.y[static_cast<std::size_t>(row)]);
  }
  Rows out;
  for (const Origin& origin : make_plan(X, y, enn)) out.push_back(rows[static_cast<std::size_t>(origin.base)]);
  std::stable_sort(out.begin(), out.end(), [&](Index a, Index b) {
    return view.y[static_cast<std::size_t>(a)] < view.y[static_cast<std::size_t>(b)];
  });
  return out;
}

/// The rows that RepeatedEditedNearestNeighbours and AllKNN of the reference keep, in its order.
inline Rows edited_in_passes(const golden::Case& c, const golden::View& view) {
  const bool all_knn = c.sampler() == "AllKNN";
  const Index k = c.number("k", 3);
  Rows rows(view.y.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<Index>(i);
  const auto first = count_classes(view, rows);
  int smallest = view.y[0];  // of equals the one seen first
  for (const int label : view.y)
    if (first.at(label) < first.at(smallest)) smallest = label;

  for (Index pass = 1; pass <= (all_knn ? k : c.number("max_iter", 100)); ++pass) {
    const std::size_t before = rows.size();
    rows = edited(
        view, rows,
        {.n_neighbors = all_knn ? pass : k, .vote = vote(c), .strategy = cleaned_classes(c), .min_per_class = 0});
    const auto left = count_classes(view, rows);
    const bool below = std::any_of(left.begin(), left.end(), [&](const auto& entry) {
      return entry.first != smallest && entry.second < first.at(smallest);
    });
    if (left.size() < first.size() || (below && !c.flag("allow_minority")) || (!all_knn && rows.size() == before))
      break;
  }
  return rows;
}

}  // namespace parity
