// SPDX-License-Identifier: MIT
#include <rebalance/record/manifest.hpp>

#include <set>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace manifest_test {

using namespace rebalance;

const auto X = sets::features(sets::Kind::continuous, 60, 3);
const auto y = sets::labels({40, 20});

template <class... Rs>
Manifest manifest_with(const Rs&... samplers) {
  const Data data(X, y);
  return manifest(data, make_plan(data, samplers...), samplers...);
}

/// A manifest in which nothing is empty.
Manifest full_manifest() {
  std::vector<std::string> segment;
  for (std::size_t row = 0; row < y.size(); ++row) segment.push_back(row % 3 == 0 ? "nörth" : "south");
  const Matrix<double> scores = X.leftCols(2) * 2;
  const Data data = Data(X, y)
                        .space(scores)
                        .strata(segment, {.allocation = Allocation::equal})
                        .columns({integer({1})})
                        .accept([](std::span<const double> row) { return row[0] < 2; })
                        .groups(segment)
                        .times(sets::numbers(60), sets::numbers(60));
  const Chain chain{Smote{.k_neighbors = 3, .seed = 5}, EditedNearestNeighbors{}};
  Manifest out = manifest(data, make_plan(data, chain), chain);
  out.fold = {2, 1};
  out.seconds = 1.25;
  out.tags = {{"ticket", "RISK-1207"}, {"äußerst", "\"quoted\"\n"}};
  return out;
}

struct Unnamed {
  template <class S>
  Plan plan(const DataView<S>& data, const Execution&) const {
    return Plan::keep_all(data.rows());
  }
};

TEST_CASE("a manifest says what was done to what", "[manifest]") {
  const Manifest record = manifest_with(Smote{.seed = 42}, TomekLinks{});
  CHECK(record.library == "0.1.0");
  CHECK(record.recipe == std::vector<std::string>{Smote{.seed = 42}.describe(), TomekLinks{}.describe()});
  CHECK(record.rules.empty());
  CHECK(record.scalar == "double");
  CHECK(record.rows == 60);
  CHECK(record.columns == 3);
  CHECK(record.input.X == digest(X));
  CHECK_FALSE(record.input.space);
  CHECK(record.plan_digest == digest(make_plan(X, y, Smote{.seed = 42}, TomekLinks{})));
  CHECK(record.summary.classes[1].before == 20);
  CHECK(record.notes == make_plan(X, y, Smote{.seed = 42}, TomekLinks{}).notes());
  CHECK(manifest_with(Unnamed{}).recipe.front() == "a resampler without describe()");
  const Matrix<float> single = X.cast<float>();
  CHECK(manifest(Data(single, y), make_plan(single, y, Smote{}), Smote{}).scalar == "float");
}

TEST_CASE("a chain is told stage by stage", "[manifest]") {
  const Smote smote{.seed = 42};
  const TomekLinks links;
  const Plan plan = make_plan(X, y, smote, links);
  CHECK(manifest(Data(X, y), plan, Chain{Chain{smote}, links}).recipe ==
        std::vector<std::string>{smote.describe(), links.describe()});
}

TEST_CASE("rules of the data are told in full", "[manifest]") {
  CHECK(full_manifest().rules ==
        std::vector<std::string>{"strata{.allocation = Allocation::equal, .small = SmallStratum::as_sampler}",
                                 "columns{.columns = {1}, .kind = ColumnKind::grid, .step = 1, .origin = 0}",
                                 "accept{.most = 20, .otherwise = Otherwise::nearest_parent}"});
  const Data data = Data(X, y).strata(y, {.allocation = Allocation::listed, .counts = {{1, 1, 30}, {0, 0, 41}}});
  CHECK(manifest(data, make_plan(data, Smote{}), Smote{}).rules.front() ==
        "strata{.allocation = Allocation::listed, .small = SmallStratum::as_sampler, .counts = {{1, 1, 30}, {0, 0, "
        "41}}}");
}

TEST_CASE("a manifest comes back from its JSON as it was", "[manifest]") {
  for (const Manifest& record :
       {full_manifest(), manifest_with(Smote{}), manifest_with(Unnamed{}), manifest_with(RandomUnderSampler{})}) {
    CHECK(manifest_of_json(record.json()) == record);
    CHECK(manifest_of_json(record.json()).json() == record.json());
  }
  Manifest bare = full_manifest();
  bare.plan.clear();
  CHECK(manifest_of_json(bare.json()) == bare);
}

TEST_CASE("two runs give the same text but for seconds and tags", "[manifest]") {
  Manifest one = full_manifest(), other = full_manifest();
  CHECK(one.json() == other.json());
  other.seconds = 77;
  other.tags = {};
  const Json a = parse_json(one.json()), b = parse_json(other.json());
  CHECK(JsonPlace(a).at("digest").as_text() == JsonPlace(b).at("digest").as_text());
  const Data data(X, y);
  const Plan plan = make_plan(data, Smote{});
  CHECK(manifest(Execution{.threads = 4}, data, plan, Smote{}) == manifest(data, plan, Smote{}));
}

TEST_CASE("any other value, rule or option makes another record", "[manifest]") {
  std::set<std::string> seen;
  const auto differs = [&](const Manifest& record) {
    const Json json = parse_json(record.json());
    return seen.insert(JsonPlace(json).at("digest").as_text()).second;
  };
  CHECK(differs(manifest_with(Smote{})));
  CHECK(differs(manifest_with(Smote{.seed = 1})));
  CHECK(differs(manifest_with(Smote{.k_neighbors = 4})));
  CHECK(differs(manifest_with(Smote{.strategy = ratio(1)})));  // the same plan
  CHECK(differs(manifest_with(Smote{}, TomekLinks{})));
  const Plan plan = make_plan(X, y, Smote{});
  Matrix<double> other = X;
  other(59, 2) = std::nextafter(other(59, 2), 9);
  CHECK(differs(manifest(Data(other, y), plan, Smote{})));
  std::vector<int> labels = y;
  labels[7] = 1 - labels[7];
  CHECK(differs(manifest(Data(X, labels), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).space(other), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).strata(y), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).strata(labels), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).groups(y), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).groups(labels), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).times(y), plan, Smote{})));
  CHECK(differs(manifest(Data(X, y).times(y, labels = std::vector<int>(60, 2)), plan, Smote{})));
  Plan longer = plan;
  longer.add_copy(3);
  CHECK(differs(manifest(Data(X, y), longer, Smote{})));
  Plan noted = plan;
  noted.note({"Smote", {}, "something"});
  CHECK(differs(manifest(Data(X, y), noted, Smote{})));
}

TEST_CASE("a plan that was not made for the data gets no manifest", "[manifest]") {
  CHECK_THROWS_AS(manifest(Data(X, y), Plan::keep_all(59), Smote{}), InvalidPlan);
}

TEST_CASE("the training side of a fold has its number and its seeds", "[manifest]") {
  const Folds folds(X, y, StratifiedKFold{.n_splits = 4, .seed = 7});
  const auto& fold = folds[2];
  const auto train = fold.train(Smote{.seed = 42}, TomekLinks{});
  const Manifest record = manifest(fold, train);
  CHECK(record.fold == std::vector<Index>{2});
  CHECK(record.recipe == std::vector<std::string>{Smote{.seed = fold.seed(42)}.describe(), TomekLinks{}.describe()});
  CHECK(manifest(fold, fold.train(Chain{Smote{.seed = 42}, TomekLinks{}})).recipe == record.recipe);
  CHECK(record.rows == 60);
  CHECK(record.summary.classes[0].before == train.counts[0].before);
  CHECK(record.summary.classes[1].after == train.counts[1].after);
  CHECK_FALSE(record.transformed);
  CHECK(manifest_of_json(record.json()) == record);

  const auto inner = fold.inner(StratifiedKFold{.n_splits = 3});
  CHECK(manifest(inner[1], inner[1].train(Smote{})).fold == std::vector<Index>{2, 1});
  CHECK(manifest(fold, fold.train()).recipe.empty());
  const auto scaled = fold.transformed(Standardize{});
  CHECK(manifest(scaled, scaled.train(Smote{})).transformed);
  CHECK_THROWS_AS(manifest(folds[1], train), InvalidSplit);
  CHECK_THROWS_AS(manifest(inner[2], train), InvalidSplit);  // number 2 too, but inside of another fold
}

}  // namespace manifest_test
