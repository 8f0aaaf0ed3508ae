// SPDX-License-Identifier: MIT
#include "compressed_file.hpp"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "message.hpp"

namespace examples {

namespace {

namespace fs = std::filesystem;

constexpr unsigned buffer_size = 1u << 18;

std::string reason(int error_number) {
  return error_number == 0 ? "not enough memory" : std::generic_category().message(error_number);
}

/// zlib's own words, or the system's where it was at fault.
std::string reason(gzFile file) {
  const int error_number = errno;
  int code = Z_OK;
  const std::string words = gzerror(file, &code);
  if (code == Z_ERRNO) return reason(error_number);
  if (code == Z_BUF_ERROR) return "the compressed data end too early";
  const auto name_end = words.rfind(": ");  // zlib names the file first
  return name_end == std::string::npos ? words : words.substr(name_end + 2);
}

/// Where a symbolic link leads to, whether something is there or not yet.
fs::path followed(fs::path path) {
  std::error_code error;
  for (int links = 0; links < 40 && fs::is_symlink(path, error); ++links)
    path = path.parent_path() / fs::read_symlink(path, error);
  return path;
}

}  // namespace

std::string read_file(const std::string& path) {
  errno = 0;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (!file) throw Failure("cannot open " + path + ": " + reason(errno));
  gzbuffer(file, buffer_size);

  std::string bytes, failure;
  std::size_t size = 0;
  while (true) {
    bytes.resize(size + buffer_size);
    const int count = gzread(file, bytes.data() + size, buffer_size);
    if (count < 0) failure = reason(file);
    if (count <= 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (gzclose(file) == Z_BUF_ERROR && failure.empty()) failure = "the compressed data end too early";
  if (!failure.empty()) throw Failure("cannot read " + path + ": " + failure);
  bytes.resize(size);
  return bytes;
}

OutputFile::OutputFile(const std::string& path) : path_(path), destination_(followed(path)) {
  std::error_code error;
  const auto kind = fs::status(destination_, error).type();
  if (kind != fs::file_type::not_found && kind != fs::file_type::regular)
    throw Failure("cannot write " + path + ": it is there and no regular file");
  temporary_ = destination_;
  temporary_ += ".part" + std::to_string(getpid());

  // T: as it is, without compression; x: never into a file of somebody else's
  const bool compress = path.ends_with(".gz");
  errno = 0;
  file_ = gzopen(temporary_.c_str(), compress ? "wbx" : "wbxT");
  if (!file_) throw Failure("cannot write " + path + ": " + reason(errno));
  gzbuffer(file_, buffer_size);
  // Who could not read what is replaced must not be able to read what replaces it.
  if (kind == fs::file_type::regular) fs::permissions(temporary_, fs::status(destination_, error).permissions(), error);
}

OutputFile::~OutputFile() {
  if (file_) gzclose(file_);
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove(temporary_, ignored);
}

void OutputFile::write(std::string_view bytes) {
  if (digest_) digest_->add(bytes);
  while (!bytes.empty()) {
    const auto size = std::min<std::size_t>(bytes.size(), 1u << 30);  // zlib counts in int
    errno = 0;
    if (gzwrite(file_, bytes.data(), static_cast<unsigned>(size)) == 0) fail();
    bytes.remove_prefix(size);
  }
}

void OutputFile::finish() {
  errno = 0;
  const int code = gzclose(std::exchange(file_, nullptr));
  if (code != Z_OK) throw Failure("cannot write " + path_ + ": " + reason(errno));
}

void OutputFile::publish() {
  std::error_code error;
  fs::rename(temporary_, destination_, error);
  if (error) throw Failure("cannot write " + path_ + ": " + error.message());
  temporary_.clear();
}

void OutputFile::fail() { throw Failure("cannot write " + path_ + ": " + reason(file_)); }

}  // namespace examples
