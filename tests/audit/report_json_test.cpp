// SPDX-License-Identifier: MIT
#include <rebalance/audit/report_json.hpp>

#include <limits>
#include <string>

#include <rebalance/audit/fidelity.hpp>
#include <rebalance/record/json_parser.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace report_json_test {

using namespace rebalance;

const Json& at(const Json& object, const std::string& key) {
  for (const auto& [name, value] : *object.members())
    if (name == key) return value;
  throw std::runtime_error("no " + key);
}

TEST_CASE("a report of fidelity as JSON holds every figure beside what is usual", "[report_json]") {
  Fidelity fidelity{12, 200, {"dose \"x\""}, {}, 0xAB};
  ClassFidelity rare;
  rare.label = Label("rare");
  rare.real = 4, rare.synthetic = 3, rare.real_compared = 4, rare.synthetic_compared = 3;
  ColumnFidelity column;
  column.kolmogorov_smirnov = {.5, .25};
  column.variance = {.5, .75, {}};
  rare.columns = {column};
  rare.copies = {.125, 0};
  fidelity.classes = {ClassFidelity{.label = Label("most"), .real = 8}, rare};

  const Json json = to_json(fidelity);
  CHECK(parse_json(json.text()) == json);
  CHECK(*at(json, "rows").integer() == 12);
  CHECK(*at(json, "plan_digest").string() == "00000000000000ab");
  CHECK(at(json, "findings").items()->size() == 3);
  const auto& classes = *at(json, "classes").items();
  CHECK(classes[0] == Json::object().set("label", "most").set("real", 8).set("synthetic", 0));
  CHECK(at(classes[1], "copies") == Json::object().set("found", .125).set("usual", 0.0).set("unusual", true));
  const Json& found = at(classes[1], "columns").items()->at(0);
  CHECK(*at(found, "name").string() == "dose \"x\"");
  CHECK(at(found, "kolmogorov_smirnov") == Json::object().set("found", .5).set("usual", .25).set("unusual", true));
  CHECK(at(found, "variance") ==
        Json::object().set("found", .5).set("by_law", nullptr).set("usual", .75).set("unusual", true));

  fidelity.classes[1].columns[0].variance.found = std::numeric_limits<double>::infinity();
  CHECK(to_json(fidelity).text().find("\"found\": null") != std::string::npos);
  fidelity.column_names[0] = "\xFF";
  CHECK_THROWS_AS(to_json(fidelity), InvalidRecord);
}

TEST_CASE("a profile as JSON has all its fields", "[report_json]") {
  const Matrix<double> X{{0}, {1}, {2}, {3}, {40}, {41}};
  const std::vector<int> y{0, 0, 0, 0, 1, 1};
  const Profile out = profile(Data(X, y), {.k_neighbors = 3});
  const Json json = to_json(out);
  CHECK(parse_json(json.text()) == json);
  CHECK(at(json, "advice").items()->size() == out.advice.size());
  const Json& rare = at(json, "classes").items()->at(1);
  CHECK(*at(rare, "label").string() == "1");
  CHECK(*at(rare, "feasible_k").integer() == 1);
  CHECK(at(rare, "reach").items()->size() == 5);
  CHECK(*at(rare, "overlap").number() == out.classes[1].overlap);
}

}  // namespace report_json_test
