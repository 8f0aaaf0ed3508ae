// SPDX-License-Identifier: MIT
#include <rebalance/record/metrics_text.hpp>

#include <limits>
#include <string>

#include <rebalance/core/resample.hpp>
#include <rebalance/under_sampling/edited_nearest_neighbors.hpp>
#include <rebalance/under_sampling/random_under_sampler.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"

namespace metrics_text_test {

using namespace rebalance;

Manifest small_manifest() {
  Manifest record;
  record.recipe = {"Smote{.seed = 1}", "TomekLinks{}"};
  record.summary.classes = {{"fine", 100, 12, 88, 0, 88}, {"fraud", 10, 1, 9, 80, 89}};
  record.summary.removals = {{"tomek_link", 1, 3, 2}, {"outvoted", 1, 4, 0}, {"outvoted", 2, 1, 0}};
  record.summary.synthetic_ratio = 0.5;
  return record;
}

TEST_CASE("the text is what Prometheus reads", "[metrics_text]") {
  Manifest record = small_manifest();
  record.seconds = 1.5;
  record.tags["site"] = "a \"b\" \\ c\nd";
  const std::string labels = R"(dataset_id="claims",run_id="r7",method="Smote+TomekLinks",site="a \"b\" \\ c\nd")";
  CHECK(metrics_text(record, "claims", "r7") ==
        "# HELP synthetic_ratio Synthetic rows per row of the resampled set.\n"
        "# TYPE synthetic_ratio gauge\n"
        "synthetic_ratio{" +
            labels +
            "} 0.5\n"
            "# HELP samples_generated Rows that were added, also those that a later cleaner removed.\n"
            "# TYPE samples_generated gauge\n"
            "samples_generated{" +
            labels +
            "} 82\n"  // two of which were removed
            "# HELP samples_removed Rows that were left out, real and generated, by reason.\n"
            "# TYPE samples_removed gauge\n"
            "samples_removed{" +
            labels +
            ",reason=\"not_drawn\"} 5\n"  // 13 are missing, cleaners took 8 of them
            "samples_removed{" +
            labels +
            ",reason=\"outvoted\"} 5\n"
            "samples_removed{" +
            labels +
            ",reason=\"tomek_link\"} 5\n"
            "# HELP job_duration_seconds Wall time of the run.\n"
            "# TYPE job_duration_seconds gauge\n"
            "job_duration_seconds{" +
            labels + "} 1.5\n");
}

TEST_CASE("without seconds nothing is said of them", "[metrics_text]") {
  CHECK(metrics_text(small_manifest(), "d", "r").find("job_duration_seconds") == std::string::npos);
}

TEST_CASE("seconds that are no number are refused", "[metrics_text]") {
  Manifest record = small_manifest();
  record.seconds = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(metrics_text(record, "d", "r"), "metrics_text: seconds is inf; it must be finite");
}

TEST_CASE("a tag that can be no label is refused", "[metrics_text]") {
  for (const char* name :
       {"", "9lives", "two words", "dash-ed", "__reserved", "ä", "reason", "method", "dataset_id", "run_id"}) {
    Manifest record = small_manifest();
    record.tags[name] = "x";
    CHECK_THROWS_AS(metrics_text(record, "d", "r"), InvalidOption);
  }
  Manifest record = small_manifest();
  record.tags["_Fine_9"] = "x";
  CHECK_NOTHROW(metrics_text(record, "d", "r"));
}

TEST_CASE("rows that went are as many as rows that are missing, also where rows were drawn several times",
          "[metrics_text]") {
  const auto X = sets::features(sets::Kind::continuous, 200, 2);
  const auto y = sets::labels({150, 50});
  const RandomUnderSampler bootstrap{.strategy = counts({{0, 150}, {1, 50}}), .seed = 3, .replacement = true};
  const EditedNearestNeighbors cleaner{.strategy = all()};
  const auto out = resample(X, y, bootstrap, cleaner);
  const Manifest record = manifest(Data(X, y), out.plan, bootstrap, cleaner);
  Index missing = 0, outvoted = 0;
  for (const ClassSummary& c : record.summary.classes) missing += c.removed;
  for (const RemovalSummary& removal : record.summary.removals) outvoted += removal.real;
  CHECK(outvoted > 0);
  CHECK(missing > outvoted);
  CHECK(metrics_text(record, "d", "r").find(detail::text({"reason=\"not_drawn\"} ", missing - outvoted, "\n"})) !=
        std::string::npos);
  CHECK(std::ssize(out.plan.removed()) > outvoted);  // copies of one row
}

}  // namespace metrics_text_test
