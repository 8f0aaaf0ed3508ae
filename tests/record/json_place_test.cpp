// SPDX-License-Identifier: MIT
#include <rebalance/record/json_place.hpp>

#include "../support/catch.hpp"

namespace json_place_test {

using namespace rebalance;

const Json report =
    Json::object()
        .set("rows", 340)
        .set("ratio", 0.5)
        .set("ok", true)
        .set("none", nullptr)
        .set("counts", Json::array().add(Json::object().set("label", "a")).add(Json::object().set("label", "b")));

TEST_CASE("values are read as what they are", "[json_place]") {
  const JsonPlace root(report);
  CHECK(root.at("rows").as_int() == 340);
  CHECK(root.at("rows").as_number() == 340.0);
  CHECK(root.at("ratio").as_number() == 0.5);
  CHECK(root.at("ok").as_bool());
  CHECK(root.at("none").is_null());
  CHECK(root.at("counts").items().at(1).at("label").as_text() == "b");
  CHECK(root.members().size() == 5);
  CHECK(root.members()[4].first == "counts");
  CHECK(root.members()[4].second.items().size() == 2);
  CHECK(root.has("rows"));
  CHECK_FALSE(root.has("columns"));
}

TEST_CASE("what is missing or of another type is named with its path", "[json_place]") {
  const JsonPlace root(report);
  CHECK_THROWS_WITH(root.at("columns"), "JSON: the value lacks the key 'columns'");
  CHECK_THROWS_WITH(root.at("counts").items().at(1).at("rows"), "JSON: counts[1] lacks the key 'rows'");
  CHECK(root.at("rows").as_count() == 340);
  const Json below(-1), beyond((std::int64_t{1} << 48) + 1);
  CHECK_THROWS_WITH(JsonPlace(below, "rows").as_count(), "JSON: rows is -1; a count is from 0 to 2^48");
  CHECK_THROWS_AS(JsonPlace(beyond).as_count(), InvalidRecord);
  CHECK_THROWS_WITH(root.at("counts").items().at(1).at("label").as_int(),
                    "JSON: counts[1].label is not a whole number");
  CHECK_THROWS_WITH(root.at("ratio").as_int(), "JSON: ratio is not a whole number");
  CHECK_THROWS_WITH(root.at("none").as_number(), "JSON: none is not a number");
  CHECK_THROWS_WITH(root.at("rows").as_text(), "JSON: rows is not text");
  CHECK_THROWS_WITH(root.at("rows").as_bool(), "JSON: rows is not true or false");
  CHECK_THROWS_WITH(root.at("rows").items(), "JSON: rows is not an array");
  CHECK_THROWS_WITH(root.at("rows").at("x"), "JSON: rows is not an object");
  CHECK_THROWS_WITH(root.items(), "JSON: the value is not an array");
  const Json large(std::int64_t{1} << 54);
  CHECK_THROWS_AS(JsonPlace(large).as_number(), InvalidRecord);
}

}  // namespace json_place_test
