// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/error.hpp>
#include <rebalance/record/json.hpp>
#include <rebalance/record/manifest.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

/// Throws InvalidOption for what Prometheus takes for no name of a label, and for one that is taken.
[[gnu::cold]] inline void require_label_name(const std::string& name, const MetricLabels& taken) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", digits = "0123456789";
  const bool named =
      !name.empty() && digits.find(name[0]) == std::string_view::npos && !name.starts_with("__") &&
      std::all_of(name.begin(), name.end(), [&](char letter) {
        return letters.find(letter) != std::string_view::npos || digits.find(letter) != std::string_view::npos;
      });
  if (!named)
    throw InvalidOption(text({"metrics_text: the tag '", name,
                              "' is no name of a label; use letters, digits and single "
                              "underscores, no digit first"}));
  const auto same = [&](const auto& label) { return label.first == name; };
  if (name == "reason" || std::any_of(taken.begin(), taken.end(), same))
    throw InvalidOption(
        text({"metrics_text: the tag '", name, "' has the name of a label that is there already; rename it"}));
}

/// `{name="value",..}`
[[gnu::cold]] inline std::string label_set(const MetricLabels& labels) {
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    out += text({out.size() == 1 ? "" : ",", name, "=\""});
    for (const char letter : value) {
      if (letter == '\n') out += "\\n";
      else if (letter == '\\' || letter == '"') (out += '\\') += letter;
      else out += letter;
    }
    out += '"';
  }
  return out + "}";
}

[[gnu::cold]] inline std::string metric_head(std::string_view name, std::string_view help) {
  return text({"# HELP ", name, " ", help, "\n# TYPE ", name, " gauge\n"});
}
[[gnu::cold]] inline std::string metric_line(std::string_view name, const MetricLabels& labels, Piece value) {
  return text({name, label_set(labels), " ", value.text(), "\n"});
}

/// The names of the samplers without their options, as in Smote+TomekLinks.
[[gnu::cold]] inline std::string method_of(const Manifest& manifest) {
  std::string out;
  for (const std::string& stage : manifest.recipe) out += (out.empty() ? "" : "+") + stage.substr(0, stage.find('{'));
  return out;
}

/// Rows that are not in the result, by reason; `not_drawn` are the real ones that no cleaner took out. Of generated
/// rows a plan tells only what cleaners took out, not what was not drawn.
[[gnu::cold]] inline std::map<std::string, Index> removed_by_reason(const PlanSummary& summary) {
  std::map<std::string, Index> out;
  Index left = 0;
  for (const ClassSummary& c : summary.classes) left += c.removed;
  for (const RemovalSummary& removal : summary.removals) {
    out[removal.reason] += removal.real + removal.synthetic;
    left -= removal.real;
  }
  out["not_drawn"] = left;
  return out;
}

}  // namespace detail

/// What a run did, for monitoring, in the text exposition format of Prometheus, version 0.0.4: synthetic_ratio,
/// samples_generated, samples_removed for each reason and, if the manifest has its seconds, job_duration_seconds. All
/// are gauges: they tell of the last run. For a file that a node exporter collects, or a push gateway.
///
/// In      dataset_id, run_id  whatever tells sets and runs apart; they become labels, as do the samplers (method) and
///         the tags of the manifest
/// Throws  InvalidOption (a tag whose name no label can have, or that is taken), InvalidRecord (not UTF-8, seconds that are
///         not finite)
/// Source  https://prometheus.io/docs/instrumenting/exposition_formats/
[[gnu::cold]] inline std::string metrics_text(const Manifest& manifest, const std::string& dataset_id,
                                              const std::string& run_id) {
  detail::MetricLabels labels{{"dataset_id", dataset_id}, {"run_id", run_id}, {"method", detail::method_of(manifest)}};
  for (const auto& [name, value] : manifest.tags) {
    detail::require_label_name(name, labels);
    labels.emplace_back(name, value);
  }
  for (const auto& [name, value] : labels) detail::require_utf8(value);
  if (manifest.seconds && !std::isfinite(*manifest.seconds))
    throw InvalidRecord(detail::text({"metrics_text: seconds is ", *manifest.seconds, "; it must be finite"}));
  Index generated = 0;
  for (const ClassSummary& c : manifest.summary.classes) generated += c.synthetic;
  for (const RemovalSummary& removal : manifest.summary.removals) generated += removal.synthetic;

  using detail::metric_head, detail::metric_line;
  std::string out = metric_head("synthetic_ratio", "Synthetic rows per row of the resampled set.");
  out += metric_line("synthetic_ratio", labels, manifest.summary.synthetic_ratio);
  out += metric_head("samples_generated", "Rows that were added, also those that a later cleaner removed.");
  out += metric_line("samples_generated", labels, generated);
  out += metric_head("samples_removed", "Rows that were left out, real and generated, by reason.");
  for (const auto& [reason, rows] : detail::removed_by_reason(manifest.summary)) {
    labels.emplace_back("reason", reason);
    out += metric_line("samples_removed", labels, rows);
    labels.pop_back();
  }
  if (manifest.seconds) {
    out += metric_head("job_duration_seconds", "Wall time of the run.");
    out += metric_line("job_duration_seconds", labels, *manifest.seconds);
  }
  return out;
}

}  // inline namespace
}  // namespace rebalance
