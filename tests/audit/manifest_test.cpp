// SPDX-License-Identifier: MIT
#include <rebalance/audit/manifest.hpp>

#include <set>

#include "../support/catch.hpp"
#include "../support/every_resampler.hpp"

using namespace rebalance;

namespace {

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

/// The paths of all keys, of arrays those of their first item.
void add_keys(const Json& json, const std::string& path, std::vector<std::string>& out) {
  if (json.items() && !json.items()->empty()) add_keys(json.items()->front(), path + "[]", out);
  if (json.members())
    for (const auto& [key, value] : *json.members()) {
      out.push_back(path + "/" + key);
      add_keys(value, path + "/" + key, out);
    }
}

}  // namespace

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

TEST_CASE("rules of the data are told in full", "[manifest]") {
  CHECK(full_manifest().rules ==
        std::vector<std::string>{"strata{.allocation = Allocation::equal, .small = SmallStratum::as_sampler}",
                                 "columns{.columns = {1}, .kind = ColumnKind::grid, .step = 1, .origin = 0}",
                                 "accept{.most = 20, .otherwise = Otherwise::nearest_parent}"});
  const Data data = Data(X, y).strata(y, {.allocation = Allocation::listed, .counts = {{1, 1, 30}, {0, 0, 41}}});
  CHECK(manifest(data, make_plan(data, Smote{}), Smote{}).rules.front() ==
        "strata{.allocation = Allocation::listed, .small = SmallStratum::as_sampler, .counts = {{1, 1, 30}, {0, 0, 41}}}");
}

TEST_CASE("the keys are pinned", "[manifest]") {
  std::vector<std::string> keys;
  add_keys(parse_json(full_manifest().json()), "", keys);
  CHECK(keys == std::vector<std::string>{"/schema", "/library", "/recipe", "/rules", "/scalar", "/rows", "/columns", "/input", "/input/X", "/input/y",
      "/input/space", "/input/strata", "/input/groups", "/input/times", "/input/ends", "/classes", "/classes[]/label", "/classes[]/before",
      "/classes[]/removed", "/classes[]/kept", "/classes[]/synthetic", "/classes[]/after", "/strata", "/strata[]/stratum", "/strata[]/label",
      "/strata[]/before", "/strata[]/synthetic", "/strata[]/after", "/removals", "/removals[]/reason", "/removals[]/pass", "/removals[]/real",
      "/removals[]/synthetic", "/synthetic_ratio", "/notes", "/notes[]/sampler", "/notes[]/label", "/notes[]/text", "/plan_digest", "/plan",
      "/fold", "/transformed", "/seconds", "/tags", "/tags/ticket", "/tags/äußerst", "/digest"});
}

TEST_CASE("a manifest comes back from its JSON as it was", "[manifest]") {
  for (const Manifest& record : {full_manifest(), manifest_with(Smote{}), manifest_with(Unnamed{}), manifest_with(RandomUnderSampler{})}) {
    CHECK(manifest_of_json(record.json()) == record);
    CHECK(manifest_of_json(record.json()).json() == record.json());
  }
  Manifest bare = full_manifest();
  bare.plan.clear();
  CHECK(manifest_of_json(bare.json()) == bare);
}

TEST_CASE("manifests of every sampler and chain come back", "[manifest]") {
  for (const auto& one : every_resampler::cases()) {
    INFO(one.name);
    const auto features = every_resampler::features<double>(one);
    const auto labels = sets::labels(every_resampler::sizes);
    const Data data(features, labels);
    const Manifest record = manifest(data, make_plan(data, one.sampler), one.sampler);
    CHECK(record.recipe == std::vector<std::string>{one.sampler.describe()});
    CHECK(manifest_of_json(record.json()) == record);
  }
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

TEST_CASE("a manifest that was changed in any byte is refused, or means the same", "[manifest]") {
  const Manifest record = full_manifest();
  const std::string text = record.json();
  const std::size_t free_begin = text.find("\"seconds\""), free_end = text.find("\"digest\"");
  REQUIRE(free_end != std::string::npos);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at == free_begin) at = free_end;
    for (const int mask : {1, 2, 4, 8, 16, 32, 64, 128}) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ mask);
      try {
        const Manifest read = manifest_of_json(changed);  // another kind of space between two values
        CHECK(read == record);
      } catch (const InvalidRecord&) {
        ++refused;
      }
    }
  }
  CHECK(refused > 7 * (text.size() - (free_end - free_begin)));
  for (std::size_t length = 0; length < text.size(); length += 7) CHECK_THROWS_AS(manifest_of_json(text.substr(0, length)), InvalidRecord);
}

TEST_CASE("any field changed by hand is refused, seconds and tags may be", "[manifest]") {
  const Manifest record = full_manifest();
  const auto read = [&](auto change) {
    Manifest changed = record;
    change(changed);
    std::string text = changed.json();
    const std::string other = text.substr(text.rfind('"', text.size() - 4) + 1, 16), right = record.json();
    text.replace(text.rfind(other), 16, right.substr(right.rfind('"', right.size() - 4) + 1, 16));  // the digest there was
    return manifest_of_json(text);
  };
  const auto refused = "the digest of the manifest is not that of its content: it was changed or damaged; use the file as "
                       "it was written (only seconds and tags may be changed)";
  CHECK_THROWS_WITH(read([](Manifest& m) { m.library = "0.1.1"; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.recipe[0].replace(m.recipe[0].find("seed = 5"), 8, "seed = 6"); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.rules.pop_back(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.rows = 61; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.input.y ^= 1; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.input.ends.reset(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { --m.summary.classes[1].synthetic; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.summary.strata.pop_back(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.summary.synthetic_ratio /= 2; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.notes.clear(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.plan.clear(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.fold = {}; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.transformed = true; }), refused);
  CHECK(read([](Manifest& m) { m.seconds.reset(); }).recipe == record.recipe);
  CHECK(read([](Manifest& m) { m.tags["more"] = "said"; }).tags.size() == 3);
}

TEST_CASE("what is no manifest is told from a manifest of another version", "[manifest]") {
  CHECK_THROWS_WITH(manifest_of_json("{}"), "JSON: the value lacks the key 'schema'");
  CHECK_THROWS_WITH(manifest_of_json("[]"), "JSON: the value is not an object");
  CHECK_THROWS_WITH(manifest_of_json("{\"schema\": \"rebalance manifest 2\"}"),
                    "the schema is 'rebalance manifest 2', this library reads 'rebalance manifest 1': read the manifest with the version that wrote it");
  std::string text = full_manifest().json();
  CHECK_THROWS_WITH(manifest_of_json(text.insert(1, "\"approved_by\": \"me\",")),
                    "JSON: the manifest has 21 keys, a manifest 20 there; put what else you want to say into its tags");
  Manifest record = full_manifest();
  record.tags["bad"] = "\xff";
  CHECK_THROWS_AS(record.json(), InvalidRecord);
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
}
