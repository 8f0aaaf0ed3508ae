// SPDX-License-Identifier: MIT
#include <rebalance/under_sampling/link_search.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using detail::LinkRules;
using sets::Kind;

namespace {

/// A judged row that goes, and how long its link is.
using LinkEnds = std::vector<std::pair<Index, double>>;

/// Links by their definition, pair by pair.
class Definition {
 public:
  explicit Definition(const Matrix<double>& X) : n_(X.rows()), distance_(n_, n_), first_(static_cast<std::size_t>(n_)) {
    for (Index a = 0; a < n_; ++a)
      for (Index b = 0; b < n_; ++b) distance_(a, b) = sets::distance(X, a, b);
    for (Index a = 0; a < n_; ++a) {
      Neighbor& first = first_[static_cast<std::size_t>(a)] = detail::NearestSoFar::no_limit;
      for (Index b = 0; b < n_; ++b)
        if (b != a) first = std::min(first, {distance_(a, b), b});
    }
  }

  LinkEnds ends(const Classes& classes, const std::vector<Index>& judged, LinkRules rules) const {
    LinkEnds out;
    for (const Index row : judged)
      for (Index other = 0; other < n_; ++other) {
        const std::uint32_t own = classes.code(row), foreign = classes.code(other);
        if (own == foreign || (rules.larger_end_only && classes.count(own) < classes.count(foreign))) continue;
        if (!linked(row, other, rules.strict)) continue;
        out.emplace_back(row, distance_(row, other));
        break;
      }
    return out;
  }

 private:
  const Neighbor& first(Index row) const { return first_[static_cast<std::size_t>(row)]; }
  bool linked(Index a, Index b, bool strict) const {
    if (strict) return first(a).row == b && first(b).row == a;
    return distance_(a, b) == first(a).distance && distance_(a, b) == first(b).distance;
  }

  Index n_;
  Matrix<double> distance_;
  std::vector<Neighbor> first_;
};

LinkEnds found(const DataView<double>& data, const std::vector<Index>& judged, LinkRules rules, const Execution& how) {
  LinkEnds out;
  for (const detail::Suspect& suspect : detail::LinkSearch<double>(data, judged, rules, how).ends())
    out.emplace_back(suspect.row, suspect.distance);
  std::sort(out.begin(), out.end());
  return out;
}

/// Whatever rows are judged, by all rules, from both backends, on one thread and on several.
void check_by_definition(const Matrix<double>& X, const std::vector<int>& y) {
  const Definition definition(X);
  const Data data(X, y);
  const DataView<double> view = data.view();
  std::mt19937 engine(7);
  for (const unsigned share : {0u, 10u, 50u, 100u}) {
    std::vector<Index> judged;
    for (Index row = 0; row < X.rows(); ++row)
      if (engine() % 100 < share) judged.push_back(row);
    for (const bool larger : {false, true})
      for (const bool strict : {false, true}) {
        CAPTURE(share, larger, strict);
        const LinkEnds expected = definition.ends(view.classes, judged, {larger, strict});
        for (const Backend backend : {Backend::automatic, Backend::kd_tree, Backend::brute_force}) {
          const Execution how{.threads = backend == Backend::automatic ? 3 : 1, .backend = backend};
          REQUIRE(found(view, judged, {larger, strict}, how) == expected);
        }
      }
  }
}

}  // namespace

TEST_CASE("links are those of the definition, whatever ties and whoever is judged", "[links]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns);
  CAPTURE(sets::name(kind));
  for (const std::vector<Index>& sizes : std::vector<std::vector<Index>>{
           {1, 1}, {2, 1}, {150, 20}, {80, 80}, {120, 1}, {80, 50, 9}, {30, 30, 30}, {60, 20, 20, 1, 30}})
    for (const Index columns : {1, 2, 6}) {  // a lattice of one column has dozens of copies of each row
      const auto y = sets::labels(sizes);
      CAPTURE(y.size(), sizes.size(), columns);
      check_by_definition(sets::features(kind, static_cast<Index>(y.size()), columns), y);
    }
}

TEST_CASE("rows with dozens of partners, all as near", "[links]") {
  const Index d = 20, spokes = 2 * d;
  Matrix<double> X = Matrix<double>::Zero(2 * spokes + 4, d);
  for (const Index wheel : {0, 1}) {  // the first is larger, and far from the second
    auto rows = X.middleRows(wheel * spokes, spokes);
    rows.topRows(d).diagonal().setConstant(wheel == 0 ? 3 : 1);
    rows.bottomRows(d).diagonal().setConstant(wheel == 0 ? -3 : -1);
    rows.array() += wheel == 0 ? 100 : 0;
  }
  std::vector<int> y(static_cast<std::size_t>(X.rows()), 0);
  X.row(2 * spokes).setConstant(100);  // the hubs
  y[static_cast<std::size_t>(2 * spokes)] = y[static_cast<std::size_t>(2 * spokes + 1)] = 1;
  X.bottomRows(2).setConstant(1000);
  check_by_definition(X, y);
  X.row(X.rows() - 2) = X.row(0);  // spokes with copies are no partners of the hub
  X.row(X.rows() - 1) = X.row(spokes + 3);
  y.back() = 1;
  check_by_definition(X, y);
}

TEST_CASE("tens of thousands of equal rows are linked without comparing all pairs", "[links]") {
  const Index n = 20'000;
  const Matrix<double> X = Matrix<double>::Constant(n, 2, 4.0);
  std::vector<int> y;
  for (Index row = 0; row < n; ++row) y.push_back(row % 2 == 0 ? 1 : 0);
  const Data data(X, y);
  CHECK(found(data.view(), sets::numbers(n), {false, false}, {}).size() == 20'000);
  CHECK(found(data.view(), sets::numbers(n), {false, true}, {}) == LinkEnds{{0, 0.0}, {1, 0.0}});
}
