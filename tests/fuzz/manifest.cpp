// SPDX-License-Identifier: MIT
//
// Manifests from outside. The input: a JSON text, which is read as it is and once more with the digests that its content
// should have. The manifests of the corpus are of the six rows below, so that replay goes to its end.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/record/base64.hpp>
#include <rebalance/record/metrics_text.hpp>
#include <rebalance/record/replay.hpp>

#include "input.hpp"

namespace {

using namespace rebalance;
using fuzz::require;

const Matrix<double> X = (Matrix<double>(6, 2) << 0, 0, 1, 0, 0, 1, 5, 5, 6, 5, 2, 3).finished();
const std::vector<int> y = {0, 0, 0, 0, 1, 1};

const std::string* text_of(const Json& json, std::string_view key) {
  for (const auto& [name, value] : *json.members())
    if (name == key) return value.string();
  return nullptr;
}

/// The plan of a manifest, with the digest that its bytes should have.
std::optional<std::string> mended_plan(const Json& manifest) {
  const std::string* const text = text_of(manifest, "plan");
  std::optional<std::string> bytes = text ? detail::bytes_of_base64(*text) : std::nullopt;
  if (!bytes || bytes->size() < 8) return std::nullopt;
  bytes->resize(bytes->size() - 8);
  detail::ByteWriter digest;
  digest.word(detail::digest_of_bytes(*bytes));
  return *bytes + digest.bytes();
}

/// The digest that the plan of a manifest should have, if it can be read.
std::optional<std::string> digest_of_plan(const std::optional<std::string>& bytes) try {
  if (!bytes) return std::nullopt;
  return detail::hex(digest(plan_of_bytes(*bytes, X.rows())));
} catch (const InvalidPlan&) {
  return std::nullopt;
}

/// The same manifest, if it is one, with all digests of its content mended.
std::string mended(const Json& json) {
  if (!json.members()) return json.text();
  const auto plan = mended_plan(json);
  const auto plan_digest = digest_of_plan(plan);
  Json sealed = Json::object();
  for (const auto& [key, value] : *json.members()) {
    if (key == "seconds" || key == "tags" || key == "digest") continue;
    if (key == "plan" && plan) sealed.set(key, detail::base64(*plan));
    else if (key == "plan_digest" && plan_digest) sealed.set(key, *plan_digest);
    else sealed.set(key, value);
  }
  const std::string seal = detail::seal_of(sealed);
  for (const auto& [key, value] : *json.members())
    if (key == "seconds" || key == "tags") sealed.set(key, value);
  return sealed.set("digest", seal).text();
}

void use_figures(const Manifest& manifest) try {
  metrics_text(manifest, "data", "run");
} catch (const InvalidOption&) {  // tags that are no names
}

void use(const Manifest& manifest) {
  require(manifest_of_json(manifest.json()) == manifest, "a manifest comes back from its text");
  use_figures(manifest);
  const auto out = replay(manifest, Data(X, y));
  require(out.X == replay(Execution{.threads = 2}, manifest, X), "rows are the same with two threads");
  require(verify(out.plan, X, out.X).empty(), "replayed rows are those of the plan");
}

void read(std::string_view text) try { use(manifest_of_json(text)); } catch (const InvalidRecord&) {
} catch (const InvalidPlan&) {
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) try {
  const std::string_view text = fuzz::Input(data, size).rest();
  read(text);
  read(mended(parse_json(text)));
  return 0;
} catch (const InvalidRecord&) {
  return 0;
}
