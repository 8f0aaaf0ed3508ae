// SPDX-License-Identifier: MIT
//
// Calls a target with the files of a folder, in builds without libFuzzer: what was found once is tested ever after.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "input.hpp"

namespace {

void run(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  std::printf("%s\n", path.filename().string().c_str());
  std::fflush(stdout);  // whoever looks at a crash wants to know by which file
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    run(entry.path());
    ++files;
  }
  return files > 0 ? 0 : 1;
}
