// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <rebalance/core/matrix.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// The finalizer of SplitMix64: every bit of the input moves half the bits of the output.
/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
constexpr std::uint64_t mixed(std::uint64_t z) noexcept {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

/// Equal values have equal bits: both zeros are one value, and so are all NaN.
inline std::uint64_t canonical_bits(double value) noexcept {
  if (value != value) return std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN());
  return std::bit_cast<std::uint64_t>(value + 0.0);
}

/// Makes equal keys differ: the second of two becomes a key for "the same, once more", and so on.
/// A hash table with linear probing, half empty; the standard one is several times slower here. Cost O(n).
inline void tell_repeats_apart(std::vector<std::uint64_t>& keys) {
  struct Slot {
    std::uint64_t key = 0;
    std::uint64_t times = 0;
  };
  std::vector<Slot> slots(std::bit_ceil(2 * keys.size() + 1));
  const std::size_t mask = slots.size() - 1;
  for (std::uint64_t& key : keys) {
    std::size_t at = key & mask;
    while (slots[at].times > 0 && slots[at].key != key) at = (at + 1) & mask;
    slots[at].key = key;
    const std::uint64_t earlier = slots[at].times++;
    if (earlier > 0) key = mixed(key + earlier * 0x9E3779B97F4A7C15ull);
  }
}

/// A key of a row's values alone: equal rows have equal keys, two others with probability 2^-64. Cost O(columns).
template <class S>
std::uint64_t key_of_values(const S* values, Index columns) noexcept {
  std::uint64_t hash = 0;
  for (Index j = 0; j < columns; ++j)
    hash = std::rotl(hash, 29) * 0x9E3779B97F4A7C15ull + mixed(canonical_bits(static_cast<double>(values[j])));
  return mixed(hash);
}

/// A key for each of the rows, made of its values alone; the second of two equal rows counts as "the same
/// values, once more", so all keys differ.
///
/// A draw addressed by such a key belongs to the row and not to its place: shuffling the rows, renaming the
/// classes or removing other rows does not change what is drawn for it. float and double rows of equal
/// values have equal keys, and so has a row that stands in two classes: its draws are the same in both.
/// Cost O(n d). Two different rows share a key, and so their draws, with probability 2^-64.
template <class S>
std::vector<std::uint64_t> row_keys(const MatrixView<S>& X, std::span<const Index> rows, const Execution& how) {
  std::vector<std::uint64_t> keys(rows.size());
  parallel_for(how, "keying rows", static_cast<Index>(rows.size()), rows_per_chunk(X.cols()),
               [&](Index first, Index last) {
                 for (Index i = first; i < last; ++i) {
                   const S* values = X.data() + rows[static_cast<std::size_t>(i)] * X.outerStride();
                   keys[static_cast<std::size_t>(i)] = key_of_values(values, X.cols());
                 }
               });
  tell_repeats_apart(keys);
  return keys;
}

/// The draw that decides which rows are chosen; the draws of synthetic rows count up from 0.
inline constexpr std::uint32_t selection_draw = std::numeric_limits<std::uint32_t>::max();

/// What a row is drawn by: the rows with the smallest tickets are chosen.
struct Ticket {
  std::uint64_t number;
  Index row;
  bool operator<(const Ticket& other) const {
    return number < other.number || (number == other.number && row < other.row);
  }
};

/// A ticket for each key; those of the first `count` rows of a random choice stand first, in no order.
inline std::vector<Ticket> drawn_tickets(const std::vector<std::uint64_t>& keys, std::uint64_t seed,
                                         std::uint32_t stage, std::size_t count) {
  std::vector<Ticket> tickets(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i)
    tickets[i] = {random_pair(seed, stage, keys[i], selection_draw)[0], static_cast<Index>(i)};
  if (count < tickets.size())
    std::nth_element(tickets.begin(), tickets.begin() + static_cast<std::ptrdiff_t>(count), tickets.end());
  return tickets;
}

/// The numbers 0 .. keys.size()-1, of which the first `count` are a random choice without replacement, in
/// random order. Cost O(n + count log count).
inline std::vector<Index> random_order(const std::vector<std::uint64_t>& keys, std::uint64_t seed, std::uint32_t stage,
                                       std::size_t count) {
  std::vector<Ticket> tickets = drawn_tickets(keys, seed, stage, count);
  std::sort(tickets.begin(), tickets.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<Index> out(tickets.size());
  for (std::size_t i = 0; i < tickets.size(); ++i) out[i] = tickets[i].row;
  return out;
}

/// The same choice of `count` of the numbers 0 .. keys.size()-1, ascending. Cost O(n).
inline std::vector<Index> random_choice(const std::vector<std::uint64_t>& keys, std::uint64_t seed, std::uint32_t stage,
                                        std::size_t count) {
  const std::vector<Ticket> tickets = drawn_tickets(keys, seed, stage, count);
  std::vector<bool> chosen(keys.size(), false);
  for (std::size_t i = 0; i < count; ++i) chosen[static_cast<std::size_t>(tickets[i].row)] = true;
  std::vector<Index> out;
  out.reserve(count);
  for (std::size_t row = 0; row < chosen.size(); ++row)
    if (chosen[row]) out.push_back(static_cast<Index>(row));
  return out;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
