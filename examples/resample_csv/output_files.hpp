// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

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
};

/// Throws WrongUsage where a file would overwrite another of the command line (but OUT may be IN).
void require_files_apart(const Options& options);

}  // namespace resample_csv
