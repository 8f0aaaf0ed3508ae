// SPDX-License-Identifier: MIT
#include <rebalance/audit/fidelity.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <rebalance/over_sampling/borderline_smote.hpp>
#include <rebalance/over_sampling/random_over_sampler.hpp>
#include <rebalance/over_sampling/smote.hpp>
#include <rebalance/over_sampling/smote_nc.hpp>
#include <rebalance/under_sampling/tomek_links.hpp>

#include "../support/catch.hpp"
#include "../support/near.hpp"
#include "../support/sets.hpp"

namespace fidelity_test {

using namespace rebalance;
using sets::Kind;

bool tells(const Fidelity& fidelity, const std::string& words) {
  for (const std::string& finding : fidelity.findings())
    if (finding.find(words) != std::string::npos) return true;
  return false;
}

/// The first `minority` rows are class 1.
std::vector<int> first_rows(Index rows, Index minority) {
  std::vector<int> y(static_cast<std::size_t>(rows), 0);
  std::fill_n(y.begin(), minority, 1);
  return y;
}

/// Columns in which a figure is unusual.
template <class Unusual>
int count_of(const ClassFidelity& of_class, const Unusual& unusual) {
  int count = 0;
  for (const ColumnFidelity& column : of_class.columns) count += unusual(column);
  return count;
}

TEST_CASE("new rows that are the real ones are at no distance from them", "[fidelity]") {
  const auto X = sets::features(Kind::continuous, 50, 3);
  const auto y = first_rows(50, 20);
  Plan plan = Plan::keep_all(50);
  for (Index row = 0; row < 20; ++row) plan.add_copy(row);
  const Fidelity out = fidelity(X, y, plan);
  REQUIRE(out.classes.size() == 2);
  const ClassFidelity& of_class = out.classes[1];
  CHECK(of_class.label == Label(1));
  CHECK(of_class.real == 20);
  CHECK(of_class.synthetic == 20);
  for (const ColumnFidelity& column : of_class.columns) {
    CHECK(column.kolmogorov_smirnov.found == 0);
    CHECK(column.wasserstein.found == 0);
    CHECK(column.mean_shift.found == 0);
    CHECK(column.variance.found == 1);
    CHECK(near(column.variance.by_law.value(), 1));
    CHECK(column.outside.found == 0);
    CHECK(column.unknown.found == 0);
    CHECK(column.unknown.usual == 1);
  }
  CHECK(of_class.largest_correlation_shift.found < 1e-12);
  CHECK(of_class.mean_correlation_shift.found < 1e-12);
  CHECK(of_class.copies == Compared{1, 0});
  CHECK(of_class.in_void.found <= of_class.in_void.usual);
  REQUIRE(out.findings().size() == 1);
  CHECK(out.findings()[0] == "class 1: 100 % of the new rows are copies of real rows; usual is up to 0 %");
}

TEST_CASE("in 100 columns Kolmogorov-Smirnov sees nothing, the ratio of variances does", "[fidelity]") {
  const auto X = sets::features(Kind::continuous, 600, 100);
  const auto y = first_rows(600, 250);
  const Plan plan = make_plan(X, y, Smote{.seed = 1});
  const Fidelity out = fidelity(X, y, plan, {.repetitions = 40});
  const ClassFidelity& of_class = out.classes[1];
  CHECK(count_of(of_class, [](const ColumnFidelity& c) { return c.kolmogorov_smirnov.unusual(); }) == 0);
  CHECK(of_class.mean_variance.unusual());
  CHECK(std::abs(of_class.mean_variance.found - .67) < .015);  // what was measured with NumPy, in a larger set
  CHECK(std::abs(of_class.mean_variance.by_law.value() - of_class.mean_variance.found) < .015);
  CHECK(of_class.mean_variance.usual > .95);
  CHECK(tells(out, "class 1: variance is on average"));
  CHECK(tells(out, "by the law of interpolation; usual is at least"));
  CHECK_FALSE(tells(out, "Kolmogorov"));
}

TEST_CASE("rows between two blobs lie in the void; strata keep them out of it", "[fidelity]") {
  auto X = sets::features(Kind::continuous, 240, 2);
  std::vector<Index> blob(240, 0);
  for (Index i = 0; i < 40; ++i) {
    blob[static_cast<std::size_t>(i)] = i % 2;
    X(i, 0) = X(i, 0) + 40 * static_cast<double>(i % 2);
  }
  for (Index i = 40; i < 240; ++i) X(i, 1) += 30;
  const auto y = first_rows(240, 40);
  const Smote smote{.k_neighbors = 25, .seed = 1, .too_few_neighbors = TooFewNeighbors::clamp};

  const Fidelity bridged = fidelity(X, y, make_plan(X, y, smote));
  CHECK(bridged.classes[1].in_void.found > .1);
  CHECK(bridged.classes[1].in_void.unusual());
  CHECK(tells(bridged, "of the new rows lie in the void"));

  const Data data = Data(X, y).strata(blob);
  const Fidelity apart = fidelity(data, make_plan(data, smote));
  CHECK_FALSE(apart.classes[1].in_void.unusual());
  CHECK_FALSE(tells(apart, "void"));
}

TEST_CASE("real rows beside draws from them stay within what is usual, in about 95 of 100 sets", "[fidelity]") {
  const auto X = sets::features(Kind::continuous, 80, 4);
  const auto y = first_rows(80, 40);
  std::vector<int> beyond(6, 0);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Plan plan = Plan::keep_all(80);
    for (std::uint32_t i = 0; i < 60; ++i)
      plan.add_copy(detail::index_below(detail::random_pair(seed, 9, i, 0)[0], 40));
    const ClassFidelity out = fidelity(X, y, plan, {.repetitions = 100, .seed = seed + 1000}).classes[1];
    const auto any = [&](const auto& unusual) { return count_of(out, unusual) > 0; };
    beyond[0] += any([](const ColumnFidelity& c) { return c.kolmogorov_smirnov.unusual(); });
    beyond[1] += any([](const ColumnFidelity& c) { return c.wasserstein.unusual(); });
    beyond[2] += any([](const ColumnFidelity& c) { return c.mean_shift.unusual(); });
    beyond[3] += any([](const ColumnFidelity& c) { return c.variance.unusual(); });
    beyond[4] += out.largest_correlation_shift.unusual();
    beyond[5] += out.mean_correlation_shift.unusual();
  }
  for (const int count : beyond) {
    CHECK(count >= 2);  // 10 expected, standard error 3 and that of the bound itself
    CHECK(count <= 22);
  }
}

TEST_CASE("copies and near copies that were planted are counted", "[fidelity]") {
  const auto X = sets::features(Kind::continuous, 60, 2);
  const auto y = first_rows(60, 30);
  Plan plan = Plan::keep_all(60);
  for (Index row = 0; row < 7; ++row) plan.add_copy(row);
  for (Index row = 0; row < 5; ++row) plan.add(row, row + 1, 1e-9);
  for (Index row = 0; row < 28; ++row) plan.add(row, (row + 11) % 30, .5);
  const ClassFidelity out = fidelity(X, y, plan).classes[1];
  CHECK(out.synthetic == 40);
  CHECK(near(out.copies.found, 7.0 / 40));
  CHECK(near(out.near_copies.found, 5.0 / 40));
  CHECK(out.copies.unusual());
}

TEST_CASE("values that no real row has count in columns of few values", "[fidelity]") {
  Matrix<double> X = sets::features(Kind::continuous, 200, 2);
  X.col(0) = (X.col(0).array() * 2).round();
  const auto y = first_rows(200, 60);
  const Fidelity plain = fidelity(X, y, make_plan(X, y, Smote{.seed = 1}), {.column_names = {"visits", "age"}});
  const auto& columns = plain.classes[1].columns;
  CHECK(columns[0].unknown.unusual());
  CHECK(columns[1].unknown == Compared{1, 1});
  CHECK(tells(plain, "column visits of class 1: share of values no real row has is"));
  const Data ruled = Data(X, y).columns({integer({0})});
  const Fidelity whole = fidelity(ruled, make_plan(ruled, Smote{.seed = 1}));
  CHECK_FALSE(whole.classes[1].columns[0].unknown.unusual());
  CHECK_FALSE(whole.classes[1].columns[0].variance.by_law.has_value());  // a rule makes its values
  CHECK(whole.classes[1].columns[1].variance.by_law.has_value());
}

TEST_CASE("the law speaks of rows between parents of the class only", "[fidelity]") {
  const auto X = sets::features(Kind::continuous, 120, 3);
  const auto y = first_rows(120, 40);
  const auto lawful = [&](const Plan& plan) {
    return count_of(fidelity(X, y, plan, {.repetitions = 20}).classes[1],
                    [](const auto& c) { return c.variance.by_law.has_value(); });
  };
  CHECK(lawful(make_plan(X, y, Smote{})) == 3);
  CHECK(lawful(make_plan(X, y, Smote{.per_feature = true})) == 3);
  CHECK(lawful(make_plan(X, y, RandomOverSampler{})) == 3);
  CHECK(lawful(make_plan(X, y, RandomOverSampler{.shrinkage = 0.5})) == 0);
  CHECK(lawful(make_plan(X, y, Smote{}, TomekLinks{})) == 0);  // rows were cleaned away, and not by chance
  Plan across = Plan::keep_all(120);
  for (Index row = 0; row < 40; ++row) across.add(row, row + 60, .3);
  CHECK(lawful(across) == 0);
}

TEST_CASE("classes of one row, without new rows, and of equal columns have sensible figures", "[fidelity]") {
  Matrix<double> X = sets::features(Kind::continuous, 12, 2);
  X.col(1).setConstant(.1);
  std::vector<int> y(12, 0);
  y[3] = 1, y[4] = 2, y[5] = 2;
  Plan plan = Plan::keep_all(12);
  for (int i = 0; i < 4; ++i) plan.add_copy(3);
  plan.add(4, 5, .25);
  const Fidelity out = fidelity(X, y, plan);
  REQUIRE(out.classes.size() == 3);
  CHECK(out.classes[0].synthetic == 0);
  CHECK(out.classes[0].columns.empty());

  const ClassFidelity& one = out.classes[1];
  CHECK(one.real == 1);
  CHECK(one.copies == Compared{1, 0});
  CHECK(one.near_copies.found == 0);
  CHECK(one.in_void == Compared{0, 0});
  for (const ColumnFidelity& column : one.columns) {
    CHECK(column.kolmogorov_smirnov == Compared{0, 0});
    CHECK(column.variance.found == 1);
    CHECK_FALSE(column.variance.unusual());
    CHECK_FALSE(column.variance.by_law.has_value());
  }
  CHECK(out.classes[2].columns[1].wasserstein == Compared{0, out.classes[2].columns[0].wasserstein.usual});
  CHECK(out.classes[2].columns[1].variance.found == 1);
  CHECK(out.classes[2].largest_correlation_shift == Compared{0, 0});  // one column is left: there is no pair

  std::vector<std::string> figures{out.text()};
  CHECK(figures[0].find("nan") == std::string::npos);
}

TEST_CASE("any number of threads and any backend finds the same", "[fidelity]") {
  const auto X = sets::features(Kind::lattice, 150, 3);
  const auto y = sets::labels({100, 40, 10});
  const Plan plan = make_plan(X, y, Smote{.seed = 3});
  const FidelityOptions options{.space = {.scaling = Scaling::robust}, .repetitions = 25, .seed = 2};
  const Fidelity out = fidelity(X, y, plan, options);
  for (const int threads : {2, 5})
    for (const Backend backend : {Backend::kd_tree, Backend::brute_force})
      CHECK(fidelity(Execution{.threads = threads, .backend = backend}, X, y, plan, options) == out);
  FidelityOptions other = options;
  other.seed = 3;
  CHECK_FALSE(fidelity(X, y, plan, other) == out);
}

TEST_CASE("rows of float have the figures of those of double", "[fidelity]") {
  const auto X = sets::features<float>(Kind::continuous, 90, 3);
  const auto y = first_rows(90, 30);
  const Plan plan = make_plan(X, y, Smote{.seed = 1});
  const Matrix<double> wide = X.cast<double>();
  const ClassFidelity a = fidelity(X, y, plan).classes[1], b = fidelity(wide, y, plan).classes[1];
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(std::abs(a.columns[j].wasserstein.found - b.columns[j].wasserstein.found) < 1e-6);
    CHECK(a.columns[j].wasserstein.usual == b.columns[j].wasserstein.usual);
    CHECK(a.columns[j].variance.by_law == b.columns[j].variance.by_law);
  }
  CHECK(a.in_void == b.in_void);
  CHECK(a.among_others == b.among_others);
}

TEST_CASE("distances are measured in the space asked for", "[fidelity]") {
  auto X = sets::features(Kind::continuous, 100, 2);
  const auto y = sets::labels({70, 30});
  const Plan plan = make_plan(X, y, Smote{.seed = 1});
  const FidelityOptions scaled{.space = {.scaling = Scaling::standard}};
  const ClassFidelity before = fidelity(X, y, plan, scaled).classes[1];
  Matrix<double> larger = X;
  larger.col(1) *= 1024;
  const ClassFidelity after = fidelity(larger, y, plan, scaled).classes[1];
  CHECK(after.among_others == before.among_others);
  CHECK(after.in_void == before.in_void);
  CHECK_FALSE(fidelity(larger, y, plan).classes[1].among_others == before.among_others);

  // A space of the caller's own: new rows lie between their parents there too.
  const Matrix<double> twice = 2 * X;
  const ClassFidelity there = fidelity(Data(larger, y).space(twice), plan).classes[1];
  const ClassFidelity plain = fidelity(X, y, plan).classes[1];
  CHECK(there.among_others == plain.among_others);
  CHECK(there.in_void == plain.in_void);
  CHECK(there.near_copies == plain.near_copies);
}

TEST_CASE("of too many rows a random choice is compared, and the report says so", "[fidelity]") {
  const auto X = sets::features(Kind::continuous, 300, 2);
  const auto y = first_rows(300, 90);
  const Plan plan = make_plan(X, y, Smote{.seed = 1});
  const Fidelity out = fidelity(X, y, plan, {.repetitions = 20, .most_rows = 50});
  CHECK(out.classes[1].real == 90);
  CHECK(out.classes[1].real_compared == 50);
  CHECK(out.classes[1].synthetic == 120);
  CHECK(out.classes[1].synthetic_compared == 50);
  CHECK(out.text().find("class 1: 90 real rows, 120 new; compared are 50 real and 50 new ones, chosen at random\n") !=
        std::string::npos);
  CHECK(fidelity(X, y, plan, {.repetitions = 20}).text().find("compared are") == std::string::npos);
}

TEST_CASE("an audit reads like this", "[fidelity]") {
  const Matrix<double> X{{0, 1}, {1, 1}, {2, 0}, {3, 1}, {10, 0}, {11, 0}, {12, 1}, {13, 0}, {14, 0}, {15, 1}};
  const std::vector<std::string> y{"rare", "rare", "rare", "rare", "most", "most", "most", "most", "most", "most"};
  Plan plan = Plan::keep_all(10);
  plan.add(0, 1, .5);
  plan.add_copy(2);
  CHECK(fidelity(X, y, plan, {.column_names = {"dose", "sex"}}).text() ==
        "10 real rows, 2 columns; usual: of 200 sets drawn from the real rows 95 in 100 are within\n"
        "class most: 6 real rows, 0 new\n"
        "class rare: 4 real rows, 2 new\n"
        "  variance is on average 0.892 of the real one, 0.908 by the law of interpolation; usual is at least 0\n"
        "  variance in column dose is 0.45 of the real one, 0.483 by the law of interpolation; usual is at least 0\n"
        "  Kolmogorov-Smirnov distance 0.25 in column dose; usual is up to 0.75\n"
        "  Wasserstein distance 0.577 sd in column sex; usual is up to 1.36 sd\n"
        "  shift of the mean 0.577 sd in column sex; usual is up to 1.36 sd\n"
        "  share outside the real range 0 % in column dose; usual is up to 100 %\n"
        "  share of values no real row has 50 % in column dose; usual is up to 100 %\n"
        "  largest correlation shift 0.742; usual is up to 1.26\n"
        "  mean correlation shift 0.742; usual is up to 1.26\n"
        "  copies of real rows 50 %; usual is up to 0 %\n"
        "  near copies 0 %; usual is up to 18.3 %\n"
        "  nearest row of another class 0 %; usual is up to 0 %\n"
        "  in the void 0 %; usual is up to 0 %\n"
        "- class rare: 50 % of the new rows are copies of real rows; usual is up to 0 %\n");
}

TEST_CASE("what cannot be audited is refused", "[fidelity]") {
  auto X = sets::features(Kind::continuous, 30, 2);
  const auto y = first_rows(30, 10);
  const Plan plan = make_plan(X, y, Smote{});
  CHECK_THROWS_WITH(fidelity(X, y, plan, {.repetitions = 19}), "fidelity: repetitions is 19; it must be at least 20");
  CHECK_THROWS_WITH(fidelity(X, y, plan, {.most_rows = 1}), "fidelity: most_rows is 1; it must be at least 2");
  CHECK_THROWS_WITH(fidelity(X, y, plan, {.column_names = {"one"}}),
                    "fidelity: column_names are 1 names but X has 2 columns; give one for each, or none");
  CHECK_THROWS_AS(fidelity(X, y, plan, {.space = {.columns = {2}}}), InvalidOption);
  CHECK_THROWS_AS(fidelity(X, y, Plan(29)), InvalidPlan);
  Plan broken(30);
  broken.add(0, 30, .5);
  CHECK_THROWS_AS(fidelity(X, y, broken), InvalidPlan);
  X(3, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(fidelity(X, y, plan), BadValue);
}

}  // namespace fidelity_test
