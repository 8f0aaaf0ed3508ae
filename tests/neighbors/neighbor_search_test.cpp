// SPDX-License-Identifier: MIT
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/value_difference.hpp>

#include <limits>

#include "../support/catch.hpp"
#include "../support/golden.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {
template <class S>
void check_against_oracle(const Matrix<S>& X, const std::vector<Index>& among, const std::vector<Index>& queries,
                          Index k) {
  const auto view = detail::view_of(X);
  const auto tree = nearest_neighbors(view, among, queries, k, Execution{.backend = Backend::kd_tree});
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const auto expected = sets::nearest(X, among, queries[q], k);
    const auto line = tree[static_cast<Index>(q)];
    REQUIRE(std::equal(line.begin(), line.end(), expected.begin(), expected.end()));
  }
  for (const int threads : {1, 2, 3, 8})
    for (const Backend backend : {Backend::automatic, Backend::kd_tree, Backend::brute_force}) {
      const Execution how{.threads = threads, .backend = backend};
      REQUIRE(nearest_neighbors(view, among, queries, k, how) == tree);
    }
}
}  // namespace

TEMPLATE_TEST_CASE("both backends give the oracle's table on every kind of data", "[neighbors]", float, double) {
  using S = TestType;
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::far_off, Kind::constant_columns,
                             Kind::tiny, Kind::huge);
  CAPTURE(sets::name(kind));
  for (const Index columns : {1, 2, 5, 20})
    for (const Index rows : {Index{2}, Index{3}, Index{17}, sets::affordable(700, 250)}) {
      CAPTURE(columns, rows);
      const auto X = sets::features<S>(kind, rows, columns);
      const auto all = sets::numbers(rows);
      check_against_oracle(X, all, all, std::min<Index>(6, rows - 1));
    }
}

TEST_CASE("queries may stand outside the set that is searched", "[neighbors]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates);
  const auto X = sets::features(kind, 400, 4);
  std::vector<Index> odd, third;
  for (Index i = 1; i < 400; i += 2) odd.push_back(i);
  for (Index i = 0; i < 400; i += 3) third.push_back(i);
  check_against_oracle(X, odd, third, 7);
  check_against_oracle(X, odd, {}, 3);
  check_against_oracle(X, {5, 9}, {0, 5}, 1);
  check_against_oracle(X, {5, 9, 11}, {0, 1}, 3);  // none of them is left out
}

TEST_CASE("k may reach all other rows", "[neighbors]") {
  const auto X = sets::features(Kind::duplicates, 90, 3);
  const auto all = sets::numbers(90);
  check_against_oracle(X, all, all, 89);
}

TEST_CASE("an outlier far away does not blur the search", "[neighbors]") {
  auto X = sets::features(Kind::continuous, 500, 12);
  X.row(77).setConstant(1e12);
  const auto all = sets::numbers(500);
  check_against_oracle(X, all, all, 5);
}

TEST_CASE("lengths of every order of magnitude, and queries far from all points", "[neighbors]") {
  auto X = sets::features(Kind::continuous, 900, 6);
  for (Index i = 0; i < 900; ++i) X.row(i) *= std::pow(10.0, static_cast<double>(i % 30) - 15);
  X.row(899).setConstant(1e120);  // beyond what floats hold, seen from the others
  check_against_oracle(X, sets::numbers(899), sets::numbers(900), 5);
  check_against_oracle(X, sets::numbers(900), sets::numbers(900), 5);
}

TEST_CASE("tight clusters far apart, where floats see no difference within", "[neighbors]") {
  auto X = sets::features(Kind::continuous, 700, 30);
  for (Index i = 0; i < 700; ++i) X.row(i).array() += i % 2 == 0 ? 1e6 : -1e6;
  const auto all = sets::numbers(700);
  check_against_oracle(X, all, all, 5);
}

TEST_CASE("many columns, few dimensions: the tree of principal axes gives the same table", "[neighbors]") {
  const Matrix<double> X = sets::features(Kind::continuous, 9000, 5, 1) * sets::features(Kind::continuous, 5, 24, 2) +
                           0.01 * sets::features(Kind::continuous, 9000, 24, 3);
  const auto all = sets::numbers(9000);
  std::vector<SearchReport> reports;
  const Execution how{.searching = [&](const SearchReport& report) { reports.push_back(report); }};
  const auto table = nearest_neighbors(detail::view_of(X), all, all, 5, how);
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].backend == Backend::kd_tree);
  CHECK((reports[0].points == 9000 && reports[0].queries == 9000 && reports[0].columns == 24));
  CHECK((reports[0].visited_share > 0 && reports[0].visited_share < 0.2));
  for (const Index q : {0, 1, 4444, 8999}) {
    const auto expected = sets::nearest(X, all, q, 5);
    CHECK(std::equal(table[q].begin(), table[q].end(), expected.begin(), expected.end()));
  }
  CHECK(table ==
        nearest_neighbors(detail::view_of(X), all, all, 5, Execution{.threads = 2, .backend = Backend::brute_force}));
}

TEST_CASE("the choice follows the data, and is told", "[neighbors]") {
  const auto chosen = [](const Matrix<double>& X, Backend backend) {
    const auto all = sets::numbers(X.rows());
    SearchReport last;
    const Execution how{.backend = backend, .searching = [&](const SearchReport& report) { last = report; }};
    nearest_neighbors(detail::view_of(X), all, all, 5, how);
    return last;
  };
  const auto few = sets::features(Kind::continuous, 3000, 2), many = sets::features(Kind::continuous, 3000, 40);
  CHECK(chosen(few, Backend::automatic).backend == Backend::kd_tree);
  CHECK(chosen(many, Backend::automatic).backend == Backend::brute_force);
  CHECK(chosen(many, Backend::automatic).visited_share > 0.9);
  CHECK(chosen(many, Backend::kd_tree).backend == Backend::kd_tree);
  CHECK(chosen(few, Backend::brute_force).backend == Backend::brute_force);
  CHECK(chosen(few, Backend::brute_force).visited_share == -1);
}

TEST_CASE("bounded questions agree with the whole table", "[neighbors]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates);
  const Backend backend = GENERATE(Backend::kd_tree, Backend::brute_force);
  CAPTURE(sets::name(kind));
  const Index n = 600, k = 6;
  const auto X = sets::features(kind, n, 3);
  std::vector<Index> among, queries;
  for (Index i = 0; i < n; ++i) (i % 3 == 0 ? queries : among).push_back(i);
  queries.insert(queries.end(), {1, 2, 598});  // and some of the set
  const Execution how{.threads = 2, .backend = backend};
  const detail::PointSet<double> points{detail::view_of(X), among};
  const detail::NeighborSearch search(Euclidean{3}, points, n, k, how);
  const auto all = search.nearest(queries, k);
  std::vector<Neighbor> limits;  // before none, some, all of them; at one of them, and just after it
  for (Index q = 0; q < all.queries(); ++q) {
    const Neighbor& at = all[q][static_cast<std::size_t>(q % k)];
    const Neighbor kinds[] = {at, {at.distance, at.row + 1}, {0, 0}, {1e9, 0}};
    limits.push_back(kinds[q / k % 4]);
  }
  for (const Index stop_at : {1, 2, 6}) {
    const auto within = search.nearest_within(queries, stop_at, limits);
    const auto counts = search.count_within(queries, limits, stop_at);
    for (Index q = 0; q < all.queries(); ++q) {
      std::vector<Neighbor> expected;
      for (const Neighbor& neighbor : all[q])
        if (neighbor < limits[static_cast<std::size_t>(q)] && static_cast<Index>(expected.size()) < stop_at)
          expected.push_back(neighbor);
      REQUIRE(std::equal(within[q].found().begin(), within[q].found().end(), expected.begin(), expected.end()));
      REQUIRE(counts[static_cast<std::size_t>(q)] == static_cast<Index>(expected.size()));
    }
  }
}

TEST_CASE("long lists of neighbors are as right as short ones", "[neighbors]") {
  const auto X = sets::features(Kind::continuous, 300, 20);
  const auto all = sets::numbers(300);
  for (const Index k : {55, 64, 65, 200}) check_against_oracle(X, all, all, k);
}

TEST_CASE("tens of thousands of equal rows are no square of work", "[neighbors]") {
  Matrix<double> X = Matrix<double>::Constant(20'000, 4, 0.1);
  X.bottomRows(10) = sets::features(Kind::continuous, 10, 4);
  const auto all = sets::numbers(20'000);
  const detail::RowsBy<Euclidean, double> rows(Euclidean{4}, detail::view_of(X));
  const detail::TreeSearch tree(rows, all, {});
  CHECK(tree.trial(std::vector<Index>{0, 7, 9999, 19'000}, 5).visited < 0.005);
  const auto table = nearest_neighbors(detail::view_of(X), all, all, 2, {});
  CHECK((table[15'000][0] == Neighbor{0, 0} && table[15'000][1] == Neighbor{0, 1}));
}

TEST_CASE("all rows equal: the smallest row numbers are nearest", "[neighbors]") {
  const Matrix<double> X = Matrix<double>::Constant(300, 3, 0.1);
  const auto all = sets::numbers(300);
  check_against_oracle(X, all, all, 4);
}

TEST_CASE("rows with gaps between them are searched in place", "[neighbors]") {
  const auto wide = sets::features(Kind::lattice, 200, 9);
  const Matrix<double> narrow = wide.middleCols(2, 4);
  const detail::RowMajor<double> block(wide.middleCols(2, 4));
  const auto all = sets::numbers(200);
  for (const Backend backend : {Backend::kd_tree, Backend::brute_force}) {
    const Execution how{.backend = backend};
    CHECK(nearest_neighbors(block.view(), all, all, 5, how) ==
          nearest_neighbors(detail::view_of(narrow), all, all, 5, how));
  }
}

namespace {
/// Both backends against all distances sorted.
template <class Metric>
void check_metric(const Metric& metric, const Matrix<double>& rows, Index k) {
  const auto all = sets::numbers(rows.rows());
  const detail::PointSet<double> points{detail::view_of(rows), all};
  for (const Backend backend : {Backend::kd_tree, Backend::brute_force})
    for (const int threads : {1, 3}) {
      const auto table = detail::nearest_by(metric, points, all, k, Execution{.threads = threads, .backend = backend});
      for (Index q = 0; q < rows.rows(); ++q) {
        std::vector<Neighbor> expected;
        for (Index row = 0; row < rows.rows(); ++row)
          if (row != q) expected.push_back({metric.between(rows.row(q).data(), rows.row(row).data()), row});
        std::sort(expected.begin(), expected.end());
        REQUIRE(std::equal(table[q].begin(), table[q].end(), expected.begin()));
      }
    }
}
}  // namespace

TEST_CASE("numbers and categories together: both backends give the oracle's table", "[neighbors]") {
  const Kind kind = GENERATE(Kind::continuous, Kind::lattice, Kind::duplicates, Kind::constant_columns, Kind::far_off);
  CAPTURE(sets::name(kind));
  for (const double penalty : {0.0, 0.3, 1.0, 1e6}) {
    auto rows = sets::features(kind, 300, 7);
    rows.rightCols(4) = sets::features(Kind::lattice, 300, 4, 5);
    check_metric(Mixed{3, 4, penalty}, rows, 6);
  }
}

TEST_CASE("value differences: both backends give the oracle's table", "[neighbors]") {
  const Index classes = GENERATE(2, 3, 10);
  std::mt19937 engine(4);
  for (const std::uint32_t categories : {1u, 2u, 5u, 40u}) {
    Matrix<double> codes(400, 3);
    for (double& code : codes.reshaped()) code = static_cast<double>(engine() % categories);
    std::vector<std::uint32_t> y(400);
    for (auto& code : y) code = static_cast<std::uint32_t>(engine()) % static_cast<std::uint32_t>(classes);
    const Classes of_rows(y, std::vector<Label>(static_cast<std::size_t>(classes)));
    const auto X = detail::view_of(codes);
    const ValueDifference metric(X, of_rows, {});
    check_metric(metric, metric.layout(X, of_rows.members(1), 1), 5);
  }
}

TEST_CASE("k out of range is refused with both numbers", "[neighbors]") {
  const auto X = sets::features(Kind::continuous, 10, 2);
  const auto all = sets::numbers(10);
  for (const Index k : {-1, 0, 10})
    CHECK_THROWS_WITH(
        nearest_neighbors(detail::view_of(X), all, all, k, {}),
        "nearest_neighbors: k is " + std::to_string(k) + "; it must be from 1 to 9, the number of other rows");
}

TEST_CASE("real data: the recorded neighbors, ties included", "[neighbors][golden]") {
  const auto views = golden::read_views(REBALANCE_COMMITTED_DATA "/views.csv");
  for (const auto& [name, record] : views) {
    if (!record.at("categorical").empty()) continue;  // of numeric columns only
    const auto view = golden::load_view(record, REBALANCE_EXAMPLE_DATA);
    const auto all = sets::numbers(view.X.rows());
    std::map<std::string, std::string> value;
    std::vector<std::vector<std::string>> near;
    for (const auto& line : golden::lines_of(REBALANCE_COMMITTED_DATA "/" + name + ".knn.txt")) {
      const auto parts = golden::words(line);
      if (parts.at(0) == "near") near.push_back(parts);
      else value[parts.at(0)] = parts.at(1);
    }
    for (const Backend backend : {Backend::kd_tree, Backend::brute_force}) {
      const auto table =
          nearest_neighbors(detail::view_of(view.X), all, all, std::stol(value.at("k")), Execution{.backend = backend});
      golden::Hash hash;
      for (Index q = 0; q < table.queries(); ++q)
        for (const Neighbor& neighbor : table[q]) hash.add(static_cast<std::uint32_t>(neighbor.row));
      CHECK(hash.text() == value.at("hash"));
      for (const auto& line : near)
        for (std::size_t i = 2; i < line.size(); ++i) {
          const Neighbor& neighbor = table[std::stol(line[1])][i - 2];
          CHECK(neighbor.row == std::stol(line[i]));
          CHECK(neighbor.distance == std::stod(line[i].substr(line[i].find(':') + 1)));
        }
    }
  }
}

TEST_CASE("a row far from all others changes no neighbor, whatever it does to the screens", "[neighbor_search]") {
  // Many columns of few dimensions: the trial turns them. The far row is in no sample, so the axes are of tiny rows.
  const Index n = 8300;
  const Matrix<double> inner = sets::features(Kind::continuous, n, 8),
                       directions = sets::features(Kind::continuous, 8, 60, 7);
  Matrix<double> X = inner * directions;
  X.row(n - 1).setConstant(1e100);
  const auto all = sets::numbers(n);
  std::vector<Index>
      queries;  // as few as the trial is made for: no screen tells anything here, so each looks at all rows
  for (Index query = 0; query < n; query += 8) queries.push_back(query);
  double visited_share = -1;
  const Execution how{.searching = [&](const SearchReport& report) { visited_share = report.visited_share; }};
  const NeighborTable table = nearest_neighbors(detail::view_of(X), all, queries, 2, how);
  CHECK(visited_share > 0);
  for (Index q = 0; q < table.queries(); q += 40) {
    const auto nearest = sets::nearest(X, all, queries[static_cast<std::size_t>(q)], 2);
    CHECK(std::equal(nearest.begin(), nearest.end(), table[q].begin()));
  }
}

TEST_CASE("what cannot be searched is refused, by every backend", "[neighbor_search]") {
  Matrix<double> X = sets::features(Kind::continuous, 30, 3);
  const auto all = sets::numbers(30);
  const std::vector<Index> beyond{3, 30}, backwards{5, 4}, twice{4, 4};
  for (const Backend backend : {Backend::automatic, Backend::kd_tree, Backend::brute_force}) {
    const Execution how{.backend = backend};
    const auto search = [&](const std::vector<Index>& among, const std::vector<Index>& queries) {
      return nearest_neighbors(detail::view_of(X), among, queries, 1, how);
    };
    CHECK_THROWS_WITH(search(beyond, all),
                      "nearest_neighbors: among is 30; it must be made of rows of the space, 0 to 29");
    CHECK_THROWS_AS(search(all, beyond), InvalidOption);
    CHECK_THROWS_AS(search(backwards, all), InvalidOption);
    CHECK_THROWS_AS(search(twice, all), InvalidOption);
    CHECK(search(all, {}).queries() == 0);
    X(7, 1) = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(search(all, {0}), BadValue);
    CHECK_THROWS_AS(search({0, 1, 2}, {7}), BadValue);
    CHECK_NOTHROW(search({0, 1, 2}, {3}));  // it is not looked at
    X(7, 1) = 0;
  }
}
