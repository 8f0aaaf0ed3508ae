// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/audit/base64.hpp>
#include <rebalance/audit/json.hpp>
#include <rebalance/audit/json_parser.hpp>
#include <rebalance/audit/json_place.hpp>
#include <rebalance/audit/plan_summary.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/plan_bytes.hpp>
#include <rebalance/core/version.hpp>
#include <rebalance/model_selection/fold.hpp>

namespace rebalance {
inline namespace v0 {

/// Digests of what a run was given: features, labels by name, and what else belonged to the rows.
struct InputDigests {
  std::uint64_t X = 0;
  std::uint64_t y = 0;
  std::optional<std::uint64_t> space = {};
  std::optional<std::uint64_t> strata = {};
  std::optional<std::uint64_t> groups = {};
  std::optional<std::uint64_t> times = {};
  std::optional<std::uint64_t> ends = {};
  friend bool operator==(const InputDigests&, const InputDigests&) = default;
};

/// The record of a run: what was resampled, by what, with which result, and how to make every row of it again. Made by
/// `manifest`, kept as JSON, used by `replay`. It holds no feature, but what tells which rows a synthetic one came from:
/// guard it as you do the data.
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
  InputDigests input;
  PlanSummary summary;
  std::vector<Note> notes;          ///< what samplers could not do, or did instead
  std::uint64_t plan_digest = 0;
  std::string plan;                 ///< plan_bytes of the plan; clear it to keep a record that cannot be replayed
  std::vector<Index> fold;          ///< number of the fold, after those of the folds it is inside of; none: the whole set
  bool transformed = false;         ///< the fold handed out transformed rows, which X alone cannot give again
  std::optional<double> seconds;    ///< how long it took, if you say so
  std::map<std::string, std::string> tags;  ///< whatever else you want to be told

  /// All of it as JSON, with a digest of all but seconds and tags. Two runs of the same give the same text but for these.
  /// Throws InvalidRecord (text that is not UTF-8: a label, a tag).
  std::string json() const;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

namespace detail {

template <class S>
InputDigests digests_of(const DataView<S>& data) {
  InputDigests out{digest(data.X), digest_of_labels(data.classes.codes(), data.classes.labels())};
  if (!same_view(data.space, data.X)) out.space = digest(data.space);
  if (data.stratification) out.strata = digest_of_labels(data.strata, data.stratification->labels);
  if (!data.groups.empty()) out.groups = digest_of_column(data.groups);
  if (!data.times.empty()) out.times = digest_of_column(data.times);
  if (!data.ends.empty()) out.ends = digest_of_column(data.ends);
  return out;
}

[[gnu::cold]] inline std::string written(const StrataRules& rules) {
  std::string out = text({"strata{.allocation = ", written(rules.allocation), ", .small = ", written(rules.small)});
  for (const StratumCount& count : rules.counts)
    out += text({&count == &rules.counts.front() ? ", .counts = {{" : "}, {", written(count.stratum), ", ",
                 written(count.label), ", ", count.rows});
  return out + (rules.counts.empty() ? "}" : "}}}");
}

[[gnu::cold]] inline std::string written(const ColumnRule& rule) {
  return text({"columns{.columns = ", written(rule.columns), ", .kind = ", written(rule.kind), ", .step = ", rule.step,
               ", .origin = ", rule.origin, "}"});
}

template <class S>
[[gnu::cold]] std::vector<std::string> rules_of(const DataView<S>& data, const Plan& plan) {
  std::vector<std::string> out;
  if (data.stratification) out.push_back(written(data.stratification->rules));
  for (const ColumnRule& rule : plan.column_rules()) out.push_back(written(rule));
  if (data.rules && data.rules->accept)
    out.push_back(text({"accept{.most = ", data.rules->tries.most, ", .otherwise = ", written(data.rules->tries.otherwise), "}"}));
  return out;
}

/// The record of a plan that resampled `rows` of the data.
template <class S>
Manifest manifest_of(const Execution& how, const DataView<S>& data, const Plan& plan, std::span<const Index> rows) {
  if (plan.source_rows() != data.rows()) throw_plan_size(plan.source_rows(), data.rows());
  plan.check(how);
  constexpr Version made_by = version();
  Manifest out;
  out.library = text({made_by.major, ".", made_by.minor, ".", made_by.patch});
  out.rules = rules_of(data, plan);
  out.scalar = std::same_as<S, float> ? "float" : "double";
  out.rows = data.X.rows();
  out.columns = data.X.cols();
  out.input = digests_of(data);
  out.summary = summary_of(data, plan, rows);
  out.notes = plan.notes();
  out.plan_digest = digest(plan);
  out.plan = plan_bytes(plan);
  return out;
}

}  // namespace detail

/// The record of a plan that was made on all rows of the data by these samplers: the plan of `resample` or `make_plan` and
/// what was given to them.
///
/// In      samplers  as in make_plan; one of yours without describe() is named so. That they made this plan is taken from
///         you: make_plan tells, whose plan has then the plan_digest of the record
/// Cost    reading all data once, O(n + m) besides, some 11 bytes for each synthetic row
/// Throws  InvalidPlan (not made for these data)
template <class S, class L, class... Rs>
Manifest manifest(const Execution& how, const Data<S, L>& data, const Plan& plan, const Rs&... samplers) {
  std::vector<Index> rows(static_cast<std::size_t>(data.rows()));
  std::iota(rows.begin(), rows.end(), Index{0});
  Manifest out = detail::manifest_of(how, data.view(), plan, rows);
  out.recipe = {detail::described(samplers)...};
  return out;
}
template <class S, class L, class... Rs>
Manifest manifest(const Data<S, L>& data, const Plan& plan, const Rs&... samplers) {
  return manifest(Execution{}, data, plan, samplers...);
}

/// The record of the training side of a fold, `manifest(fold, fold.train(Smote{.seed = 42}))`: its number, the samplers with
/// the seeds they had there; row numbers and digests are those of all rows, rows before those of the training side.
/// `replay` makes the training rows from all rows. Cost, throws: as above; InvalidSplit (training rows of another fold)
template <class S, class L, Role role>
Manifest manifest(const Execution& how, const Fold<S, L>& fold, const Training<S, L, role>& train) {
  if (train.fold != fold.number())
    throw InvalidSplit(detail::text({"the training rows are those of fold ", train.fold, ", the manifest would be of fold ",
                                     fold.number(), ": use rows of the same fold"}));
  Manifest out = detail::manifest_of(how, fold.data().view(), train.plan, fold.train_rows());
  out.recipe = train.stages;
  out.fold.assign(fold.path().begin(), fold.path().end());
  out.transformed = fold.has_transformed_rows();
  return out;
}
template <class S, class L, Role role>
Manifest manifest(const Fold<S, L>& fold, const Training<S, L, role>& train) {
  return manifest(Execution{}, fold, train);
}

namespace detail {

inline constexpr std::string_view manifest_schema = "rebalance manifest 1";

[[gnu::cold]] inline Json json_of(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& one : texts) out.add(one);
  return out;
}

[[gnu::cold]] inline Json json_of(const std::optional<std::uint64_t>& digest) {
  return digest ? Json(hex(*digest)) : Json(nullptr);
}

[[gnu::cold]] inline Json json_of(const InputDigests& input) {
  return Json::object()
      .set("X", json_of(std::optional(input.X)))
      .set("y", json_of(std::optional(input.y)))
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

[[gnu::cold]] inline std::string seal_of(const Manifest& manifest) {
  return hex(digest_of_bytes(sealed_part(manifest).text()));
}

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
    out.rows = root.at("rows").as_int();
    out.columns = root.at("columns").as_int();
    out.input = input(root.at("input"));
    out.summary = summary(root);
    for (const JsonPlace& place : root.at("notes").items()) {
      require_keys(place, 3);
      out.notes.push_back({place.at("sampler").as_text(), label(place, "label"), place.at("text").as_text()});
    }
    out.plan_digest = digest(root.at("plan_digest"));
    out.plan = plan(root.at("plan"));
    for (const JsonPlace& number : root.at("fold").items()) out.fold.push_back(number.as_int());
    out.transformed = root.at("transformed").as_bool();
    if (const JsonPlace seconds = root.at("seconds"); !seconds.is_null()) out.seconds = seconds.as_number();
    for (const auto& [name, value] : root.at("tags").members()) out.tags[name] = value.as_text();
    if (root.at("digest").as_text() != seal_of(out))
      throw InvalidRecord("the digest of the manifest is not that of its content: it was changed or damaged; use the file as "
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
      throw InvalidRecord(text({"JSON: ", place.path().empty() ? "the manifest" : place.path(), " has ", keys, " keys, a manifest ", count,
                                " there; put what else you want to say into its tags"}));
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
      throw InvalidRecord(text({"JSON: ", place.path(), " is '", digits, "'; a digest has 16 digits, 0 to 9 and a to f"}));
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
      const auto number = [&](std::string_view key) { return Index{place.at(key).as_int()}; };
      require_keys(place, 6);
      out.classes.push_back({label(place, "label"), number("before"), number("removed"), number("kept"), number("synthetic"), number("after")});
    }
    for (const JsonPlace& place : root.at("strata").items()) {
      const auto number = [&](std::string_view key) { return Index{place.at(key).as_int()}; };
      require_keys(place, 5);
      out.strata.push_back({label(place, "stratum"), label(place, "label"), number("before"), number("synthetic"), number("after")});
    }
    for (const JsonPlace& place : root.at("removals").items()) {
      require_keys(place, 4);
      out.removals.push_back({place.at("reason").as_text(), place.at("pass").as_int(), place.at("real").as_int(), place.at("synthetic").as_int()});
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
  return detail::sealed_part(*this)
      .set("seconds", seconds ? Json(*seconds) : Json(nullptr))
      .set("tags", std::move(named))
      .set("digest", detail::seal_of(*this))
      .text();
}

/// Reads what Manifest::json wrote, in whatever order of keys and layout. Throws InvalidRecord (no such JSON, of another
/// version, or changed: with any other value in place of one, but for seconds and tags, it is refused).
[[gnu::cold]] inline Manifest manifest_of_json(std::string_view text) {
  const Json json = parse_json(text);
  return detail::ManifestReader::read(JsonPlace(json));
}

}  // namespace v0
}  // namespace rebalance
