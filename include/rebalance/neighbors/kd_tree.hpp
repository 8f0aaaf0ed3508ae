// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nanoflann.hpp>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <rebalance/core/execution.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/parallel.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// An inner node splits a column; its left child is the next node. A leaf has no column.
struct TreeNode {
  float low = 0, high = 0;  ///< the largest value on the left, the smallest on the right
  float error = 0;          ///< by how much any row below may be misplaced
  std::int32_t column = -1;
  std::uint32_t next = 0;       ///< the right child, or the number of the leaf
  std::uint32_t least_row = 0;  ///< the smallest number of a row below
};
/// The rows [first, last) in the order of the tree.
struct TreeLeaf {
  std::uint32_t first, last;
};

/// How a k-d tree splits some rows. The root is the first node.
struct KdTree {
  std::vector<std::uint32_t> order;  ///< of the rows, leaf by leaf
  std::vector<TreeNode> nodes;
  std::vector<TreeLeaf> leaves;
};

/// Builds one: a few splits at the median make parts, and nanoflann (1.4.2 or newer) makes a tree of each, in
/// parallel. Into how many parts depends on the rows alone. The only place that knows nanoflann. O(n log n * d).
/// Where there is no memory, nanoflann says so on stderr, and throws std::bad_alloc.
class KdTreeBuilder {
 public:
  /// `error` says by how much each row may be misplaced.
  KdTreeBuilder(const Matrix<float>& rows, const std::vector<float>& error, std::size_t leaf_size)
      : rows_(rows), error_(error), leaf_size_(leaf_size) {}

  KdTree build(const Execution& how) {
    const auto n = static_cast<std::uint32_t>(rows_.rows());
    tree_.order.resize(n);
    std::iota(tree_.order.begin(), tree_.order.end(), 0u);
    split(0, n, how);
    std::vector<KdTree> trees(parts_.size());
    parallel_for(how, "preparing neighbors", static_cast<Index>(parts_.size()), 1, [&](Index part, Index) {
      trees[static_cast<std::size_t>(part)] = tree_of(parts_[static_cast<std::size_t>(part)]);
    });
    add(0, n, trees);
    return std::move(tree_);
  }

 private:
  static constexpr std::uint32_t part_size = 8192;

  /// The rows of one part, as nanoflann reads them.
  struct Part {
    const Matrix<float>* rows;
    std::span<const std::uint32_t> of;
    std::size_t kdtree_get_point_count() const { return of.size(); }
    float kdtree_get_pt(std::uint32_t i, std::size_t j) const { return (*rows)(of[i], static_cast<Index>(j)); }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
      return false;
    }
  };
  using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, Part>, Part, -1, std::uint32_t>;

  // Its parts are public in every version, under two spellings.
  template <class T>
  static auto root_of(const T& tree) {
    if constexpr (requires { tree.root_node_; }) return tree.root_node_;
    else return tree.root_node;
  }
  template <class T>
  static const auto& order_of(const T& tree) {
    if constexpr (requires { tree.vAcc_; }) return tree.vAcc_;
    else return tree.vAcc;
  }

  float value(std::uint32_t row, Index column) const { return rows_(row, column); }

  /// Halves the rows [first, last) of the order until they are small enough for a part. Of millions of rows that takes
  /// seconds, so every cut is reported.
  void split(std::uint32_t first, std::uint32_t last, const Execution& how) {
    if (last - first <= part_size) {
      parts_.push_back({first, last});
      return;
    }
    const std::uint32_t middle = first + (last - first) / 2;
    const Index column = widest_column(first, last);
    std::vector<std::pair<float, std::uint32_t>> keys;  // side by side, since sorting reads them often
    keys.reserve(last - first);
    for (std::uint32_t i = first; i < last; ++i) keys.emplace_back(value(tree_.order[i], column), tree_.order[i]);
    std::nth_element(keys.begin(), keys.begin() + (middle - first), keys.end());
    for (std::uint32_t i = first; i < last; ++i) tree_.order[i] = keys[i - first].second;
    cuts_.push_back({column, middle});
    report(how, "preparing neighbors", static_cast<double>(first) / static_cast<double>(tree_.order.size()));
    split(first, middle, how);
    split(middle, last, how);
  }

  Index widest_column(std::uint32_t first, std::uint32_t last) const {
    Index widest = 0;
    float most = -1;
    for (Index column = 0; column < rows_.cols(); ++column) {
      float low = std::numeric_limits<float>::max(), high = std::numeric_limits<float>::lowest();
      for (std::uint32_t i = first; i < last; ++i) {
        low = std::min(low, value(tree_.order[i], column));
        high = std::max(high, value(tree_.order[i], column));
      }
      if (high - low > most) widest = column;
      most = std::max(most, high - low);
    }
    return widest;
  }

  KdTree tree_of(const TreeLeaf& part) const {
    const std::span<const std::uint32_t> of(tree_.order.data() + part.first, part.last - part.first);
    const Part rows{&rows_, of};
    const Tree tree(static_cast<int>(rows_.cols()), rows, {leaf_size_});
    KdTree out;
    for (const auto i : order_of(tree)) out.order.push_back(of[i]);
    add_nodes(*root_of(tree), part.first, out);
    return out;
  }

  template <class From>
  std::uint32_t add_nodes(const From& from, std::uint32_t offset, KdTree& to) const {
    const auto number = static_cast<std::uint32_t>(to.nodes.size());
    to.nodes.emplace_back();
    TreeNode node;
    if (from.child1 == nullptr) {
      const auto first = static_cast<std::uint32_t>(from.node_type.lr.left);
      const auto last = static_cast<std::uint32_t>(from.node_type.lr.right);
      node.next = static_cast<std::uint32_t>(to.leaves.size());
      node.least_row = std::numeric_limits<std::uint32_t>::max();
      for (std::uint32_t i = first; i < last; ++i) {
        node.least_row = std::min(node.least_row, to.order[i]);
        node.error = std::max(node.error, error_[to.order[i]]);
      }
      to.leaves.push_back({offset + first, offset + last});
    } else {
      node.column = from.node_type.sub.divfeat;
      node.low = static_cast<float>(from.node_type.sub.divlow);
      node.high = static_cast<float>(from.node_type.sub.divhigh);
      add_nodes(*from.child1, offset, to);
      node.next = add_nodes(*from.child2, offset, to);
      summarize(node, to.nodes[number + 1], to.nodes[node.next]);
    }
    to.nodes[number] = node;
    return number;
  }

  static void summarize(TreeNode& node, const TreeNode& left, const TreeNode& right) {
    node.least_row = std::min(left.least_row, right.least_row);
    node.error = std::max(left.error, right.error);
  }

  /// Adds what `split` made of [first, last), in the order it made it.
  std::uint32_t add(std::uint32_t first, std::uint32_t last, const std::vector<KdTree>& trees) {
    const auto number = static_cast<std::uint32_t>(tree_.nodes.size());
    if (last - first <= part_size) {
      const KdTree& tree = trees[next_part_++];
      const auto leaf = static_cast<std::uint32_t>(tree_.leaves.size());
      for (TreeNode node : tree.nodes) {
        node.next += node.column < 0 ? leaf : number;
        tree_.nodes.push_back(node);
      }
      tree_.leaves.insert(tree_.leaves.end(), tree.leaves.begin(), tree.leaves.end());
      std::copy(tree.order.begin(), tree.order.end(), tree_.order.begin() + first);
      return number;
    }
    const Cut cut = cuts_[next_cut_++];
    tree_.nodes.emplace_back();
    TreeNode node;
    node.column = static_cast<std::int32_t>(cut.column);
    node.low = std::numeric_limits<float>::lowest();
    node.high = std::numeric_limits<float>::max();
    for (std::uint32_t i = first; i < cut.middle; ++i) node.low = std::max(node.low, value(tree_.order[i], cut.column));
    for (std::uint32_t i = cut.middle; i < last; ++i)
      node.high = std::min(node.high, value(tree_.order[i], cut.column));
    add(first, cut.middle, trees);
    node.next = add(cut.middle, last, trees);
    summarize(node, tree_.nodes[number + 1], tree_.nodes[node.next]);
    tree_.nodes[number] = node;
    return number;
  }

  struct Cut {
    Index column;
    std::uint32_t middle;
  };

  const Matrix<float>& rows_;
  const std::vector<float>& error_;
  std::size_t leaf_size_;
  KdTree tree_;
  std::vector<TreeLeaf> parts_;
  std::vector<Cut> cuts_;
  std::size_t next_part_ = 0, next_cut_ = 0;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
