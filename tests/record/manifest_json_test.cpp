// SPDX-License-Identifier: MIT
#include <rebalance/record/manifest_json.hpp>

#include "../support/catch.hpp"

namespace manifest_json_test {

using namespace rebalance;

/// A manifest in which nothing is empty.
Manifest full_manifest() {
  Plan plan(3);
  plan.keep(1);
  plan.add(0, 2, 0.7);
  Manifest out;
  out.library = "0.1.0";
  out.recipe = {"Smote{.k_neighbors = 5, .seed = 5}", "TomekLinks{}"};
  out.rules = {"strata{.allocation = Allocation::equal, .small = SmallStratum::as_sampler}", "columns{.columns = {1}}"};
  out.scalar = "float";
  out.rows = 3;
  out.columns = 2;
  out.input = {0x0123456789abcdef, ~std::uint64_t{0}, 1, 2, 3, 4, 5};
  out.summary = {{{"fine", 2, 1, 1, 0, 1}, {"frÄud", 1, 1, 0, 1, 1}},
                 {{"north", "fine", 2, 0, 1}, {"south", "frÄud", 1, 1, 1}},
                 {{"tomek_link", 1, 1, 0}, {"outvoted", 2, 1, 3}},
                 1.0 / 3};
  out.notes = {{"Smote", "frÄud", "\"a note\"\n"}, {"Smote", {}, ""}};
  out.plan_digest = digest(plan);
  out.plan = plan_bytes(plan);
  out.fold = {2, 1};
  out.transformed = true;
  out.seconds = 1.25;
  out.tags = {{"ticket", "RISK-1207"}, {"äußerst", "\"quoted\"\n"}};
  return out;
}

/// The paths of all keys, of arrays those of their first item.
void add_keys(const Json& json, const std::string& path, std::vector<std::string>& out) {
  if (json.items() && !json.items()->empty()) add_keys(json.items()->front(), path + "[]", out);
  if (json.members())
    for (const auto& [key, value] : *json.members()) {
      out.push_back(path + "/" + key);
      add_keys(value, path + "/" + key, out);
    }
}

TEST_CASE("a manifest comes back as it was, also one in which everything is empty", "[manifest_json]") {
  CHECK(manifest_of_json(full_manifest().json()) == full_manifest());
  CHECK(manifest_of_json(full_manifest().json()).json() == full_manifest().json());
  CHECK(manifest_of_json(Manifest{}.json()) == Manifest{});
  Manifest bare = full_manifest();
  bare.plan.clear();
  CHECK(manifest_of_json(bare.json()) == bare);
}

TEST_CASE("the digest of a manifest is pinned", "[manifest_json]") {
  const Json json = parse_json(full_manifest().json());
  CHECK(JsonPlace(json).at("digest").as_text() == "76151f840872ab56");
}

TEST_CASE("the keys are pinned", "[manifest_json]") {
  std::vector<std::string> keys;
  add_keys(parse_json(full_manifest().json()), "", keys);
  // clang-format off
  CHECK(keys == std::vector<std::string>{"/schema", "/library", "/recipe", "/rules", "/scalar", "/rows", "/columns", "/input", "/input/X", "/input/y",
      "/input/space", "/input/strata", "/input/groups", "/input/times", "/input/ends", "/classes", "/classes[]/label", "/classes[]/before",
      "/classes[]/removed", "/classes[]/kept", "/classes[]/synthetic", "/classes[]/after", "/strata", "/strata[]/stratum", "/strata[]/label",
      "/strata[]/before", "/strata[]/synthetic", "/strata[]/after", "/removals", "/removals[]/reason", "/removals[]/pass", "/removals[]/real",
      "/removals[]/synthetic", "/synthetic_ratio", "/notes", "/notes[]/sampler", "/notes[]/label", "/notes[]/text", "/plan_digest", "/plan",
      "/fold", "/transformed", "/seconds", "/tags", "/tags/ticket", "/tags/äußerst", "/digest"});
  // clang-format on
}

TEST_CASE("a manifest that was changed in any byte is refused, or means the same", "[manifest_json]") {
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
  for (std::size_t length = 0; length < text.size(); length += 7)
    CHECK_THROWS_AS(manifest_of_json(text.substr(0, length)), InvalidRecord);
}

TEST_CASE("any field changed by hand is refused, seconds and tags may be", "[manifest_json]") {
  const Manifest record = full_manifest();
  const auto read = [&](auto change) {
    Manifest changed = record;
    change(changed);
    std::string text = changed.json();
    const std::string other = text.substr(text.rfind('"', text.size() - 4) + 1, 16), right = record.json();
    text.replace(text.rfind(other), 16,
                 right.substr(right.rfind('"', right.size() - 4) + 1, 16));  // the digest there was
    return manifest_of_json(text);
  };
  const auto refused =
      "the digest of the manifest is not that of its content: it was changed or damaged; use the file as "
      "it was written (only seconds and tags may be changed)";
  CHECK_THROWS_WITH(read([](Manifest& m) { m.library = "0.1.1"; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.recipe[0].back() = ' '; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.rules.pop_back(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.rows = 4; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.input.y ^= 1; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.input.ends.reset(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { --m.summary.classes[1].synthetic; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.summary.strata.pop_back(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.summary.synthetic_ratio /= 2; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.notes.clear(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.plan.clear(); }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.fold = {}; }), refused);
  CHECK_THROWS_WITH(read([](Manifest& m) { m.transformed = false; }), refused);
  CHECK(read([](Manifest& m) { m.seconds.reset(); }).recipe == record.recipe);
  CHECK(read([](Manifest& m) { m.tags["more"] = "said"; }).tags.size() == 3);
}

TEST_CASE("what is no manifest is told from a manifest of another version", "[manifest_json]") {
  CHECK_THROWS_WITH(manifest_of_json("{}"), "JSON: the value lacks the key 'schema'");
  CHECK_THROWS_WITH(manifest_of_json("[]"), "JSON: the value is not an object");
  CHECK_THROWS_WITH(manifest_of_json("{\"schema\": \"rebalance manifest 2\"}"),
                    "the schema is 'rebalance manifest 2', this library reads 'rebalance manifest 1': read the "
                    "manifest with the version that wrote it");
  std::string text = full_manifest().json();
  CHECK_THROWS_WITH(manifest_of_json(text.insert(1, "\"approved_by\": \"me\",")),
                    "JSON: the manifest has 21 keys, a manifest 20 there; put what else you want to say into its tags");
  Manifest record = full_manifest();
  record.tags["bad"] = "\xff";
  CHECK_THROWS_AS(record.json(), InvalidRecord);
}

}  // namespace manifest_json_test
