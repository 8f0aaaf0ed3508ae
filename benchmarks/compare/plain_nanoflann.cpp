// SPDX-License-Identifier: MIT
//
// nanoflann as its own examples use it: the tree's default leaf of 10 rows, queries in the order of the input, of which
// each thread takes its share.

#include <nanoflann.hpp>
#include <numeric>
#include <thread>

#include "worker.hpp"

namespace {

using bench::Answer;
using bench::Index;
using bench::Request;
using bench::Set;

/// What nanoflann asks of a point set.
struct Rows {
  const rebalance::Matrix<double>& X;

  std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(X.rows()); }
  double kdtree_get_pt(std::size_t row, std::size_t column) const {
    return X(static_cast<Index>(row), static_cast<Index>(column));
  }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Rows>, Rows>;

constexpr Index k = 5;
using Table = rebalance::Matrix<Index>;  // a row's number, then those of its neighbors

void search(const Tree& tree, const Set& set, Index first, Index last, Table& table) {
  std::vector<std::size_t> found(k + 1);
  std::vector<double> distances(k + 1);
  for (Index row = first; row < last; ++row) {
    nanoflann::KNNResultSet<double> nearest(k + 1);
    nearest.init(found.data(), distances.data());
    tree.findNeighbors(nearest, set.X.row(row).data(), {});
    table(row, 0) = row;
    Index at = 1;
    for (const std::size_t other : found)
      if (static_cast<Index>(other) != row && at <= k) table(row, at++) = static_cast<Index>(other);
  }
}

Answer k_nearest(const Request& request, const Set& set) {
  Table table(set.X.rows(), k + 1);
  Answer answer;
  answer.seconds = bench::seconds_of([&] {
    const Rows rows{set.X};
    const Tree tree(static_cast<std::int32_t>(set.X.cols()), rows, nanoflann::KDTreeSingleIndexAdaptorParams(10));
    const auto share = [&](int n) { return set.X.rows() * n / request.threads; };
    std::vector<std::thread> threads;
    for (int n = 0; n < request.threads; ++n)
      threads.emplace_back([&, n] { search(tree, set, share(n), share(n + 1), table); });
    for (std::thread& thread : threads) thread.join();
  });
  answer.output_bytes = static_cast<std::size_t>(table.size()) * sizeof(Index);
  for (Index row = 0; request.wants_result && row < table.rows(); ++row)
    answer.keys.push_back(bench::key_of_row(table.row(row).data(), k + 1));
  return answer;
}

}  // namespace

int main() { return bench::serve(k_nearest); }
