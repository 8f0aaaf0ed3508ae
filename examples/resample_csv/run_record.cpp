// SPDX-License-Identifier: MIT
#include "run_record.hpp"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <rebalance/record/json_parser.hpp>
#include <rebalance/record/json_place.hpp>
#include <rebalance/record/metrics_text.hpp>

#include "../common/compressed_file.hpp"
#include "../common/message.hpp"
#include "../common/sha256.hpp"

namespace resample_csv {

namespace {

using rebalance::InvalidRecord, rebalance::Json, rebalance::JsonPlace;

constexpr std::string_view schema = "resample_csv 1";
constexpr std::array<std::string_view, 6> role_names = {"feature", "category", "target",
                                                        "stratum", "copied",   "dropped"};  // in the order of Role

Json run_of(const RunRecord& record, const std::vector<std::string>& column_names) {
  Json columns = Json::array();
  for (std::size_t i = 0; i < record.uses.size(); ++i) {
    const ColumnUse& use = record.uses[i];
    columns.add(Json::object()
                    .set("name", column_names[i])
                    .set("role", role_names[static_cast<std::size_t>(use.role)])
                    .set("step", use.step > 0 ? Json(use.step) : Json(nullptr)));
  }
  return Json::object()
      .set("input_sha256", record.input)
      .set("output_sha256", record.output)
      .set("sampler", record.sampler)
      .set("missing", record.drop_missing_rows ? "drop-rows" : "error")
      .set("columns", std::move(columns));
}

Role role_of(const JsonPlace& place) {
  for (std::size_t i = 0; i < role_names.size(); ++i)
    if (place.as_text() == role_names[i]) return static_cast<Role>(i);
  throw InvalidRecord(place.path() + " is " + examples::in_quotes(place.as_text()) +
                      ", a role that this version does not know");
}

RunRecord record_of(const Json& json) {
  const JsonPlace root(json);
  if (const auto& found = root.at("schema").as_text(); found != schema)
    throw InvalidRecord("its schema is " + examples::in_quotes(found) + ", not " + examples::in_quotes(schema) +
                        "; replay it by the version that wrote it");
  const JsonPlace run = root.at("run");
  if (root.at("run_sha256").as_text() != sha256(run.json().text()))
    throw InvalidRecord("run_sha256 is not that of run: it was changed or damaged; use the file as it was written");
  RunRecord out;
  out.input = run.at("input_sha256").as_text();
  out.output = run.at("output_sha256").as_text();
  out.sampler = run.at("sampler").as_text();
  out.drop_missing_rows = run.at("missing").as_text() == "drop-rows";
  for (const JsonPlace& column : run.at("columns").items()) {
    const JsonPlace step = column.at("step");
    out.uses.push_back({role_of(column.at("role")), step.is_null() ? 0 : step.as_number()});
  }
  const auto targets =
      std::count_if(out.uses.begin(), out.uses.end(), [](const ColumnUse& use) { return use.role == Role::target; });
  if (targets != 1)
    throw InvalidRecord("run.columns has " + std::to_string(targets) +
                        " targets, not one; use the file as it was written");
  out.manifest = rebalance::manifest_of_json(root.at("manifest").json().text());
  return out;
}

std::string hexadecimal(std::uint64_t number) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016" PRIx64, number);
  return digits;
}

/// Takes a tag out.
std::string taken(std::map<std::string, std::string>& tags, const std::string& name, const std::string& otherwise) {
  const auto tag = tags.extract(name);
  return tag.empty() ? otherwise : tag.mapped();
}

}  // namespace

std::string json_of(const RunRecord& record, const std::vector<std::string>& column_names) {
  Json run = run_of(record, column_names);
  const std::string digest = sha256(run.text());
  return Json::object()
             .set("schema", schema)
             .set("run", std::move(run))
             .set("run_sha256", digest)
             .set("manifest", rebalance::parse_json(record.manifest.json()))
             .text() +
         '\n';
}

RunRecord read_record(const std::string& path) try {
  return record_of(rebalance::parse_json(read_file(path)));
} catch (const InvalidRecord& error) {
  throw Failure(path + ": " + error.what());
}

std::string metrics_of(rebalance::Manifest manifest, const std::string& input) {
  const std::string dataset = taken(manifest.tags, "dataset_id", std::filesystem::path(input).filename().string());
  const std::string run = taken(manifest.tags, "run_id", hexadecimal(manifest.plan_digest));
  return rebalance::metrics_text(manifest, dataset, run);
}

}  // namespace resample_csv
