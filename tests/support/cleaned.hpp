// SPDX-License-Identifier: MIT
#pragma once

// What the tests of all cleaners ask of a plan.

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "sets.hpp"

namespace cleaned {

using namespace rebalance;
using RowNumbers = std::vector<Index>;

inline RowNumbers kept(const Plan& plan) {
  RowNumbers out;
  for (const Origin& origin : plan) out.push_back(origin.base);
  return out;
}

inline RowNumbers removed(const Plan& plan) {
  RowNumbers out;
  for (const Removal& removal : plan.removed()) out.push_back(removal.origin.base);
  return out;
}

/// The one column of a set on a line.
inline Matrix<double> line(const std::vector<double>& places) {
  Matrix<double> X(static_cast<Index>(places.size()), 1);
  for (Index i = 0; i < X.rows(); ++i) X(i, 0) = places[static_cast<std::size_t>(i)];
  return X;
}

/// Kept and removed rows are the input rows, each once; kept ones in order, removed ones in order within a pass.
inline void check_account(const Plan& plan, Index rows) {
  RowNumbers all = kept(plan);
  CHECK(std::is_sorted(all.begin(), all.end()));
  const RowNumbers gone = removed(plan);
  all.insert(all.end(), gone.begin(), gone.end());
  std::sort(all.begin(), all.end());
  CHECK(all == sets::numbers(rows));
  CHECK(std::is_sorted(plan.removed().begin(), plan.removed().end(), [](const Removal& a, const Removal& b) {
    return a.pass < b.pass || (a.pass == b.pass && a.origin.base < b.origin.base);
  }));
}

/// The rows kept of a shuffled set, in the numbers of the set as it was.
template <class Sampler>
RowNumbers kept_when_shuffled(const Matrix<double>& X, const std::vector<int>& y, const Sampler& sampler,
                              unsigned seed) {
  RowNumbers order = sets::numbers(X.rows());
  std::shuffle(order.begin(), order.end(), std::mt19937(seed));
  Matrix<double> shuffled(X.rows(), X.cols());
  std::vector<int> labels;
  for (Index i = 0; i < X.rows(); ++i) {
    shuffled.row(i) = X.row(order[static_cast<std::size_t>(i)]);
    labels.push_back(y[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])]);
  }
  RowNumbers out;
  for (const Index row : kept(make_plan(shuffled, labels, sampler)))
    out.push_back(order[static_cast<std::size_t>(row)]);
  std::sort(out.begin(), out.end());
  return out;
}

/// The labels by other names: 0, 1, 2 .. become the names given.
inline std::vector<int> renamed(const std::vector<int>& y, const std::vector<int>& names) {
  std::vector<int> out;
  for (const int label : y) out.push_back(names[static_cast<std::size_t>(label)]);
  return out;
}

/// The plan is the same on any number of threads, from both backends.
template <class Sampler>
void check_execution(const Matrix<double>& X, const std::vector<int>& y, const Sampler& sampler) {
  const Plan plan = make_plan(X, y, sampler);
  for (const int threads : {1, 3})
    for (const Backend backend : {Backend::kd_tree, Backend::brute_force})
      CHECK(make_plan(Execution{.threads = threads, .backend = backend}, X, y, sampler) == plan);
}

/// The notes about a class (or about the whole set: ""), a line each.
inline std::string note(const Plan& plan, const std::string& label) {
  std::string out;
  for (const Note& note : plan.notes())
    if (note.label.text == label) out += (out.empty() ? "" : "\n") + note.text;
  return out;
}

inline const std::vector<sets::Kind>& kinds() {
  using sets::Kind;
  static const std::vector<Kind> all{Kind::continuous,       Kind::lattice, Kind::duplicates, Kind::far_off,
                                     Kind::constant_columns, Kind::tiny,    Kind::huge};
  return all;
}

}  // namespace cleaned
