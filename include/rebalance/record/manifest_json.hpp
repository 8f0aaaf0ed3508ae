// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/digest.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/plan_bytes.hpp>
#include <rebalance/record/base64.hpp>
#include <rebalance/record/json.hpp>
#include <rebalance/record/json_parser.hpp>
#include <rebalance/record/json_place.hpp>
#include <rebalance/record/plan_summary.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Digests of what a run was given: features, labels by name, and what else belonged to the rows.
struct InputDigests {
  std::uint64_t X = 0;                       ///< features
  std::uint64_t y = 0;                       ///< labels
  std::optional<std::uint64_t> space = {};   ///< as Data::space
  std::optional<std::uint64_t> strata = {};  ///< as Data::strata
  std::optional<std::uint64_t> groups = {};  ///< as Data::groups
  std::optional<std::uint64_t> times = {};   ///< as Data::times, the beginnings
  std::optional<std::uint64_t> ends = {};    ///< as Data::times, the ends
  friend bool operator==(const InputDigests&, const InputDigests&) = default;
};

/// The record of a run: what was resampled, by what, with which result, and how to make every row of it again. Made by
/// `manifest`, kept as JSON, used by `replay`. It holds no feature, but labels and row numbers: guard it as you do the
/// data.
///
///     Manifest record = manifest(data, out.plan, Smote{.seed = 42});
///     record.seconds = stopwatch.seconds();
///     record.tags["ticket"] = "RISK-1207";
///     file << record.json();
struct Manifest {
  std::string library;              ///< version that made it
  std::vector<std::string> recipe;  ///< the samplers in their order, each with all its options
  std::vector<std::string> rules;   ///< what the data asked of new rows: strata, columns, accept
  std::string scalar;               ///< of X: float or double
  Index rows = 0;                   ///< of X
  Index columns = 0;                ///< of X
  InputDigests input;               ///< of what was given
  PlanSummary summary;              ///< of what was done
  std::vector<Note> notes;          ///< what samplers could not do, or did instead
  std::uint64_t plan_digest = 0;    ///< as `digest(plan)` has it
  std::string plan;                 ///< plan_bytes of the plan; clear it to keep a record that cannot be replayed
  std::vector<Index> fold;        ///< number of the fold, after those of the folds it is inside of; none: the whole set
  bool transformed = false;       ///< the fold handed out transformed rows, which X alone cannot give again
  std::optional<double> seconds;  ///< how long it took, if you say so
  std::map<std::string, std::string> tags;  ///< whatever else you want to be told

  /// All of it as JSON, with a digest of all but seconds and tags. Equal runs give equal text but for these.
  /// Throws InvalidRecord (text that is not UTF-8: a label, a tag).
  std::string json() const;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

namespace detail {

inline constexpr std::string_view manifest_schema = "rebalance manifest 1";

[[gnu::cold]] inline Json json_of(const std::optional<std::uint64_t>& digest) {
  return digest ? Json(hex(*digest)) : Json(nullptr);
}

[[gnu::cold]] inline Json json_of(const InputDigests& input) {
  return Json::object()
      .set("X", hex(input.X))
      .set("y", hex(input.y))
      .set("space", json_of(input.space))
      .set("strata", json_of(input.strata))
      .set("groups", json_of(input.groups))
      .set("times", json_of(input.times))
      .set("ends", json_of(input.ends));
}

[[gnu::cold]] inline Json json_of(const ClassSummary& c) {
  return Json::object()
      .set("label", c.label.text)
      .set("before", c.before)
      .set("removed", c.removed)
      .set("kept", c.kept)
      .set("synthetic", c.synthetic)
      .set("after", c.after);
}

[[gnu::cold]] inline Json json_of(const StratumSummary& cell) {
  return Json::object()
      .set("stratum", cell.stratum.text)
      .set("label", cell.label.text)
      .set("before", cell.before)
      .set("synthetic", cell.synthetic)
      .set("after", cell.after);
}

[[gnu::cold]] inline Json json_of(const RemovalSummary& removal) {
  return Json::object()
      .set("reason", removal.reason)
      .set("pass", removal.pass)
      .set("real", removal.real)
      .set("synthetic", removal.synthetic);
}

[[gnu::cold]] inline Json json_of(const Note& note) {
  return Json::object().set("sampler", note.sampler).set("label", note.label.text).set("text", note.text);
}

template <class T>
[[gnu::cold]] Json json_of_each(const std::vector<T>& all) {
  Json out = Json::array();
  for (const T& one : all) out.add(json_of(one));
  return out;
}

/// What the digest of a manifest is of.
[[gnu::cold]] inline Json sealed_part(const Manifest& manifest) {
  Json fold = Json::array();
  for (const Index number : manifest.fold) fold.add(number);
  return Json::object()
      .set("schema", manifest_schema)
      .set("library", manifest.library)
      .set("recipe", json_of(manifest.recipe))
      .set("rules", json_of(manifest.rules))
      .set("scalar", manifest.scalar)
      .set("rows", manifest.rows)
      .set("columns", manifest.columns)
      .set("input", json_of(manifest.input))
      .set("classes", json_of_each(manifest.summary.classes))
      .set("strata", json_of_each(manifest.summary.strata))
      .set("removals", json_of_each(manifest.summary.removals))
      .set("synthetic_ratio", manifest.summary.synthetic_ratio)
      .set("notes", json_of_each(manifest.notes))
      .set("plan_digest", hex(manifest.plan_digest))
      .set("plan", manifest.plan.empty() ? Json(nullptr) : Json(base64(manifest.plan)))
      .set("fold", std::move(fold))
      .set("transformed", manifest.transformed);
}

/// Of the text, so that how Json::text lays it out belongs to the form of a manifest as much as its keys do.
[[gnu::cold]] inline std::string seal_of(const Json& sealed) { return hex(digest_of_bytes(sealed.text())); }

/// Reads what Manifest::json wrote.
class ManifestReader {
 public:
  [[gnu::cold]] static Manifest read(const JsonPlace& root) {
    require_schema(root);
    require_keys(root, 20);
    Manifest out;
    out.library = root.at("library").as_text();
    out.recipe = texts(root.at("recipe"));
    out.rules = texts(root.at("rules"));
    out.scalar = root.at("scalar").as_text();
    out.rows = root.at("rows").as_count();
    out.columns = root.at("columns").as_count();
    out.input = input(root.at("input"));
    out.summary = summary(root);
    for (const JsonPlace& place : root.at("notes").items()) {
      require_keys(place, 3);
      out.notes.push_back({place.at("sampler").as_text(), label(place, "label"), place.at("text").as_text()});
    }
    out.plan_digest = digest(root.at("plan_digest"));
    out.plan = plan(root.at("plan"));
    for (const JsonPlace& number : root.at("fold").items()) out.fold.push_back(number.as_count());
    out.transformed = root.at("transformed").as_bool();
    if (const JsonPlace seconds = root.at("seconds"); !seconds.is_null()) out.seconds = seconds.as_number();
    for (const auto& [name, value] : root.at("tags").members()) out.tags[name] = value.as_text();
    if (root.at("digest").as_text() != seal_of(sealed_part(out)))
      throw InvalidRecord(
          "the digest of the manifest is not that of its content: it was changed or damaged; use the file as "
          "it was written (only seconds and tags may be changed)");
    return out;
  }

 private:
  [[gnu::cold]] static void require_schema(const JsonPlace& root) {
    if (const std::string& schema = root.at("schema").as_text(); schema != manifest_schema)
      throw InvalidRecord(text({"the schema is '", schema, "', this library reads '", manifest_schema,
                                "': read the manifest with the version that wrote it"}));
  }
  /// Each key that must be there is asked for; more would not be in the digest.
  [[gnu::cold]] static void require_keys(const JsonPlace& place, std::size_t count) {
    if (const std::size_t keys = place.members().size(); keys > count)
      throw InvalidRecord(text({"JSON: ", place.path().empty() ? "the manifest" : place.path(), " has ", keys,
                                " keys, a manifest ", count, " there; put what else you want to say into its tags"}));
  }
  [[gnu::cold]] static std::vector<std::string> texts(const JsonPlace& place) {
    std::vector<std::string> out;
    for (const JsonPlace& item : place.items()) out.push_back(item.as_text());
    return out;
  }
  static Label label(const JsonPlace& place, std::string_view key) { return Label(place.at(key).as_text()); }

  [[gnu::cold]] static std::uint64_t digest(const JsonPlace& place) {
    const std::string& digits = place.as_text();
    std::uint64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
    if (hex(out) != digits)
      throw InvalidRecord(
          text({"JSON: ", place.path(), " is '", digits, "'; a digest has 16 digits, 0 to 9 and a to f"}));
    return out;
  }
  [[gnu::cold]] static std::optional<std::uint64_t> optional_digest(const JsonPlace& place) {
    return place.is_null() ? std::nullopt : std::optional(digest(place));
  }
  [[gnu::cold]] static InputDigests input(const JsonPlace& place) {
    require_keys(place, 7);
    return {digest(place.at("X")),
            digest(place.at("y")),
            optional_digest(place.at("space")),
            optional_digest(place.at("strata")),
            optional_digest(place.at("groups")),
            optional_digest(place.at("times")),
            optional_digest(place.at("ends"))};
  }

  [[gnu::cold]] static PlanSummary summary(const JsonPlace& root) {
    PlanSummary out;
    for (const JsonPlace& place : root.at("classes").items()) {
      const auto number = [&](std::string_view key) { return Index{place.at(key).as_count()}; };
      require_keys(place, 6);
      out.classes.push_back({label(place, "label"), number("before"), number("removed"), number("kept"),
                             number("synthetic"), number("after")});
    }
    for (const JsonPlace& place : root.at("strata").items()) {
      const auto number = [&](std::string_view key) { return Index{place.at(key).as_count()}; };
      require_keys(place, 5);
      out.strata.push_back(
          {label(place, "stratum"), label(place, "label"), number("before"), number("synthetic"), number("after")});
    }
    for (const JsonPlace& place : root.at("removals").items()) {
      require_keys(place, 4);
      out.removals.push_back({place.at("reason").as_text(), place.at("pass").as_count(), place.at("real").as_count(),
                              place.at("synthetic").as_count()});
    }
    out.synthetic_ratio = root.at("synthetic_ratio").as_number();
    return out;
  }

  [[gnu::cold]] static std::string plan(const JsonPlace& place) {
    if (place.is_null()) return {};
    std::optional<std::string> bytes = bytes_of_base64(place.as_text());
    if (!bytes) throw InvalidRecord("JSON: plan is no base64; use the file as it was written");
    return *std::move(bytes);
  }
};

}  // namespace detail

[[gnu::cold]] inline std::string Manifest::json() const {
  Json named = Json::object();
  for (const auto& [name, value] : tags) named.set(name, value);
  Json out = detail::sealed_part(*this);
  std::string seal = detail::seal_of(out);
  out.set("seconds", seconds ? Json(*seconds) : Json(nullptr));
  return out.set("tags", std::move(named)).set("digest", std::move(seal)).text();
}

/// Reads what Manifest::json wrote, in any order of keys and layout. Throws InvalidRecord (no such JSON, of another
/// version, or changed: any value but seconds and tags that is another than was written).
[[gnu::cold]] inline Manifest manifest_of_json(std::string_view text) {
  const Json json = parse_json(text);
  return detail::ManifestReader::read(JsonPlace(json));
}

}  // inline namespace
}  // namespace rebalance
