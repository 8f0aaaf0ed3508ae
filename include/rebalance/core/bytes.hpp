// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Numbers as bytes, the same on every machine: small ones are short (seven bits a byte, the lowest first; the eighth
/// bit tells that more follow).
class ByteWriter {
 public:
  void byte(unsigned value) { out_ += static_cast<char>(value); }
  void count(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<unsigned>(value & 0x7F) | 0x80);
    byte(static_cast<unsigned>(value));
  }
  /// How far it is from one number to another, either way: 0, -1, 1, -2 .. are 0, 1, 2, 3 ..
  void way(Index from, Index to) {
    const std::uint64_t step = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    count(step << 1 ^ (step >> 63 ? ~std::uint64_t{0} : 0));
  }
  void word(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<unsigned>(value >> shift & 0xFF));
  }
  void number(double value) { word(std::bit_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    count(value.size());
    out_ += value;
  }

  const std::string& bytes() const noexcept { return out_; }
  std::string take() && { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads what ByteWriter wrote, from a source that is not trusted: nothing is read that is not there, and InvalidPlan
/// tells at which byte something is wrong.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::size_t left() const noexcept { return bytes_.size() - at_; }
  [[noreturn, gnu::cold]] void fail(std::string_view problem) const {
    throw InvalidPlan(detail::text({"plan, byte ", at_, ": ", problem, "; read the file anew or make it again"}));
  }
  void require(bool truth, std::string_view problem) const {
    if (!truth) fail(problem);
  }

  unsigned byte() {
    require(left() > 0, "the bytes end too early");
    return static_cast<unsigned char>(bytes_[at_++]);
  }
  std::uint64_t count() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint64_t part = byte();
      require(shift < 63 || part <= 1, "a number has more than 64 bits");
      value |= (part & 0x7F) << shift;
      if (part < 0x80) return value;
    }
  }
  /// A number of things that follow, each of at least `bytes_each` bytes: asked before memory is.
  std::size_t count_of(std::size_t bytes_each, std::string_view what) {
    const std::uint64_t value = count();
    if (value > left() / bytes_each) fail(detail::text({"there are not as many ", what, " as it says"}));
    return static_cast<std::size_t>(value);
  }
  /// A number not above a limit.
  std::uint64_t count_up_to(std::uint64_t most, std::string_view what) {
    const std::uint64_t value = count();
    if (value > most) fail(detail::text({what, " is ", value, "; it can be at most ", most}));
    return value;
  }
  /// May wrap around where the bytes are wrong; whoever asks checks the range.
  Index way(Index from) {
    const std::uint64_t coded = count();
    const std::uint64_t step = coded >> 1 ^ ((coded & 1) != 0 ? ~std::uint64_t{0} : 0);
    return static_cast<Index>(static_cast<std::uint64_t>(from) + step);
  }
  std::uint64_t word() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 8) value |= std::uint64_t{byte()} << shift;
    return value;
  }
  double number() { return std::bit_cast<double>(word()); }
  std::string_view text() {
    const std::size_t length = count_of(1, "letters");
    at_ += length;
    return bytes_.substr(at_ - length, length);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
