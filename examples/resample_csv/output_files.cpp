// SPDX-License-Identifier: MIT
#include "output_files.hpp"

#include <filesystem>
#include <string>
#include <utility>
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
  open(audit, options.audit);
  open(manifest, options.manifest);
  open(metrics, options.metrics);
}

void OutputFiles::publish() {
  const auto besides = {&provenance, &removed, &audit, &manifest, &metrics};
  rows.finish();
  for (auto* file : besides)
    if (*file) (*file)->finish();
  for (auto* file : besides)
    if (*file) (*file)->publish();
  rows.publish();
}

void require_own_file(const char* name, const std::string& path, const std::vector<std::string>& others) {
  for (const auto& other : others)
    if (!path.empty() && !other.empty() && same_file(path, other))
      throw WrongUsage(std::string(name) + " " + path + " would overwrite " + other + "; give it its own file");
}

void require_files_apart(const Options& options) {
  const std::pair<const char*, std::string> besides[] = {{"--provenance", options.provenance},
                                                         {"--removed", options.removed},
                                                         {"--audit", options.audit},
                                                         {"--manifest", options.manifest},
                                                         {"--metrics", options.metrics}};
  std::vector<std::string> others = {options.input, options.output};
  for (const auto& [flag, path] : besides) {
    require_own_file(flag, path, others);
    others.push_back(path);
  }
}

}  // namespace resample_csv
