// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>
#include <nanoflann.hpp>

#include <rebalance/neighbors/metric.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace v0 {
namespace detail {

/// nanoflann's k-d tree over a point set, exact under our order. The only file that includes nanoflann;
/// works with every version from 1.4.2 on without asking which one it is.
/// Build O(n log n * d); a query visits few points while d (or the dimension the data really fill) is small.
/// Many exact duplicates make a query visit all of them.
template <class Metric, class S>
class KdTree {
 public:
  KdTree(const PointSet<S>& points, const Metric& metric)
      : points_{points, metric}, tree_(static_cast<int>(metric.columns), points_, {leaf_size}) {}
  KdTree(const KdTree&) = delete;
  KdTree& operator=(const KdTree&) = delete;

  void nearest(Index query_row, NearestSoFar& best) const {
    Results results{points_.set, best, slack(), points_.metric.excess()};
    tree_.findNeighbors(results, points_.set.coordinates(query_row), {});
  }

 private:
  static constexpr std::size_t leaf_size = 16;  // fastest of 8, 10, 16, 32 for 2 to 8 columns

  /// nanoflann's view of the points.
  struct Points {
    PointSet<S> set;
    Metric metric;
    std::size_t kdtree_get_point_count() const { return set.rows.size(); }
    S kdtree_get_pt(std::uint32_t i, std::size_t j) const { return set.coordinates(set.row(i))[j]; }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
      return false;
    }
  };

  /// nanoflann's view of the metric: exact in the leaves, bounded by the Euclidean part above them. Its own metrics
  /// are compiled with the user's flags and may be fused.
  struct Distance {
    using ElementType = S;
    using DistanceType = double;
    const Points& points;
    explicit Distance(const Points& all) : points(all) {}
    double evalMetric(const S* query, std::uint32_t i, std::size_t) const {
      return points.metric.between(query, points.set.coordinates(points.set.row(i)));
    }
    template <class U, class V>
    double accum_dist(U a, V b, std::size_t) const {
      return Euclidean::along(static_cast<double>(a) - static_cast<double>(b));
    }
  };

  /// nanoflann offers only points nearer than worstDist(), so that a tie at the k-th place would be lost, and
  /// prunes by sums it has rounded along the way. A bound a little too wide mends both: NearestSoFar decides.
  struct Results {
    using DistanceType = double;
    const PointSet<S>& set;
    NearestSoFar& best;
    double slack;
    double excess;

    bool addPoint(double distance, std::uint32_t i) {
      best.offer({distance, set.row(i)});
      return true;
    }
    double worstDist() const {
      const double worst = best.worst();
      return best.full() ? std::nextafter(worst + worst * slack + excess, std::numeric_limits<double>::max()) : worst;
    }
    bool full() const { return best.full(); }
    std::size_t size() const { return best.size(); }
    bool empty() const { return best.size() == 0; }
    void sort() {}
  };

  /// A bound is a sum of d terms, changed once at each level of the tree: (d + levels) roundings, doubled.
  double slack() const { return 2.0 * (static_cast<double>(points_.metric.columns) + 128.0) * 0x1p-53; }

  using Tree = nanoflann::KDTreeSingleIndexAdaptor<Distance, Points, -1, std::uint32_t>;
  Points points_;
  Tree tree_;
};

}  // namespace detail
}  // namespace v0
}  // namespace rebalance
