// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/kd_tree.hpp>

#include <algorithm>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

/// Checks everything below a node; returns the rows there.
std::vector<std::uint32_t> check_node(const detail::KdTree& tree, std::uint32_t number, const Matrix<float>& rows,
                                      const std::vector<float>& error) {
  const detail::TreeNode& node = tree.nodes.at(number);
  std::vector<std::uint32_t> below;
  if (node.column < 0) {
    const auto [first, last] = tree.leaves.at(node.next);
    below.assign(tree.order.begin() + first, tree.order.begin() + last);
  } else {
    const auto left = check_node(tree, number + 1, rows, error), right = check_node(tree, node.next, rows, error);
    for (const std::uint32_t row : left) REQUIRE(rows(row, node.column) <= node.low);
    for (const std::uint32_t row : right) REQUIRE(rows(row, node.column) >= node.high);
    REQUIRE(node.low <= node.high);
    below = left;
    below.insert(below.end(), right.begin(), right.end());
  }
  REQUIRE_FALSE(below.empty());
  REQUIRE(node.least_row == *std::min_element(below.begin(), below.end()));
  float most = 0;
  for (const std::uint32_t row : below) most = std::max(most, error[row]);
  REQUIRE(node.error == most);
  return below;
}

}  // namespace

TEST_CASE("every row is in one leaf, on its side of every split", "[kd_tree]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  const Index n = GENERATE(1, 2, 500, 8192, 8193, 40'000);
  CAPTURE(sets::name(kind), n);
  const Matrix<float> rows = sets::features(kind, n, 3).cast<float>();
  std::vector<float> error;
  for (Index i = 0; i < n; ++i) error.push_back(static_cast<float>(i * 7919 % 1000));
  const auto tree = detail::KdTreeBuilder(rows, error, 16).build({});
  auto below = check_node(tree, 0, rows, error);
  std::sort(below.begin(), below.end());
  REQUIRE(static_cast<Index>(below.size()) == n);
  for (std::uint32_t i = 0; i < below.size(); ++i) REQUIRE(below[i] == i);
}

TEST_CASE("the tree does not depend on the threads", "[kd_tree]") {
  const Matrix<float> rows = sets::features(Kind::continuous, 30'000, 4).cast<float>();
  const std::vector<float> error(30'000, 0.0f);
  const auto one = detail::KdTreeBuilder(rows, error, 64).build({.threads = 1});
  const auto three = detail::KdTreeBuilder(rows, error, 64).build({.threads = 3});
  CHECK(one.order == three.order);
  CHECK(one.nodes.size() == three.nodes.size());
  CHECK(std::equal(one.leaves.begin(), one.leaves.end(), three.leaves.begin(), three.leaves.end(),
                   [](const auto& a, const auto& b) { return a.first == b.first && a.last == b.last; }));
}
