// SPDX-License-Identifier: MIT
#include "output_files.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "../common/message.hpp"

namespace resample_csv {

namespace {

bool same_file(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto whole = [&](const std::string& path) { return fs::weakly_canonical(fs::absolute(path), ignored); };
  return fs::equivalent(a, b, ignored) || whole(a) == whole(b);
}

void open(std::optional<OutputFile>& file, const std::string& path) {
  if (!path.empty()) file.emplace(path);
}

}  // namespace

OutputFiles::OutputFiles(const Options& options) : rows(options.output) {
  open(provenance, options.provenance);
  open(removed, options.removed);
}

void OutputFiles::publish() {
  const auto besides = {&provenance, &removed};
  rows.finish();
  for (auto* file : besides)
    if (*file) (*file)->finish();
  for (auto* file : besides)
    if (*file) (*file)->publish();
  rows.publish();
}

void require_files_apart(const Options& options) {
  std::vector<std::string> others = {options.input, options.output};
  for (const auto& [flag, path] : {std::pair("--provenance", options.provenance), std::pair("--removed", options.removed)}) {
    if (path.empty()) continue;
    for (const auto& other : others)
      if (same_file(path, other))
        throw WrongUsage(std::string(flag) + " " + path + " would overwrite " + other + "; give it its own file");
    others.push_back(path);
  }
}

}  // namespace resample_csv
