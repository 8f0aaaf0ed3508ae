// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/quantiles.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/over_sampling/cells.hpp>
#include <rebalance/over_sampling/deviation.hpp>
#include <rebalance/over_sampling/interpolation.hpp>
#include <rebalance/over_sampling/nominal.hpp>
#include <rebalance/over_sampling/nominal_votes.hpp>
#include <rebalance/over_sampling/smote.hpp>
#include <rebalance/over_sampling/smote_n.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// SMOTE for numbers and categories together: new numbers lie between a row and a neighbor, as in Smote; each new
/// category is the most frequent one among the k nearest neighbors of the row, the row itself not counted. Nominal
/// columns of X hold category codes, whole numbers from 0; no order among them is meant.
///
/// Distance: squared Euclidean over the numbers, plus Med^2 for each category that differs, Med the median of the
/// standard deviations of the numbers within the class to fill. Numbers in different units need
/// scaling: see `space`, or give a space of your own (Data::space), which takes the place of the numeric columns, in Med too.
///
/// Out     every input row, unchanged and in order, then class by class the new rows; every base serves equally often
///         (Draws::even). The plan names the donor of every nominal cell: the nearest neighbor that has its value. All
///         columns numeric or all nominal: what Smote or SmoteN makes, and a note
/// Cost    a search within each class to fill, as for Smote. Memory: the rows of the class in work once more, O(n_c k),
///         16 bytes a new nominal cell for its donor; never an indicator matrix
/// Throws  InvalidOption (a nominal column that X does not have, among others), BadValue (a value in a nominal column
///         that is no code), TooFewRows (a class has no more rows than k_neighbors), TooFewClasses
/// Degenerate: where Med is 0, since most numbers are constant within the class, it is taken over those that vary; if
///         none does, it is 1, and the nearest are those that agree in most categories. A note says so
/// Differs from imbalanced-learn: where votes tie, the base's own category wins if it is among the tied; there chance
///         decides, and Med may be 0 (so with Draws::imbalanced_learn)
/// Source  Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE", JAIR 16, 2002, section 6.1
struct SmoteNc {
  std::vector<Index> nominal = {};  ///< columns of X that hold category codes
  Index k_neighbors = 5;            ///< neighbors a base row may move towards, which also vote; at least 1
  Strategy strategy = {};           ///< rows wanted of each class
  std::uint64_t seed = 0;           ///< of all random choices
  Draws draws = Draws::even;        ///< whose random choices: ours, or those of imbalanced-learn
  TooFewNeighbors too_few_neighbors = TooFewNeighbors::error;  ///< where a class has no more than k_neighbors rows
  NeighborSpace space = {};                                    ///< where the numbers of a row are compared

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("nominal", self.nominal);
    use("k_neighbors", self.k_neighbors);
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("too_few_neighbors", self.too_few_neighbors);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("SmoteNc", *this); }
  friend bool operator==(const SmoteNc&, const SmoteNc&) = default;
};

namespace detail {

/// The rows of a class as the mixed metric reads them: the numbers, then the codes.
template <class S>
Matrix<S> numbers_then_codes(const DataView<S>& data, std::span<const Index> members,
                             const std::vector<Index>& nominal) {
  std::vector<bool> is_nominal(static_cast<std::size_t>(data.X.cols()), false);
  for (const Index column : nominal) is_nominal[static_cast<std::size_t>(column)] = true;
  std::vector<Index> numeric = all_rows(data.space.cols());
  if (same_view(data.space, data.X))
    std::erase_if(numeric, [&](Index j) { return is_nominal[static_cast<std::size_t>(j)]; });

  const auto numbers = static_cast<Index>(numeric.size());
  Matrix<S> out(static_cast<Index>(members.size()), numbers + static_cast<Index>(nominal.size()));
  for (Index i = 0; i < out.rows(); ++i) {
    const Index row = members[static_cast<std::size_t>(i)];
    S* to = out.data() + i * out.cols();
    for (const Index column : numeric) *to++ = data.space(row, column);
    for (const Index column : nominal) *to++ = data.X(row, column);
  }
  return out;
}

/// The space a sampler for numbers and categories searches: where it speaks of columns of X, of the numeric ones alone.
template <class S>
NeighborSpace space_of_numbers(NeighborSpace space, const std::vector<Index>& nominal, const DataView<S>& data) {
  if (space == NeighborSpace{} || !same_view(data.space, data.X)) return space;
  const auto is_nominal = [&](Index column) {
    return std::find(nominal.begin(), nominal.end(), column) != nominal.end();
  };
  for (const Index column : space.columns)
    if (is_nominal(column))
      throw_option("SmoteNc", "space.columns", column, "a numeric column; nominal ones always count");
  if (space.columns.empty()) {
    space.columns = all_rows(data.X.cols());
    std::erase_if(space.columns, is_nominal);
  }
  return space;
}

/// Med of the paper, from the first `numbers` columns of the rows of a class.
template <class S>
double median_deviation(const Matrix<S>& rows, Index numbers, Draws draws, const Label& label, Plan& plan) {
  const auto all = all_rows(rows.rows());
  std::vector<double> deviations;
  for (Index j = 0; j < numbers; ++j)
    deviations.push_back(draws == Draws::even
                             ? deviation(view_of(rows), all, j, static_cast<double>(rows.rows()), draws)
                             : deviation_as_sparse(view_of(rows), all, j));
  const double med = median(deviations);
  if (med > 0 || draws == Draws::imbalanced_learn) return med;
  std::erase(deviations, 0.0);
  const double instead = deviations.empty() ? 1 : median(deviations);
  plan.note({"SmoteNc", label,
             deviations.empty()
                 ? "no number deviates in the class: the nearest rows are those that agree in most categories"
                 : text({"the median deviation of the numbers is 0: took ", instead, ", that of those that vary"})});
  return instead;
}

/// The categories of new rows as imbalanced-learn chooses them: column by column, all (row, winner) pairs in random
/// order; each row takes the winner of the first pair it is in. `bases` are places in the table; the result holds
/// the donors of a row side by side.
template <class S>
std::vector<Donor> donors_as_numpy(const MatrixView<S>& X, const std::vector<Index>& nominal,
                                   const NeighborTable& table, const std::vector<Index>& bases, std::uint64_t seed) {
  NumpyRandom random("SmoteNc", seed);  // a second generator, which starts like that of the steps
  std::vector<Donor> out(bases.size() * nominal.size(), {-1, 0});
  NominalVote vote;
  std::vector<Index> voters;
  for (std::size_t j = 0; j < nominal.size(); ++j) {
    std::vector<std::pair<std::size_t, Donor>> candidates;
    for (std::size_t t = 0; t < bases.size(); ++t) {
      voters.clear();
      for (const Neighbor& neighbor : table[bases[t]]) voters.push_back(neighbor.row);
      for (const Donor& donor : vote.winners(X, nominal[j], voters)) candidates.emplace_back(t, donor);
    }
    for (const Index i : random.permutation(static_cast<Index>(candidates.size()))) {
      const auto& [t, donor] = candidates[static_cast<std::size_t>(i)];
      if (Donor& chosen = out[t * nominal.size() + j]; chosen.column < 0) chosen = donor;
    }
  }
  return out;
}

template <class S>
void add_mixed_as_numpy(Plan& plan, const SmoteNc& options, const DataView<S>& data, std::span<const Index> members,
                        const NeighborTable& table, Index count) {
  NumpyRandom random("SmoteNc", options.seed);  // starts anew for every class
  const auto picks = random.integers(static_cast<Index>(members.size()) * table.k(), count);
  std::vector<Index> bases;
  for (const Index pick : picks) bases.push_back(pick / table.k());
  const auto donors = donors_as_numpy(data.X, options.nominal, table, bases, options.seed);
  const std::size_t width = options.nominal.size();
  for (std::size_t t = 0; t < picks.size(); ++t) {
    const Index neighbor = table[bases[t]][static_cast<std::size_t>(picks[t] % table.k())].row;
    plan.add_with_donors(members[static_cast<std::size_t>(bases[t])], neighbor, random.random(),
                         {donors.data() + t * width, width});
  }
}

template <class S>
void add_mixed(Plan& plan, const SmoteNc& options, const DataView<S>& data, std::span<const Index> members,
               const NeighborTable& table, Index count, const Execution& how) {
  const auto keys = row_keys(data.X, members, how);
  const auto width = static_cast<Index>(options.nominal.size());
  const Plan::Added added = plan.add_rows(count, 0, width);
  const auto collect = [&](Index place, std::vector<Index>& voters) {
    voters.clear();
    for (const Neighbor& neighbor : table[place]) voters.push_back(neighbor.row);
  };
  const NominalVotes votes(data.X, options.nominal, members, table.k(), collect, how);
  draw_evenly(keys, options.seed, data.stage, count, how, [&](Index row, Index place, const RandomPair& numbers) {
    votes.choose(place, numbers, added.donors.data() + row * width);
    const auto pick = static_cast<std::size_t>(index_below(numbers[0], table.k()));
    added.origins[static_cast<std::size_t>(row)] = {members[static_cast<std::size_t>(place)], table[place][pick].row,
                                                    unit_interval(numbers[1])};
  });
}

}  // namespace detail

template <class S>
Plan SmoteNc::plan(const DataView<S>& given, const Execution& how) const {
  if (k_neighbors < 1) detail::throw_option("SmoteNc", "k_neighbors", k_neighbors, "at least 1");
  detail::require_columns("SmoteNc", nominal, given.X.cols());
  const auto forwarded = [&](const auto& sampler, const char* why) {
    Plan plan = sampler.plan(given, how);
    plan.note({"SmoteNc", {}, why});
    return plan;
  };
  if (nominal.empty())
    return forwarded(Smote{.k_neighbors = k_neighbors,
                           .strategy = strategy,
                           .seed = seed,
                           .draws = draws,
                           .too_few_neighbors = too_few_neighbors,
                           .space = space},
                     "no column is nominal: done by Smote");
  if (static_cast<Index>(nominal.size()) == given.X.cols() && space != NeighborSpace{})
    throw InvalidOption(
        "SmoteNc: all columns are nominal, so there are no numbers that `space` could speak of; leave it out");
  if (static_cast<Index>(nominal.size()) == given.X.cols())
    return forwarded(SmoteN{.k_neighbors = k_neighbors,
                            .strategy = strategy,
                            .seed = seed,
                            .draws = draws,
                            .too_few_neighbors = too_few_neighbors},
                     "all columns are nominal: done by SmoteN");
  const detail::SpacedData<S> spaced("SmoteNc", detail::space_of_numbers(space, nominal, given), given, how);
  const DataView<S>& data = spaced.view();
  detail::require_codes("SmoteNc", data.X, nominal, how);

  const auto filling = detail::cells_to_fill("SmoteNc", strategy, draws, data, k_neighbors);
  Plan plan = detail::keep_all_for(filling, data.rows(), how);
  detail::fill_each(filling, "SmoteNc", *this, data, how, plan, [&](const detail::Cell& cell, Index k) {
    const Index count = cell.count();
    const auto members = cell.members();
    const auto rows = detail::numbers_then_codes(data, cell.partners(), nominal);
    const auto categories = static_cast<Index>(nominal.size());
    const double med = detail::median_deviation(rows, rows.cols() - categories, draws, cell.label(), plan);
    const Mixed metric{rows.cols() - categories, categories, med * med};
    const NeighborTable table = detail::nearest_members(metric, rows, cell.partners(), members, k, how);
    if (draws == Draws::imbalanced_learn) detail::add_mixed_as_numpy(plan, *this, data, members, table, count);
    else detail::add_mixed(plan, *this, data, members, table, count, how);
  });
  return plan;
}

}  // inline namespace
}  // namespace rebalance
