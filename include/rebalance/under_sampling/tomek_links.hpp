// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/point_set.hpp>
#include <rebalance/under_sampling/cleaning.hpp>

namespace rebalance {
inline namespace v0 {

/// Which ends of a Tomek link go.
enum class Ends {
  by_strategy,  ///< those in classes that the strategy names
  majority,     ///< the one in the larger class, both if the classes are equally large; where the strategy allows
  both          ///< both, whatever their classes
};

namespace detail {
template <>
inline constexpr EnumNames enum_names<Ends>{"Ends", {"by_strategy", "majority", "both"}};
}  // namespace detail

/// Tomek links: leaves out rows that form a link, which is two rows of different classes with no row nearer to either
/// of them than they are to each other. Such rows are noise or lie on the border. Removes little: often the last step
/// after over-sampling. One pass; removing links may make new ones.
///
/// Out     the rows kept, unchanged and in input order; every row left out is listed in the plan. Shuffling the rows
///         or renaming the classes keeps the same rows, with ties too unless `strict` or the floor breaks them
/// Cost    one search for the nearest neighbor of each row, O(n log n * d) for small d, else O(n^2 d). Many rows equally
///         far from their nearest (lattices, duplicates) cost one more such search among them for each of their
///         classes. Memory O(n)
/// Throws  InvalidOption (an option out of range, Ends::both with a strategy other than all()), TooFewClasses
/// Differs from imbalanced-learn: equally near rows count (a row and its copy of another class are a link), as the
///         definition is about distances; `strict` is imbalanced-learn's reading. No class is emptied unless
///         min_per_class = 0 allows it
/// Source  Tomek, "Two modifications of CNN", IEEE Trans. Systems, Man, and Cybernetics 6 (11), 1976
struct TomekLinks {
  Strategy strategy = {};         ///< classes that may lose rows
  Ends ends = Ends::by_strategy;  ///< which ends of a link go
  bool strict = false;            ///< only if each is the other's one nearest row, of equals the smaller row number
  Index min_per_class = 1;        ///< a class is never left with fewer rows; the ends of its longest links stay

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("strategy", self.strategy);
    use("ends", self.ends);
    use("strict", self.strict);
    use("min_per_class", self.min_per_class);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("TomekLinks", *this); }
  friend bool operator==(const TomekLinks&, const TomekLinks&) = default;
};

namespace detail {

/// Finds the ends of links. A link of a and b means d(a, b) = reach(a) = reach(b), where the reach of a row is the
/// distance to its nearest other row. So a partner is to be sought only among the rows of the same reach, and in most
/// data those are two.
template <class S>
class LinkSearch {
 public:
  LinkSearch(const DataView<S>& data, std::span<const Index> judged, bool larger_end_only, const Execution& how)
      : data_(data),
        larger_end_only_(larger_end_only),
        how_(how),
        judged_(static_cast<std::size_t>(data.rows())),
        rows_(all_rows(data.rows())) {
    for (const Index row : judged) judged_[static_cast<std::size_t>(row)] = true;
  }

  /// The judged rows that are ends of links and may go.
  std::vector<Suspect> ends(bool strict) {
    const NeighborTable nearest = nearest_neighbors<S>(data_.space, rows_, rows_, 1, how_);
    if (strict) {
      mutual(nearest);
    } else {
      const auto reach = [&](Index row) { return nearest[row][0].distance; };
      std::vector<Index> order = rows_;
      std::sort(order.begin(), order.end(),
                [&](Index a, Index b) { return reach(a) < reach(b) || (reach(a) == reach(b) && a < b); });
      for (auto first = order.begin(); first != order.end();) {
        const double radius = reach(*first);
        const auto last = std::find_if(first, order.end(), [&](Index row) { return reach(row) != radius; });
        partners({first, last}, radius);
        first = last;
      }
    }
    return std::move(ends_);
  }

 private:
  /// Groups up to this size are compared pair by pair, which is faster than a search.
  static constexpr std::size_t small_group = 32;

  /// Each the other's nearest row.
  void mutual(const NeighborTable& nearest) {
    for (const Index row : rows_) {
      const Neighbor& other = nearest[row][0];
      if (nearest[other.row][0].row == row && goes(row, other.row)) ends_.push_back({row, 1, 0, other.distance});
    }
  }

  /// Rows of a group, all with the same reach, that have a partner in it. The group is ascending.
  void partners(std::span<const Index> group, double reach) {
    if (group.size() <= small_group) {
      for (const Index row : group)
        if (has_partner(row, group, reach)) ends_.push_back({row, 1, 0, reach});
      return;
    }
    std::vector<bool> done(data_.classes.size());
    for (const Index row : group) {
      const std::uint32_t c = data_.classes.code(row);
      if (!done[c]) partners_of_class(c, group, reach);
      done[c] = true;
    }
  }

  bool has_partner(Index row, std::span<const Index> group, double reach) const {
    const PointSet<S> points{data_.space, group};
    const Euclidean metric{data_.space.cols()};
    return std::any_of(group.begin(), group.end(), [&](Index other) {
      return goes(row, other) && metric.between(points.coordinates(row), points.coordinates(other)) == reach;
    });
  }

  /// No row of the group is nearer than `reach`, so a row has a partner if and only if its nearest row among those it
  /// could be linked with is exactly that far: no list of pairs, however many rows tie.
  void partners_of_class(std::uint32_t c, std::span<const Index> group, double reach) {
    std::vector<Index> own, others;
    for (const Index row : group) {
      if (data_.classes.code(row) != c) {
        if (goes_for(c, data_.classes.code(row))) others.push_back(row);
      } else if (judged_[static_cast<std::size_t>(row)]) {
        own.push_back(row);
      }
    }
    if (own.empty() || others.empty()) return;
    const NeighborTable nearest = nearest_neighbors<S>(data_.space, others, own, 1, how_);
    for (Index q = 0; q < nearest.queries(); ++q)
      if (nearest[q][0].distance == reach) ends_.push_back({own[static_cast<std::size_t>(q)], 1, 0, reach});
  }

  /// Whether a row goes if it is linked with another.
  bool goes(Index row, Index other) const {
    return judged_[static_cast<std::size_t>(row)] && goes_for(data_.classes.code(row), data_.classes.code(other));
  }
  bool goes_for(std::uint32_t own, std::uint32_t other) const {
    return own != other && (!larger_end_only_ || data_.classes.count(own) >= data_.classes.count(other));
  }

  const DataView<S>& data_;
  bool larger_end_only_;
  const Execution& how_;
  std::vector<bool> judged_;
  std::vector<Index> rows_;  // all
  std::vector<Suspect> ends_;
};

/// The rows that the sampler may leave out.
template <class S>
std::vector<Index> judged_rows(const TomekLinks& tomek, const DataView<S>& data) {
  const bool both = tomek.ends == Ends::both;
  if (both && tomek.strategy != balance() && tomek.strategy != all())
    throw InvalidOption(
        text({"TomekLinks: Ends::both removes both ends of a link, but the strategy ", tomek.strategy.describe(),
              " names the classes that may lose rows; leave the strategy "
              "out, or use Ends::by_strategy"}));
  return rows_of_classes(data.classes, (both ? all() : tomek.strategy).cleaned(data.classes, "TomekLinks"));
}

/// The plan when only the rows `judged` may be left out.
template <class S>
Plan clean(const TomekLinks& tomek, const DataView<S>& data, std::span<const Index> judged, const Execution& how) {
  Cleaning cleaning("TomekLinks", data.classes, Reason::tomek_link, tomek.min_per_class);
  cleaning.remove(LinkSearch<S>(data, judged, tomek.ends == Ends::majority, how).ends(tomek.strict));
  return cleaning.plan();
}

}  // namespace detail

template <class S>
Plan TomekLinks::plan(const DataView<S>& data, const Execution& how) const {
  return detail::clean(*this, data, detail::judged_rows(*this, data), how);
}

}  // namespace v0
}  // namespace rebalance
