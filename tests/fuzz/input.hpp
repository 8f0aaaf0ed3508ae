// SPDX-License-Identifier: MIT
#pragma once

// What the fuzz targets share. A target is a function of some bytes, which libFuzzer calls again and again with others:
// it returns if all is well, and ends the program if not.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// The bytes of an input, taken from the front as choices. Once they are used up all choices are 0, so that the
/// shortest input is the simplest case.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : bytes_(reinterpret_cast<const char*>(data), size) {}

  unsigned byte() {
    if (bytes_.empty()) return 0;
    const auto first = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return first;
  }
  /// From 0 to end - 1; `end` is at most 256.
  unsigned below(unsigned end) { return byte() % end; }
  bool flip() { return below(2) == 1; }
  /// One of some values.
  template <class Values>
  auto one_of(const Values& values) {
    return values[below(static_cast<unsigned>(std::size(values)))];
  }
  /// 64 bits.
  std::uint64_t word() {
    std::uint64_t out = 0;
    for (int i = 0; i < 8; ++i) out = out << 8 | byte();
    return out;
  }
  /// All that is left.
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

/// Ends the program, which the fuzzer reports with the input at hand, where something does not hold.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: this does not hold: %s\n", what);
  std::abort();
}

}  // namespace fuzz
