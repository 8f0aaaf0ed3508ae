// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sha256.hpp"

struct gzFile_s;

namespace examples {

/// All bytes of a file, unpacked if it is gzip-compressed.
std::string read_file(const std::string& path);

/// A file that appears under its name whole or not at all, unless the machine itself stops. Until `publish` it is a
/// temporary file beside it, which is removed if that never comes. Compressed if the name ends in .gz.
class OutputFile {
 public:
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  /// From now on what is written is added to the digest, too: as it is before compression.
  void digest_into(Sha256& digest) { digest_ = &digest; }
  /// After this nothing can fail any more but the renaming.
  void finish();
  /// Gives the file its name, in place of what had it before.
  void publish();

 private:
  [[noreturn]] void fail();

  std::string path_;
  std::filesystem::path destination_;  // of path_, symbolic links followed
  std::filesystem::path temporary_;
  gzFile_s* file_ = nullptr;
  Sha256* digest_ = nullptr;
};

}  // namespace examples
