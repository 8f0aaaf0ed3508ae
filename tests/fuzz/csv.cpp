// SPDX-License-Identifier: MIT
//
// resample_csv as a whole. The input: a line of arguments, then the bytes of the file IN. What is written is whole and can
// be read again, or there is nothing; and replay makes the same file once more.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/error.hpp>

#include "../../examples/common/compressed_file.hpp"
#include "../../examples/common/csv_table.hpp"
#include "../../examples/common/message.hpp"
#include "../../examples/resample_csv/program.hpp"
#include "input.hpp"
#include "limited_memory.hpp"

namespace {

namespace fs = std::filesystem;
using fuzz::require;

/// A folder for the files of a run.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("rebalance_fuzz_csv." + std::to_string(getpid()))) { clear(); }
  ~Folder() { fs::remove_all(path_); }

  std::string file(std::string_view name) const { return path_ / name; }
  bool has(std::string_view name) const { return fs::exists(path_ / name); }
  std::ptrdiff_t files() const { return std::distance(fs::directory_iterator(path_), fs::directory_iterator()); }
  void clear() const {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }

 private:
  fs::path path_;
};

using Words = std::vector<std::string>;

/// The words of a line, but for paths: every file that is asked for lies in the folder.
Words arguments(const Folder& folder, std::string_view line) {
  Words out{"resample_csv", folder.file("in"), folder.file("out")};
  while (!line.empty()) {
    const std::string word(line.substr(0, line.find(' ')));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    bool names_file = false;
    for (const std::string flag : {"--provenance", "--removed", "--audit", "--manifest", "--metrics"})
      if (word.starts_with(flag)) {
        out.insert(out.end(), {flag, folder.file(flag.substr(2))});
        names_file = true;
      }
    if (!names_file) out.push_back(word);
  }
  return out;
}

/// Whether the program went to its end.
bool succeeds(Words words) try {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  resample_csv::run(static_cast<int>(argv.size()), argv.data());
  return true;
} catch (const examples::Failure&) {
  return false;
} catch (const rebalance::Error&) {
  return false;
} catch (const std::bad_alloc&) {
  return false;
}

void require_good_output(const Folder& folder) {
  const std::string bytes = examples::read_file(folder.file("out"));
  const examples::CsvTable in("in", examples::read_file(folder.file("in")));
  require(bytes.starts_with(in.header()), "the header is that of the input");
  if (bytes.size() > in.header().size())
    require(examples::CsvTable("out", bytes).names() == in.names(), "the output is a table of the same columns");
  if (!folder.has("manifest")) return;
  const bool replayed =
      succeeds({"resample_csv", "replay", folder.file("manifest"), folder.file("in"), folder.file("again")});
  require(replayed && examples::read_file(folder.file("again")) == bytes, "replay makes the same file");
}

void silence() {
  std::cout.rdbuf(nullptr);
  std::cerr.rdbuf(nullptr);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  silence();
  const std::string_view input = fuzz::Input(data, size).rest();
  const auto line = input.substr(0, input.find('\n'));
  folder.clear();
  examples::OutputFile file(folder.file("in"));
  file.write(input.substr(std::min(line.size() + 1, input.size())));
  file.finish();
  file.publish();
  const Words words = arguments(folder, line);
  const fuzz::LimitedMemory limited;
  const bool done = succeeds(words);
  if (done && folder.has("out")) require_good_output(folder);
  else require(folder.files() == 1, "a run that fails leaves nothing behind");
  return 0;
}
