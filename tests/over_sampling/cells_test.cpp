// SPDX-License-Identifier: MIT
#include <rebalance/over_sampling/cells.hpp>

#include <rebalance/rebalance.hpp>

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

using namespace rebalance;
using sets::Kind;

namespace {

/// Rows of class 0 and 1 in strata a, b and c: 60 and 20, 30 and 6, 40 and 4.
struct Example {
  std::vector<int> y;
  std::vector<std::string> strata;
  Matrix<double> X;

  Example() {
    const std::tuple<const char*, int, int> cells[] = {{"a", 0, 60}, {"a", 1, 20}, {"b", 0, 30},
                                                       {"b", 1, 6},  {"c", 0, 40}, {"c", 1, 4}};
    for (const auto& [stratum, label, rows] : cells)
      for (int i = 0; i < rows; ++i) {
        y.push_back(label);
        strata.emplace_back(stratum);
      }
    X = sets::features(Kind::continuous, static_cast<Index>(y.size()), 3);
  }
  Data<double, int> data(StrataRules rules = {}) const { return Data(X, y).strata(strata, std::move(rules)); }
};

/// New rows by stratum of their base and label; also that no new row has parents of two classes or, but in the stratum that
/// may be mixed, of two strata.
std::map<std::string, Index> new_rows(const Example& set, const Plan& plan, const std::string& mixed = "") {
  std::map<std::string, Index> out;
  for (const Origin& origin : plan) {
    if (!origin.synthetic()) continue;
    const auto base = static_cast<std::size_t>(origin.base), neighbor = static_cast<std::size_t>(origin.neighbor);
    if (set.strata[base] != mixed) CHECK(set.strata[base] == set.strata[neighbor]);
    CHECK(set.y[base] == set.y[neighbor]);
    ++out[set.strata[base] + std::to_string(set.y[base])];
  }
  return out;
}

using Cells = std::map<std::string, Index>;
using Samplers = std::tuple<Smote, BorderlineSmote, Adasyn, RandomOverSampler>;

template <class Sampler>
Sampler sampler() {
  Sampler out{.seed = 4};
  if constexpr (requires { out.no_hard_row; }) out.no_hard_row = NoHardRow::uniform;
  if constexpr (requires { out.n_neighbors; }) out.n_neighbors = 3;
  if constexpr (requires { out.k_neighbors; }) out.k_neighbors = 3;
  return out;
}

bool noted(const Plan& plan, const std::string& text) {
  for (const Note& note : plan.notes())
    if (note.text == text) return true;
  return false;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("parents share a stratum, and allocations are their formulas", "[cells]", Samplers) {
  const Example set;
  const auto made = [&](StrataRules rules) {
    return new_rows(set, make_plan(set.data(std::move(rules)), sampler<TestType>()));
  };
  // 100 rows are missing of class 1: 20, 6 and 4 of 30 are 66.67, 20 and 13.33
  CHECK(made({}) == Cells{{"a1", 67}, {"b1", 20}, {"c1", 13}});
  // the largest cell has 60; class 0 is the largest and not filled but with all()
  CHECK(made({.allocation = Allocation::equal}) == Cells{{"a1", 40}, {"b1", 54}, {"c1", 56}});
  // the best odds are 20 : 60 in a; 30 of them are 10, 40 are 13.33
  CHECK(made({.allocation = Allocation::match_odds}) == Cells{{"b1", 4}, {"c1", 9}});
  CHECK(made({.allocation = Allocation::listed, .counts = {{"c", 1, 10}, {"b", 0, 31}}}) ==
        Cells{{"b0", 1}, {"c1", 6}});
}

TEST_CASE("equal cells in every class that the strategy names", "[cells]") {
  const Example set;
  const Plan plan = make_plan(set.data({.allocation = Allocation::equal}), RandomOverSampler{.strategy = all()});
  CHECK(new_rows(set, plan) == Cells{{"a1", 40}, {"b0", 30}, {"b1", 54}, {"c0", 20}, {"c1", 56}});
  for (const Allocation allocation : {Allocation::equal, Allocation::match_odds})
    CHECK_THROWS_AS(make_plan(set.data({.allocation = allocation}), Smote{.strategy = ratio(0.9)}), InvalidOption);
  const Plan odds = make_plan(set.data({.allocation = Allocation::match_odds}), Smote{.k_neighbors = 3});
  CHECK(noted(odds, "odds as in stratum a, where they are 20 to 60"));
}

TEMPLATE_LIST_TEST_CASE("one stratum for all is none", "[cells]", Samplers) {
  const Example set;
  const std::vector<int> same(set.y.size(), 5);
  const Plan plan = make_plan(Data(set.X, set.y).strata(same), sampler<TestType>());
  const Plan plain = make_plan(set.X, set.y, sampler<TestType>());
  REQUIRE(plan.size() == plain.size());
  for (Index row = 0; row < plan.size(); ++row) REQUIRE(plan[row] == plain[row]);
  CHECK(noted(plan, "new rows by stratum (proportional): 5 100"));
}

TEST_CASE("samplers of categories keep strata apart too", "[cells]") {
  Example set;
  for (Index row = 0; row < set.X.rows(); ++row)
    for (Index j = 0; j < 3; ++j) set.X(row, j) = std::round(std::abs(set.X(row, j)));
  const Cells expected{{"a1", 67}, {"b1", 20}, {"c1", 13}};
  const auto smote_nc = make_plan(set.data(), SmoteNc{.nominal = {1}, .k_neighbors = 3});
  const auto smote_n = make_plan(set.data(), SmoteN{.k_neighbors = 3});
  CHECK(new_rows(set, smote_nc) == expected);
  CHECK(new_rows(set, smote_n) == expected);
  for (const Plan* plan : {&smote_nc, &smote_n})
    for (Index row = 0; row < plan->size(); ++row)
      for (const Donor& donor : plan->donors(row))
        CHECK(set.strata[static_cast<std::size_t>(donor.row)] ==
              set.strata[static_cast<std::size_t>((*plan)[row].base)]);
}

TEST_CASE("too small a stratum has the outcome that was chosen, and a note", "[cells]") {
  const Example set;
  const Smote five{.k_neighbors = 5, .seed = 1};  // c has 4 rows of class 1
  CHECK_THROWS_WITH(
      make_plan(set.data(), five),
      "Smote: class 1 in stratum c has 4 rows but k_neighbors = 5 needs at least 6; lower k_neighbors, or choose "
      ".too_few_neighbors = TooFewNeighbors::clamp (use the neighbors there are) or ::duplicate (copy rows)");
  Smote clamped = five;
  clamped.too_few_neighbors = TooFewNeighbors::clamp;
  CHECK(new_rows(set, make_plan(set.data(), clamped)) == Cells{{"a1", 67}, {"b1", 20}, {"c1", 13}});

  const Plan skipped = make_plan(set.data({.small = SmallStratum::skip}), five);
  CHECK(new_rows(set, skipped) == Cells{{"a1", 67}, {"b1", 20}});
  CHECK(noted(skipped, "rows not added, since the stratum has too few for neighbors: c 13"));
  CHECK(new_rows(set, make_plan(set.data({.small = SmallStratum::skip}), Smote{.k_neighbors = 4})) ==
        Cells{{"a1", 67}, {"b1", 20}});
  CHECK_THROWS_WITH(make_plan(set.data({.small = SmallStratum::whole_class}), Smote{.k_neighbors = 30}),
                    Catch::Matchers::StartsWith("Smote: class 1 has 30 rows"));  // which are of all strata

  const Plan whole = make_plan(set.data({.small = SmallStratum::whole_class}), five);
  CHECK(new_rows(set, whole, "c") == Cells{{"a1", 67}, {"b1", 20}, {"c1", 13}});
  CHECK(noted(whole, "new rows by stratum with neighbors in the whole class, since the stratum has too few: c 13"));
  CHECK(noted(whole, "new rows by stratum (proportional): a 67, b 20"));
  std::set<std::tuple<Index, Index, double>> recipes;
  for (const Origin& origin : whole) recipes.insert({origin.base, origin.neighbor, origin.step});
  CHECK(static_cast<Index>(recipes.size()) == whole.size());  // no row twice
}

TEST_CASE("the note on a row without noise says which rows it is the only one of", "[cells]") {
  Example set;
  set.strata.back() = "d";
  CHECK(noted(make_plan(set.data(), RandomOverSampler{.shrinkage = 1.0}),
              "class has 1 row in stratum d and so no deviation: the row was copied without noise"));
}

TEST_CASE("a stratum without rows of the class cannot be filled, and says so", "[cells]") {
  Example set;
  for (std::size_t i = 0; i < set.y.size(); ++i)
    if (set.strata[i] == "c") set.y[i] = 0;
  const Plan plan = make_plan(set.data({.allocation = Allocation::equal}), Smote{.seed = 1});
  CHECK(new_rows(set, plan) == Cells{{"a1", 40}, {"b1", 54}});
  CHECK(noted(plan, "rows not added, since the stratum has none of the class: c 60"));
}

TEST_CASE("a stratum that is on the test side alone asks for nothing", "[cells]") {
  const Example set;
  const auto data = set.data({.allocation = Allocation::equal});
  Split without_c;
  for (Index row = 0; row < set.X.rows(); ++row)
    (set.strata[static_cast<std::size_t>(row)] == "c" ? without_c.test : without_c.train).push_back(row);
  const Folds folds(data, std::vector<Split>{without_c});
  const auto train = (*folds.begin()).train(Smote{.k_neighbors = 3});
  CHECK(new_rows(set, train.plan) == Cells{{"a1", 40}, {"b1", 54}});
  for (const Note& note : train.plan.notes()) CHECK(note.text.find("c ") == std::string::npos);
}

TEST_CASE("partners of other classes come from the stratum too", "[cells]") {
  const Example set;
  const BorderlineSmote kind_2{.kind = 2, .k_neighbors = 3, .no_hard_row = NoHardRow::uniform};
  bool other_class = false;
  for (const Origin& origin : make_plan(set.data(), kind_2)) {
    const auto base = static_cast<std::size_t>(origin.base), neighbor = static_cast<std::size_t>(origin.neighbor);
    CHECK(set.strata[base] == set.strata[neighbor]);
    other_class = other_class || set.y[base] != set.y[neighbor];
  }
  CHECK(other_class);
  BorderlineSmote numpy = kind_2;
  numpy.draws = Draws::imbalanced_learn;
  CHECK_THROWS_AS(make_plan(set.data(), numpy), InvalidOption);
}

TEST_CASE("shares of any size add up, without overflow", "[cells]") {
  const Classes classes(std::vector<std::uint32_t>{0, 0, 0, 0, 0, 0, 0}, {Label(1)});
  const std::vector<std::uint32_t> strata{0, 1, 1, 2, 2, 2, 2};
  for (const Index count : {Index{0}, Index{1}, Index{5}, Index{7}, Index{700}, Index{1} << 52}) {
    detail::CellTable table(classes, strata, 3);
    detail::allocate_in_proportion(table, 0, count);
    Index sum = 0;
    for (std::size_t s = 0; s < 3; ++s) {
      const auto share = static_cast<double>(count) * static_cast<double>(table.have(s, 0)) / 7;
      CHECK(std::abs(static_cast<double>(table.wanted(s, 0)) - share) < 1.0);
      sum += table.wanted(s, 0);
    }
    CHECK(sum == count);
  }
}

TEST_CASE("what is left of the shares goes to the largest remainders", "[cells]") {
  const Classes classes(std::vector<std::uint32_t>{0, 0, 0, 0, 0, 0, 0}, {Label(1)});
  const std::vector<std::uint32_t> strata{0, 1, 1, 2, 2, 2, 2};
  detail::CellTable table(classes, strata, 3);
  detail::allocate_in_proportion(table, 0, 5);  // .71, 1.43 and 2.86
  CHECK(table.wanted(0, 0) == 1);
  CHECK(table.wanted(1, 0) == 1);
  CHECK(table.wanted(2, 0) == 3);
}

TEST_CASE("the best odds are the first of equals, and those of strata with other classes alone", "[cells]") {
  // Of class 1 and others: 1 and 4, 3 and none, 1 and 2, 2 and 4, 1 and 5
  const std::vector<std::pair<int, int>> cells{{1, 4}, {3, 0}, {1, 2}, {2, 4}, {1, 5}};
  std::vector<std::uint32_t> codes, strata;
  for (std::uint32_t s = 0; s < cells.size(); ++s) {
    codes.insert(codes.end(), static_cast<std::size_t>(cells[s].first), 1u);
    codes.insert(codes.end(), static_cast<std::size_t>(cells[s].second), 0u);
    strata.resize(codes.size(), s);
  }
  const Classes classes(codes, {Label("other"), Label("mine")});
  detail::CellTable table(classes, strata, cells.size());
  const auto best = detail::allocate_by_odds(table, 1);
  REQUIRE(best);
  CHECK(*best == 2);
  std::vector<Index> wanted;
  for (std::size_t s = 0; s < cells.size(); ++s) wanted.push_back(table.wanted(s, 1));
  CHECK(wanted == std::vector<Index>{1, 0, 0, 0, 2});  // 4 others ask for 2, 5 for 2.5, which is 3
}

TEST_CASE("no more rows can be wanted in all than any memory holds", "[cells]") {
  const Classes classes(std::vector<std::uint32_t>{0}, {Label(1)});
  const std::vector<std::uint32_t> strata{0};
  detail::CellTable table(classes, strata, 1);
  table.want(0, 0, detail::most_new_rows - 1);
  CHECK_NOTHROW(table.want(0, 0, 1));
  CHECK_THROWS_AS(table.want(0, 0, 1), InvalidOption);
}

TEST_CASE("a class that lacks one row gets it, and shares may be numbers where strata only divide them", "[cells]") {
  const Matrix<double> X = sets::features(Kind::continuous, 7, 2);
  const Plan one = make_plan(X, std::vector<int>{0, 0, 0, 0, 1, 1, 1}, RandomOverSampler{.seed = 1});
  REQUIRE(one.size() == 8);
  CHECK(one[7].base >= 4);
  CHECK(new_rows(Example(), make_plan(Example().data(), Smote{.k_neighbors = 3, .strategy = ratio(0.5)})).size() == 3);
}

TEST_CASE("a note names twenty strata, and says how many more there are", "[cells]") {
  detail::StrataNoted noted;
  CHECK(noted.empty());
  for (int s = 1; s <= 19; ++s) noted.add(Label(s), 2);
  CHECK(noted.told().ends_with(", 19 2"));
  noted.add(Label(20), 3);
  CHECK(noted.told().starts_with("1 2, 2 2, 3 2, "));
  CHECK(noted.told().ends_with(", 19 2, 20 3"));
  noted.add(Label(21), 3);
  CHECK(noted.told().ends_with(", 20 3 and 1 more"));
  noted.add(Label(22), 3);
  CHECK(noted.told().ends_with(", 20 3 and 2 more"));
}

TEST_CASE("counts that cannot be met are refused", "[cells]") {
  const Example set;
  const auto with = [&](std::vector<StratumCount> counts) {
    return make_plan(set.data({.allocation = Allocation::listed, .counts = std::move(counts)}),
                     Smote{.k_neighbors = 2});
  };
  CHECK_THROWS_WITH(with({{"a", 2, 30}}), "strata: counts name class 2, but y has no such class; name classes of y");
  CHECK_THROWS_WITH(
      with({{"a", 1, 3}}),
      "strata: counts ask for 3 rows of class 1 in stratum a, which has 20; over-sampling removes no rows: ask "
      "for at least as many as there are");
  CHECK_THROWS_AS(with({{"a", 1, std::numeric_limits<Index>::max()}}), InvalidOption);
  CHECK(new_rows(set, with({{"a", 1, 20}, {"c", 1, 5}})) == Cells{{"c1", 1}});  // as many as there are, and one more
}

TEST_CASE("strata come along in folds and chains", "[cells]") {
  const Example set;
  const auto data = set.data();
  std::vector<std::string> cell;
  for (std::size_t i = 0; i < set.y.size(); ++i) cell.push_back(set.strata[i] + std::to_string(set.y[i]));
  const Folds folds(data, split(rebalance::Rows(cell), StratifiedKFold{.n_splits = 2, .seed = 1}));
  for (const auto& fold : folds) {
    CHECK(new_rows(set, fold.train(Smote{.k_neighbors = 1}).plan).size() == 3);
    CHECK(new_rows(set, fold.train(SmoteEnn{.smote = {.k_neighbors = 1}}).plan).size() > 0);
  }
  const Plan chained = make_plan(data, RandomUnderSampler{.strategy = ratio(0.4), .seed = 1}, Smote{.k_neighbors = 2});
  new_rows(set, chained);
}

TEST_CASE("far blobs are never bridged: by strata of the caller or by mutual neighbors", "[cells]") {
  // Two blobs of the smaller class, 6 rows each, 100 apart; Smote with k = 8 has to reach over.
  Matrix<double> X = sets::features(Kind::continuous, 60, 2);
  std::vector<int> y(60, 0), blob(60, 0);
  for (Index i = 48; i < 60; ++i) {
    y[static_cast<std::size_t>(i)] = 1;
    blob[static_cast<std::size_t>(i)] = i < 54 ? 1 : 2;
    X(i, 0) = (i < 54 ? -50 : 50) + X(i, 0) / 10;
  }
  const auto bridges = [&](const Plan& plan) {
    Index out = 0;
    for (const Origin& origin : plan)
      out += blob[static_cast<std::size_t>(origin.base)] != blob[static_cast<std::size_t>(origin.neighbor)];
    return out;
  };
  const Smote smote{.k_neighbors = 8, .seed = 1, .too_few_neighbors = TooFewNeighbors::clamp};
  CHECK(bridges(make_plan(X, y, smote)) > 0);
  CHECK(bridges(make_plan(Data(X, y).strata(blob), smote)) == 0);
  const Data data(X, y);
  const auto clusters = mutual_clusters(data, {.k_neighbors = 5});
  CHECK(bridges(make_plan(Data(X, y).strata(clusters), smote)) == 0);
}
