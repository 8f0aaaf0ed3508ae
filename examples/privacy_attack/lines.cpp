// SPDX-License-Identifier: MIT
#include "lines.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include <rebalance/core/execution.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>

namespace privacy_attack {

namespace {

constexpr Index most_neighbors = 500;
constexpr double widest = 1e-4;  // angle up to which two directions may be told to be one

/// The direction from one row to another, and how exactly it is known.
struct Ray {
  Index to;
  Row direction;    // of length 1
  double blur;      // largest error of the direction
  double position;  // along one axis, without its sign: equal lines stand side by side
};

/// Whether two directions are one line, either way along it.
bool parallel(const Row& a, const Row& b, double blur) {
  return std::min((a - b).squaredNorm(), (a + b).squaredNorm()) <= blur * blur;
}

class LineFinder {
 public:
  explicit LineFinder(const Places& places)
      : places_(places),
        axis_(slanted_axis(places.rows.cols())),
        lines_of_(static_cast<std::size_t>(places.rows.rows())) {}

  /// Finds the lines through a row, by the directions to its neighbors.
  void look_from(Index row, std::span<const rebalance::Neighbor> neighbors) {
    std::vector<Ray> rays = rays_from(row, neighbors);
    std::sort(rays.begin(), rays.end(), [](const Ray& a, const Ray& b) { return a.position < b.position; });
    std::vector<bool> taken(rays.size(), false);
    for (const std::size_t exact : most_exact_first(rays)) {
      if (taken[exact]) continue;
      std::vector<Index> members{row};
      for (const std::size_t other : alike(rays, exact))
        if (!taken[other]) {
          taken[other] = true;
          members.push_back(rays[other].to);
        }
      if (members.size() >= 3) add(members, rays[exact]);
    }
  }

  std::vector<Line> lines() const {
    std::vector<Line> out;
    for (const Bundle& bundle : bundles_) out.push_back(in_order(bundle));
    return out;
  }

 private:
  /// A line while it grows.
  struct Bundle {
    std::vector<Index> rows;
    Row direction;
    double blur;
  };

  std::vector<Ray> rays_from(Index row, std::span<const rebalance::Neighbor> neighbors) const {
    std::vector<Ray> rays;
    for (const auto& neighbor : neighbors) {
      const Row way = places_.rows.row(neighbor.row) - places_.rows.row(row);
      const double length = way.norm(), blur = 2 * places_.blur / length;
      if (!(blur <= widest)) continue;  // too near to tell a direction, or the same place
      rays.push_back({neighbor.row, way / length, blur, std::abs(way.dot(axis_)) / length});
    }
    return rays;
  }

  static std::vector<std::size_t> most_exact_first(const std::vector<Ray>& rays) {
    std::vector<std::size_t> order(rays.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(rays[a].blur, rays[a].to) < std::pair(rays[b].blur, rays[b].to);
    });
    return order;
  }

  /// The rays, sorted by position, along the line of one of them, itself among them.
  static std::vector<std::size_t> alike(const std::vector<Ray>& rays, std::size_t exact) {
    const Ray& wanted = rays[exact];
    const double reach = wanted.blur + widest;
    const auto begin = std::lower_bound(rays.begin(), rays.end(), wanted.position - reach,
                                        [](const Ray& ray, double position) { return ray.position < position; });
    std::vector<std::size_t> out;
    for (auto ray = begin; ray != rays.end() && ray->position <= wanted.position + reach; ++ray)
      if (parallel(ray->direction, wanted.direction, wanted.blur + ray->blur))
        out.push_back(static_cast<std::size_t>(ray - rays.begin()));
    return out;
  }

  /// Two lines through one row that have the same direction are one.
  void add(const std::vector<Index>& members, const Ray& ray) {
    std::size_t number = bundles_.size();
    for (const Index row : members)
      for (const std::size_t known : lines_of_[static_cast<std::size_t>(row)])
        if (parallel(bundles_[known].direction, ray.direction, bundles_[known].blur + ray.blur)) number = known;
    if (number == bundles_.size()) bundles_.push_back({{}, ray.direction, ray.blur});
    Bundle& bundle = bundles_[number];
    if (ray.blur < bundle.blur) {
      bundle.direction = ray.direction;
      bundle.blur = ray.blur;
    }
    for (const Index row : members) {
      auto& known = lines_of_[static_cast<std::size_t>(row)];
      if (std::find(known.begin(), known.end(), number) != known.end()) continue;
      known.push_back(number);
      bundle.rows.push_back(row);
    }
  }

  Line in_order(const Bundle& bundle) const {
    std::vector<std::pair<double, Index>> along;
    for (const Index row : bundle.rows) along.emplace_back(places_.rows.row(row).dot(bundle.direction), row);
    std::sort(along.begin(), along.end());
    Line out;
    for (const auto& [position, row] : along) out.rows.push_back(row);
    out.begin = places_.rows.row(out.rows.front());
    const Row way = places_.rows.row(out.rows.back()) - out.begin;
    out.length = way.norm();
    out.direction = way / out.length;
    return out;
  }

  const Places& places_;
  Row axis_;
  std::vector<Bundle> bundles_;
  std::vector<std::vector<std::size_t>> lines_of_;  // of each row, by their numbers in bundles_
};

}  // namespace

Row slanted_axis(Index columns) {
  Row axis(columns);
  for (Index j = 0; j < columns; ++j) {
    const double turns = 0.6180339887498949 * static_cast<double>(j + 1);
    axis[j] = 0.5 + turns - std::floor(turns);
  }
  return axis.normalized();
}

Places places_of(const Matrix& X, double epsilon) {
  auto scaling = rebalance::Standardize{}.fit(X);
  Row error(X.cols());  // base + step * (neighbor - base) is rounded three times, each time by half an epsilon at most
  for (Index j = 0; j < X.cols(); ++j)
    error[j] = 1.5 * epsilon * X.col(j).cwiseAbs().maxCoeff() / scaling.scale()[static_cast<std::size_t>(j)];
  Matrix rows = scaling(X);
  return {std::move(scaling), std::move(rows), error.norm()};
}

std::vector<Line> find_lines(const Places& places) {
  const Index n = places.rows.rows();
  LineFinder finder(places);
  if (n < 3) return {};
  std::vector<Index> all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), Index{0});
  const rebalance::MatrixView<double> view(places.rows.data(), n, places.rows.cols(),
                                           Eigen::OuterStride<>(places.rows.cols()));
  const auto nearest = rebalance::nearest_neighbors(view, all, all, std::min(most_neighbors, n - 1), {});
  for (Index row = 0; row < n; ++row) finder.look_from(row, nearest[row]);
  return finder.lines();
}

}  // namespace privacy_attack
