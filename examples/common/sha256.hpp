// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace examples {

/// The SHA-256 of bytes (FIPS 180-4), as sha256sum prints it.
class Sha256 {
 public:
  void add(std::string_view bytes);
  /// 64 hexadecimal digits, of what was added so far.
  std::string hex() const;

 private:
  void add_block(const unsigned char* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> pending_{};  // the beginning of the next block
  std::uint64_t size_ = 0;                   // of all bytes
};

std::string sha256(std::string_view bytes);

}  // namespace examples
