// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <rebalance/audit/fidelity_report.hpp>
#include <rebalance/audit/profile.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/record/json.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

[[gnu::cold]] inline Json json_of(const Compared& value) {
  return Json::object().set("found", value.found).set("usual", value.usual).set("unusual", value.unusual());
}

[[gnu::cold]] inline Json json_of(const ComparedVariance& value) {
  Json out = Json::object();
  out.set("found", value.found).set("by_law", value.by_law ? Json(*value.by_law) : Json());
  out.set("usual", value.usual).set("unusual", value.unusual());
  return out;
}

[[gnu::cold]] inline Json json_of(const std::string& name, const ColumnFidelity& column) {
  Json out = Json::object();
  out.set("name", name);
  out.set("kolmogorov_smirnov", json_of(column.kolmogorov_smirnov));
  out.set("wasserstein", json_of(column.wasserstein));
  out.set("mean_shift", json_of(column.mean_shift));
  out.set("variance", json_of(column.variance));
  out.set("outside", json_of(column.outside));
  out.set("unknown", json_of(column.unknown));
  return out;
}

}  // namespace detail

/// A report of fidelity as JSON: the fields of the structs by their names, for every figure what was `found`, what is
/// `usual` and whether it is `unusual`, and the findings as sentences. A law that does not apply is null, and so is an
/// infinite ratio of variances. Of a class without new rows there are only the counts.
/// Throws InvalidRecord (a label or a column name that is not UTF-8).
[[gnu::cold]] inline Json to_json(const Fidelity& fidelity) {
  Json classes = Json::array();
  for (const ClassFidelity& of_class : fidelity.classes) {
    Json one = Json::object();
    one.set("label", of_class.label.text).set("real", of_class.real).set("synthetic", of_class.synthetic);
    if (!of_class.columns.empty()) {
      one.set("real_compared", of_class.real_compared).set("synthetic_compared", of_class.synthetic_compared);
      one.set("mean_variance", detail::json_of(of_class.mean_variance));
      one.set("largest_correlation_shift", detail::json_of(of_class.largest_correlation_shift));
      one.set("mean_correlation_shift", detail::json_of(of_class.mean_correlation_shift));
      one.set("copies", detail::json_of(of_class.copies)).set("near_copies", detail::json_of(of_class.near_copies));
      one.set("among_others", detail::json_of(of_class.among_others)).set("in_void", detail::json_of(of_class.in_void));
      Json columns = Json::array();
      for (std::size_t j = 0; j < of_class.columns.size(); ++j)
        columns.add(detail::json_of(fidelity.column_names[j], of_class.columns[j]));
      one.set("columns", std::move(columns));
    }
    classes.add(std::move(one));
  }
  Json out = Json::object();
  out.set("rows", fidelity.rows).set("repetitions", fidelity.repetitions);
  out.set("findings", detail::json_of(fidelity.findings()));
  out.set("classes", std::move(classes));
  out.set("plan_digest", detail::hex(fidelity.plan_digest));
  return out;
}

/// A profile as JSON: its fields by their names. Throws InvalidRecord (a label that is not UTF-8).
[[gnu::cold]] inline Json to_json(const Profile& profile) {
  Json classes = Json::array();
  for (const ClassProfile& of_class : profile.classes) {
    Json reach = Json::array();
    for (const double distance : of_class.reach) reach.add(distance);
    classes.add(Json::object()
                    .set("label", of_class.label.text)
                    .set("rows", of_class.rows)
                    .set("safe", of_class.safe)
                    .set("borderline", of_class.borderline)
                    .set("rare", of_class.rare)
                    .set("outlier", of_class.outlier)
                    .set("overlap", of_class.overlap)
                    .set("reach", std::move(reach))
                    .set("most_named", of_class.most_named)
                    .set("never_named", of_class.never_named)
                    .set("feasible_k", of_class.feasible_k));
  }
  Json out = Json::object();
  out.set("rows", profile.rows).set("columns", profile.columns).set("k_neighbors", profile.k_neighbors);
  out.set("classes", std::move(classes));
  out.set("advice", detail::json_of(profile.advice));
  return out;
}

}  // inline namespace
}  // namespace rebalance
