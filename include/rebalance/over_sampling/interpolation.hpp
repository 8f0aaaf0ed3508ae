// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/random.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/neighbors/neighbor_table.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What to do with a class that has no more rows than `k_neighbors`.
enum class TooFewNeighbors {
  error,     ///< throw TooFewRows
  clamp,     ///< use the neighbors there are, and leave a note; a class of one row is still an error
  duplicate  ///< copy rows instead, and leave a note
};

namespace detail {

template <>
inline constexpr EnumNames enum_names<TooFewNeighbors>{"TooFewNeighbors", {"error", "clamp", "duplicate"}};

/// Bytes of all rows must still be countable.
inline constexpr Index most_new_rows = std::numeric_limits<Index>::max() / 1024;

/// New rows by class: the targets less what exists.
struct NewRows {
  std::vector<Index> of_class;
  Index total = 0;
};

/// Throws TooFewRows for a class that is to be filled and has no row to start from, InvalidOption for too large a sum.
[[gnu::cold]] inline NewRows rows_to_add(std::string_view sampler, const std::vector<std::optional<Index>>& targets,
                                         const Classes& classes) {
  NewRows out{std::vector<Index>(classes.size(), 0)};
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    if (!targets[c]) continue;
    out.of_class[c] = *targets[c] - classes.count(c);
    if (out.of_class[c] > 0 && classes.count(c) == 0)
      throw TooFewRows(text(
          {sampler, ": class ", classes.label(c).text, " has no row to start from; leave it out of the strategy"}));
    if (out.of_class[c] > most_new_rows - out.total)
      throw InvalidOption(text({sampler, ": the strategy asks for ", *targets[c], " rows of class ",
                                classes.label(c).text, ", more than any memory can hold; ask for fewer"}));
    out.total += out.of_class[c];
  }
  return out;
}

/// The neighbors to search for in a class of `rows` rows when k are asked for; 0 means: copy rows instead.
/// Departures from k are noted in the plan. `where` says which rows of the class are meant, if not all; `option` is what the
/// sampler calls k.
[[gnu::cold]] inline Index usable_neighbors(std::string_view sampler, const Label& label, std::string_view where,
                                            Index rows, Index k, TooFewNeighbors policy, Plan& plan,
                                            std::string_view option = "k_neighbors") {
  if (rows > k) return k;
  if (policy == TooFewNeighbors::duplicate) {
    plan.note(
        {std::string(sampler), label,
         text({"class has ", rows, " rows", where, ", too few for ", option, " = ", k, ": rows were copied instead"})});
    return 0;
  }
  if (policy == TooFewNeighbors::clamp && rows > 1) {
    plan.note({std::string(sampler), label,
               text({"class has ", rows, " rows", where, ", too few for ", option, " = ", k, ": used ", rows - 1,
                     " neighbors"})});
    return rows - 1;
  }
  throw_too_few(sampler, label.text + std::string(where), rows, option, k,
                rows == 1 ? std::string("choose .too_few_neighbors = TooFewNeighbors::duplicate to copy the row")
                          : text({"lower ", option,
                                  ", or choose .too_few_neighbors = TooFewNeighbors::clamp (use the "
                                  "neighbors there are) or ::duplicate (copy rows)"}));
}

/// Names the bases of `count` new rows so that each serves floor(count/b) or ceil(count/b) times: whole
/// rounds over all bases in order, then once more a random choice of them. Calls `use(row, base, numbers)` with the
/// number of the row, the place of its base, and two random numbers, which are addressed by the base's key.
///
/// Runs in parallel: `use` writes what belongs to its row.
template <class Use>
void draw_evenly(const std::vector<std::uint64_t>& keys, std::uint64_t seed, std::uint32_t stage, Index count,
                 const Execution& how, const Use& use) {
  const auto bases = static_cast<Index>(keys.size());
  const Index in_rounds = count - count % bases;
  std::vector<Index> chosen;  // for the last round
  if (in_rounds < count) chosen = random_choice(keys, seed, stage, static_cast<std::size_t>(count - in_rounds));

  constexpr Index draws_per_chunk = 16384;
  parallel_for(how, "drawing rows", count, draws_per_chunk, [&](Index first, Index last) {
    for (Index row = first; row < last; ++row) {
      const Index base = row < in_rounds ? row % bases : chosen[static_cast<std::size_t>(row - in_rounds)];
      const auto round = static_cast<std::uint32_t>(row / bases);
      use(row, base, random_pair(seed, stage, keys[static_cast<std::size_t>(base)], round));
    }
  });
}

/// Adds `count` copies of the members.
template <class S>
void add_copies(Plan& plan, const DataView<S>& data, std::span<const Index> members, std::uint64_t seed, Index count,
                const Execution& how) {
  const auto keys = row_keys(data.X, members, how);
  const auto origins = plan.add_rows(count).origins;
  draw_evenly(keys, seed, data.stage, count, how, [&](Index row, Index place, const RandomPair&) {
    const Index base = members[static_cast<std::size_t>(place)];
    origins[static_cast<std::size_t>(row)] = {base, base, 1};
  });
}

/// Adds `count` rows between the bases and their neighbors; every base equally often, its neighbors with
/// equal probability, steps uniform in [0, 1). `rule` is 0, or the number of a box rule.
inline void add_segments(Plan& plan, std::span<const Index> bases, const std::vector<std::uint64_t>& keys,
                         const NeighborTable& table, std::uint64_t seed, std::uint32_t stage, Index count,
                         std::uint32_t rule, const Execution& how) {
  const auto origins = plan.add_rows(count, rule).origins;
  draw_evenly(keys, seed, stage, count, how, [&](Index row, Index base, const RandomPair& numbers) {
    const auto pick = static_cast<std::size_t>(index_below(numbers[0], table.k()));
    origins[static_cast<std::size_t>(row)] = {bases[static_cast<std::size_t>(base)], table[base][pick].row,
                                              unit_interval(numbers[1])};
  });
}

/// The same as imbalanced-learn does it: all pairs (base, neighbor) first, then all steps.
inline void add_segments_as_numpy(Plan& plan, std::span<const Index> bases, const NeighborTable& table,
                                  NumpyRandom& random, Index count) {
  const auto picks = random.integers(static_cast<Index>(bases.size()) * table.k(), count);
  for (const Index pick : picks) {
    const Index base = pick / table.k();
    const Index neighbor = table[base][static_cast<std::size_t>(pick % table.k())].row;
    plan.add(bases[static_cast<std::size_t>(base)], neighbor, random.random());
  }
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
