// SPDX-License-Identifier: MIT
#include <memory>
#include <numeric>
#include <utility>

#include <rebalance/neighbors/neighbor_search.hpp>

#include "learner.hpp"

namespace examples {

namespace {

std::vector<Index> counting(Index first, Index last) {
  std::vector<Index> out(static_cast<std::size_t>(last - first));
  std::iota(out.begin(), out.end(), first);
  return out;
}

struct Memory {
  Matrix X;
  std::vector<int> y;
};

/// The search finds rows of a matrix for rows of the same matrix, so the queries stand below the rows remembered.
std::vector<double> positive_share(const Memory& known, const Matrix& X, Index k, const rebalance::Execution& how) {
  const Index n = known.X.rows(), m = X.rows();
  Matrix both(n + m, X.cols());
  both << known.X, X;
  const rebalance::MatrixView<double> view(both.data(), n + m, X.cols(), Eigen::OuterStride<>(X.cols()));
  const auto nearest = rebalance::nearest_neighbors(view, counting(0, n), counting(n, n + m), k, how);

  std::vector<double> out;
  for (Index q = 0; q < m; ++q) {
    int positives = 0;
    for (const auto& neighbor : nearest[q]) positives += known.y[static_cast<std::size_t>(neighbor.row)];
    out.push_back(positives / static_cast<double>(k));
  }
  return out;
}

}  // namespace

Learner nearest_neighbor_share(Index k, const rebalance::Execution& how) {
  return {"knn", false, [k, how](const Matrix& X, const std::vector<int>& y, const std::vector<double>&) -> Predictor {
            const auto known = std::make_shared<const Memory>(Memory{X, y});
            return [known, k, how](const Matrix& queries) { return positive_share(*known, queries, k, how); };
          }};
}

}  // namespace examples
