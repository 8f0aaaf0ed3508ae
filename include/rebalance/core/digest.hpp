// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/row_keys.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

/// A number of 64 bits for whatever is added to it, the same on every machine.
///
/// Each word changes a lane bijectively: x ^ word, rotated, times an odd number, then x ^ (x >> 32). So of two inputs
/// that differ in one word the digests always differ; of others they are equal with probability 2^-64. That finds
/// accidents. It is no signature: whoever wants to can make other data of the same digest. (The rotation: a product
/// keeps a change of the highest bit, the sign of a double, where it is.)
/// Four lanes, because a multiplication takes several times as long as it takes to begin the next: as fast as memory.
class Digest {
 public:
  void add(std::uint64_t word) noexcept { lanes_[0] = stepped(lanes_[0], word); }
  /// Values of one size, each as a word; before them their number.
  template <class T>
  void add_all(const T* values, std::size_t count) noexcept {
    add(count);
    std::array<std::uint64_t, 4> lanes = lanes_;
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4)
      for (std::size_t lane = 0; lane < 4; ++lane) lanes[lane] = stepped(lanes[lane], word_of(values[i + lane]));
    for (; i < count; ++i) lanes[i % 4] = stepped(lanes[i % 4], word_of(values[i]));
    lanes_ = lanes;
  }
  template <class T>
  void add_all(std::span<const T> values) noexcept {
    add_all(values.data(), values.size());
  }
  void add_all(std::string_view text) noexcept {
    add(text.size());
    for (std::size_t i = 0; i < text.size(); i += 8) add(word_at(text, i));
  }

  std::uint64_t value() const noexcept {
    std::uint64_t out = 0;
    for (const std::uint64_t lane : lanes_)
      out = stepped(out, mixed(lane));  // mixed: equal changes of two must not cancel
    return mixed(out);
  }

 private:
  static std::uint64_t stepped(std::uint64_t state, std::uint64_t word) noexcept {
    state = std::rotl(state ^ word, 23) * 0x9E3779B97F4A7C15ull;
    return state ^ (state >> 32);
  }
  static std::uint64_t word_of(double value) noexcept { return std::bit_cast<std::uint64_t>(value); }
  static std::uint64_t word_of(float value) noexcept { return std::bit_cast<std::uint32_t>(value); }
  template <std::integral T>
  static std::uint64_t word_of(T value) noexcept {
    return static_cast<std::uint64_t>(value);
  }
  /// Eight bytes of a text, the first the lowest, as far as there are any.
  static std::uint64_t word_at(std::string_view text, std::size_t begin) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = std::min(begin + 8, text.size()); i-- > begin;)
      word = word << 8 | static_cast<unsigned char>(text[i]);
    return word;
  }

  std::array<std::uint64_t, 4> lanes_{0x243F6A8885A308D3ull, 0x13198A2E03707344ull, 0xA4093822299F31D0ull,
                                      0x082EFA98EC4E6C89ull};  // digits of pi: lanes that start apart
};

inline void add_rule(Digest& digest, const Rule& rule) {
  digest.add(static_cast<std::uint64_t>(rule.kind));
  digest.add_all(rule.scale.data(), rule.scale.size());
  digest.add(rule.normals ? static_cast<std::uint64_t>(rule.normals->cols()) + 1 : 0);
  if (rule.normals) digest.add_all(rule.normals->data(), static_cast<std::size_t>(rule.normals->size()));
}

inline void add_origin(Digest& digest, const Origin& origin) {
  digest.add(static_cast<std::uint64_t>(origin.base));
  digest.add(static_cast<std::uint64_t>(origin.neighbor));
  digest.add(std::bit_cast<std::uint64_t>(origin.step));
}

/// The digest of labels, one for each row, by their names: whatever their type, and however classes are numbered.
inline std::uint64_t digest_of_labels(std::span<const std::uint32_t> codes, const std::vector<Label>& labels) {
  std::vector<std::uint64_t> name;
  for (const Label& label : labels) {
    Digest digest;
    digest.add_all(std::string_view(label.text));
    name.push_back(digest.value());
  }
  Digest digest;
  digest.add(codes.size());
  for (const std::uint32_t code : codes) digest.add(name[code]);
  return digest.value();
}

/// The digest of a column of numbers.
template <class T>
std::uint64_t digest_of_column(std::span<const T> values) {
  Digest digest;
  digest.add_all(values);
  return digest.value();
}

/// A digest as 16 hexadecimal digits: as a number many readers of JSON would round it.
[[gnu::cold]] inline std::string hex(std::uint64_t digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += digits[digest >> shift & 15];
  return out;
}

}  // namespace detail

/// The digest of a matrix: of its shape, its scalar type and the bits of every value, so that 0.0 and -0.0 differ. One
/// changed value always changes it; the layout in memory does not. It guards against accidents, not against forgers.
/// Cost O(n d): reading X once (a column-major one is copied).
template <FeatureMatrix X>
std::uint64_t digest(const X& x) {
  const detail::RowMajor<typename X::Scalar> rows(x);
  detail::Digest out;
  out.add(sizeof(typename X::Scalar));
  out.add(static_cast<std::uint64_t>(x.rows()));
  for (Index row = 0; row < x.rows(); ++row)
    out.add_all(rows.view().data() + row * rows.view().outerStride(), static_cast<std::size_t>(x.cols()));
  return out.value();
}

/// The digest of a plan: of all that makes its rows and tells which were removed, so that equal plans have equal ones.
/// Notes do not count. One changed number always changes it. Cost O(rows).
inline std::uint64_t digest(const Plan& plan) {
  detail::Digest out;
  out.add(static_cast<std::uint64_t>(plan.source_rows()));
  out.add(static_cast<std::uint64_t>(plan.size()));
  for (const Origin& origin : plan) detail::add_origin(out, origin);
  out.add(plan.rules().size());
  for (const Rule& rule : plan.rules()) detail::add_rule(out, rule);
  for (Index row = 0; row < plan.size() && !plan.rules().empty(); ++row)
    out.add(plan.rule(row) ? static_cast<std::uint64_t>(plan.rule(row) - plan.rules().data()) + 1 : 0);
  for (Index row = 0; row < plan.size() && plan.has_donors(); ++row) {
    out.add(plan.donors(row).size());
    for (const Donor& donor : plan.donors(row)) {
      out.add(static_cast<std::uint64_t>(donor.column));
      out.add(static_cast<std::uint64_t>(donor.row));
    }
  }
  out.add(plan.removed().size());
  for (const Removal& removal : plan.removed()) {
    detail::add_origin(out, removal.origin);
    out.add(static_cast<std::uint64_t>(removal.reason));
    out.add(removal.pass);
  }
  out.add(plan.column_rules().size());
  for (const ColumnRule& rule : plan.column_rules()) {
    out.add(static_cast<std::uint64_t>(rule.kind));
    out.add_all(rule.columns.data(), rule.columns.size());
    out.add(std::bit_cast<std::uint64_t>(rule.step));
    out.add(std::bit_cast<std::uint64_t>(rule.origin));
  }
  return out.value();
}

}  // inline namespace
}  // namespace rebalance
