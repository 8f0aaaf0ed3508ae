// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/over_sampling/border.hpp>
#include <rebalance/over_sampling/cells.hpp>
#include <rebalance/over_sampling/hard_rows.hpp>
#include <rebalance/over_sampling/interpolation.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// SMOTE from the border only: the bases are the rows in danger, those with at least half, but not all, of their
/// m_neighbors nearest rows in other classes. Rows with all of them there count as noise, the others as safe; neither
/// is a base. For classes that overlap at an edge; where they do not, see `no_hard_row`.
///
/// kind 1  partners are the nearest rows of the class, whether in danger or not
/// kind 2  besides these, the one nearest row of another class, towards which a new row goes less than half the way
///
/// Out     every input row, unchanged and in order, then class by class the new rows; with Draws::even each row in
///         danger serves floor or ceil of (new rows / rows in danger) times, each partner with equal probability
/// Cost    a search of each class to fill within the class, and two bounded ones in the others; memory O(n_c (m + k))
/// Throws  InvalidOption, TooFewRows (no row in danger; a class has no more rows than k_neighbors), TooFewClasses
/// Differs from imbalanced-learn: a class without a row in danger is an error unless you choose otherwise, there it is
///         left as it is without a word; kind 2 follows the paper, there partners are the k nearest of the whole set and
///         the way to another class is shortened twice, by a half at most and by the step (so with
///         Draws::imbalanced_learn, where a class may then have fewer rows than k_neighbors; the two factors are
///         multiplied first, which may change the last bits). With more
///         than two classes every other class counts as "majority"; the paper has two
/// Source  Han, Wang, Mao, "Borderline-SMOTE: a new over-sampling method in imbalanced data sets learning", ICIC 2005
struct BorderlineSmote {
  int kind = 1;               ///< 1 or 2
  Index m_neighbors = 10;     ///< nearest rows of the whole set that tell whether a row is in danger, at least 1
  Index k_neighbors = 5;      ///< neighbors a base row may move towards, at least 1
  Strategy strategy = {};     ///< rows wanted of each class
  std::uint64_t seed = 0;     ///< of all random choices
  Draws draws = Draws::even;  ///< whose random choices: ours, or those of imbalanced-learn
  NoHardRow no_hard_row = NoHardRow::error;                    ///< where no row of a class is in danger
  TooFewNeighbors too_few_neighbors = TooFewNeighbors::error;  ///< where a class has no more than k_neighbors rows
  NeighborSpace space = {};                                    ///< where neighbors are searched

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("kind", self.kind);
    use("m_neighbors", self.m_neighbors);
    use("k_neighbors", self.k_neighbors);
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("no_hard_row", self.no_hard_row);
    use("too_few_neighbors", self.too_few_neighbors);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("BorderlineSmote", *this); }
  friend bool operator==(const BorderlineSmote&, const BorderlineSmote&) = default;
};

namespace detail {

inline std::string why_none_is_in_danger(std::string_view where, Index rows, Index noise, Index m) {
  return text({"no row", where, " is in danger (", rows - noise, " safe, ", noise, " noise by ", m, " neighbors)"});
}

/// The nearest k of each row of class c in the class, fewer in a smaller one.
template <class S>
NeighborTable nearest_of_own(const DataView<S>& data, std::uint32_t c, Index k, const Execution& how) {
  const auto members = data.classes.members(c);
  if (members.size() == 1) return NeighborTable(1, 0);
  return nearest_neighbors(data.space, members, members, std::min(k, data.classes.count(c) - 1), how);
}

/// What is known of a class before its cells are filled.
struct Surroundings {
  NeighborTable own;  ///< of each row the nearest of the class
  Border border;
};

/// Of some places those that are among others, which are ascending.
inline std::vector<Index> those_among(const std::vector<Index>& others, std::vector<Index> places) {
  std::erase_if(places, [&](Index place) { return !std::binary_search(others.begin(), others.end(), place); });
  return places;
}

/// Kind 2: the last of the k + 1 partners is the nearest row of another class.
inline void add_segments_to_both_sides(Plan& plan, std::span<const Index> bases, const std::vector<std::uint64_t>& keys,
                                       const NeighborTable& same, const NeighborTable& other, std::uint64_t seed,
                                       std::uint32_t stage, Index count, const Execution& how) {
  const auto origins = plan.add_rows(count).origins;
  draw_evenly(keys, seed, stage, count, how, [&](Index row, Index place, const RandomPair& numbers) {
    const Index pick = index_below(numbers[0], same.k() + 1);
    const double step = unit_interval(numbers[1]);
    const Index base = bases[static_cast<std::size_t>(place)];
    Origin& origin = origins[static_cast<std::size_t>(row)];
    if (pick < same.k()) origin = {base, same[place][static_cast<std::size_t>(pick)].row, step};
    else origin = {base, other[place][0].row, step / 2};
  });
}

/// Kind 2 as imbalanced-learn does it: partners from the whole set; a second generator, which starts like the first,
/// shortens the way to the other classes.
template <class S>
void add_shortened_as_numpy(Plan& plan, const DataView<S>& data, std::uint32_t c, std::span<const Index> bases,
                            const NeighborTable& table, std::uint64_t seed, Index count) {
  NumpyRandom random("BorderlineSmote", seed), shortening("BorderlineSmote", seed);
  const auto picks = random.integers(static_cast<Index>(bases.size()) * table.k(), count);
  for (const Index pick : picks) {
    const Index base = pick / table.k();
    const Index neighbor = table[base][static_cast<std::size_t>(pick % table.k())].row;
    double step = random.random();
    if (data.classes.code(neighbor) != c) step = rounded(step * (0.5 * shortening.random()));
    plan.add(bases[static_cast<std::size_t>(base)], neighbor, step);
  }
}

/// Adds the rows of the cell, which start from the rows of the class at these places; `own` are the nearest in the class.
template <class S>
void fill_from(const BorderlineSmote& options, const std::vector<Index>& places, const NeighborTable& own,
               const Cell& cell, const DataView<S>& data, const Execution& how, Plan& plan) {
  const Index count = cell.count();
  std::vector<Index> bases;
  for (const Index place : places) bases.push_back(data.classes.members(cell.code())[static_cast<std::size_t>(place)]);
  if (options.kind == 2 && options.draws == Draws::imbalanced_learn) {
    if (!cell.whole_class())
      throw InvalidOption(
          "BorderlineSmote: with Draws::imbalanced_learn partners of kind 2 come from the whole set, which "
          "would mix strata; use Draws::even, or leave strata out of Data");
    if (options.k_neighbors >= data.rows())
      throw_option("BorderlineSmote", "k_neighbors", options.k_neighbors,
                   text({"below ", data.rows(), ", the rows of the set"}));
    const NeighborTable table = nearest_neighbors(data.space, all_rows(data.rows()), bases, options.k_neighbors, how);
    return add_shortened_as_numpy(plan, data, cell.code(), bases, table, options.seed, count);
  }
  const Index k = usable_neighbors("BorderlineSmote", cell, options.k_neighbors, options.too_few_neighbors, plan);
  if (k == 0) return add_copies(plan, data, bases, options.seed, count, how);

  const NeighborTable same =
      cell.whole_class() ? own.first_of(places, k) : nearest_neighbors(data.space, cell.partners(), bases, k, how);
  if (options.draws == Draws::imbalanced_learn) {
    NumpyRandom random("BorderlineSmote", options.seed);  // starts anew for every class
    return add_segments_as_numpy(plan, bases, same, random, count);
  }
  const auto keys = row_keys(data.X, bases, how);
  const std::vector<Index> others = options.kind == 1 ? std::vector<Index>() : cell.others(data.classes);
  if (others.empty()) return add_segments(plan, bases, keys, same, options.seed, data.stage, count, 0, how);
  const NeighborTable other = nearest_neighbors(data.space, others, bases, 1, how);
  add_segments_to_both_sides(plan, bases, keys, same, other, options.seed, data.stage, count, how);
}

}  // namespace detail

template <class S>
Plan BorderlineSmote::plan(const DataView<S>& given, const Execution& how) const {
  constexpr const char* name = "BorderlineSmote";
  if (kind != 1 && kind != 2) detail::throw_option(name, "kind", kind, "1 or 2");
  if (m_neighbors < 1) detail::throw_option(name, "m_neighbors", m_neighbors, "at least 1");
  if (k_neighbors < 1) detail::throw_option(name, "k_neighbors", k_neighbors, "at least 1");
  const detail::SpacedData<S> spaced(name, space, given, how);
  const DataView<S>& data = spaced.view();

  const auto filling = detail::cells_to_fill(name, strategy, draws, data, k_neighbors);
  Plan plan = detail::keep_all_for(filling, data.rows(), how);
  detail::OncePerClass surroundings([&](std::uint32_t c) {
    detail::require_neighbors(name, "m_neighbors", m_neighbors, data.rows());
    const bool partners = k_neighbors < data.classes.count(c) || too_few_neighbors == TooFewNeighbors::clamp;
    auto own = detail::nearest_of_own(data, c, std::max(m_neighbors / 2 + 1, partners ? k_neighbors : 0), how);
    auto border = detail::border_of(data, c, own, m_neighbors, how);
    return detail::Surroundings{std::move(own), std::move(border)};
  });
  for (const detail::Cell& cell : filling.cells) {
    const auto& [own, border] = surroundings.of(cell.code());
    const std::vector<Index> of_cell = detail::places_in_class(cell, data.classes);
    std::vector<Index> places = detail::those_among(border.in_danger, of_cell);
    if (places.empty()) {
      const auto noise = static_cast<Index>(detail::those_among(border.noise, of_cell).size());
      const auto reason =
          detail::why_none_is_in_danger(cell.where(), static_cast<Index>(of_cell.size()), noise, m_neighbors);
      if (!detail::start_from_every_row(name, cell.label(), reason, no_hard_row, plan)) continue;
      places = of_cell;
    }
    detail::fill_from(*this, places, own, cell, data, how, plan);
  }
  return plan;
}

}  // inline namespace
}  // namespace rebalance
