// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../common/compressed_file.hpp"
#include "options.hpp"

namespace resample_csv {

/// The files that a command line asks for. Opened before the long work, so that a folder that cannot be written to is
/// known at once.
struct OutputFiles {
  explicit OutputFiles(const Options& options);

  /// Gives all of them their names. None takes its own before all are whole.
  void publish();

  OutputFile rows;
  std::optional<OutputFile> provenance;
  std::optional<OutputFile> removed;
  std::optional<OutputFile> audit;
  std::optional<OutputFile> manifest;
  std::optional<OutputFile> metrics;
};

/// Throws WrongUsage if a file, which is called `name`, is one of the others. Empty paths are no files.
void require_own_file(const char* name, const std::string& path, const std::vector<std::string>& others);
/// Throws WrongUsage where a file would overwrite another of the command line (but OUT may be IN).
void require_files_apart(const Options& options);

}  // namespace resample_csv
