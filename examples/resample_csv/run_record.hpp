// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <rebalance/record/manifest_json.hpp>

#include "column_uses.hpp"

namespace resample_csv {

/// What `replay` needs to write OUT once more: the library's manifest, and what it cannot know of the files.
struct RunRecord {
  std::string input;   ///< SHA-256 of the bytes of IN, unpacked
  std::string output;  ///< of OUT
  std::string sampler;
  bool drop_missing_rows = false;
  std::vector<ColumnUse> uses;  ///< by column of the file
  rebalance::Manifest manifest;
};

/// A record as JSON text: {schema, run, run_sha256, manifest}, where run has what is said of the files, and run_sha256
/// is that of its text.
std::string json_of(const RunRecord& record, const std::vector<std::string>& column_names);

/// Reads such a file. Throws Failure: it is none, or something in it was changed (but seconds and tags).
RunRecord read_record(const std::string& path);

/// The figures of a run for Prometheus. The tags dataset_id and run_id stand for the name of IN and the plan's digest.
std::string metrics_of(rebalance::Manifest manifest, const std::string& input);

}  // namespace resample_csv
