// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/stratified_k_fold.hpp>
#include <rebalance/model_selection/whole_groups.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Folds that tear no group apart and have, as near as the groups allow, the same share of every class: for imbalanced
/// data with several rows for a patient, customer or machine.
///
/// Out     n_splits splits, both sides ascending; test sides hold every row once, none is empty. Groups come one by
///         one, those first whose rows are spread most unevenly over the classes (of equals the first name, or with a
///         seed a random one), and each goes to the fold where the shares of the classes then differ least between the
///         folds; if several are equally good, to that with the fewest rows. With a seed and Draws::even the names of
///         groups and classes do not matter
/// Cost    O(n k + G (k^2 C + log G)) for G groups and C classes; memory O(G C)
/// Throws  InvalidOption (no groups; n_splits below 2, above the number of groups or above the rows of every class; a
///         seed NumPy cannot have)
/// Differs from scikit-learn: folds are equally good if they differ by less than 1e-8 + 1e-5 of the least, as
///         numpy.isclose has it. There the last bit of a sum may outweigh the number of rows, and a fold stay empty
///         (scikit-learn 34828); else the folds are the same. With a seed draws for each group by its first row, and so
///         not as there, unless Draws::imbalanced_learn. Each group then gets the fold that was chosen for it, as from
///         scikit-learn 1.8 on; before, it got that of another group (scikit-learn 32540)
struct StratifiedGroupKFold {
  Index n_splits = 5;                      ///< parts, each of them the test once; at least 2
  std::optional<std::uint64_t> seed = {};  ///< given: groups of equal spread come in a random order
  Draws draws = Draws::even;               ///< whose random choices: ours, or those of scikit-learn

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("n_splits", self.n_splits);
    use("seed", self.seed);
    use("draws", self.draws);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("StratifiedGroupKFold", *this); }
  friend bool operator==(const StratifiedGroupKFold&, const StratifiedGroupKFold&) = default;
};

namespace detail {

/// How many rows of each class each group has: a table of groups x classes, of the classes that occur.
class GroupCounts {
 public:
  /// `columns` are the classes, in the order in which what is said of them is added up.
  GroupCounts(const WholeGroups& groups, const Classes& classes, const std::vector<std::uint32_t>& columns) {
    std::vector<std::size_t> column(classes.size());
    for (const std::uint32_t c : columns) {
      column[c] = class_rows_.size();
      class_rows_.push_back(static_cast<double>(classes.count(c)));
    }
    counts_.assign(groups.rows.size() * columns.size(), 0);
    for (std::size_t row = 0; row < groups.of_row.size(); ++row)
      ++counts_[groups.of_row[row] * columns.size() + column[classes.codes()[row]]];
  }

  std::size_t groups() const noexcept { return counts_.size() / class_rows_.size(); }
  const std::vector<double>& class_rows() const noexcept { return class_rows_; }
  std::span<const std::uint32_t> of(std::size_t group) const {
    return std::span(counts_).subspan(group * class_rows_.size(), class_rows_.size());
  }

 private:
  std::vector<double> class_rows_;
  std::vector<std::uint32_t> counts_;
};

/// The standard deviation as NumPy computes it.
inline double standard_deviation(std::span<double> values, double (*sum)(std::span<const double>)) {
  const auto m = static_cast<double>(values.size());
  const double mean = sum(values) / m;
  for (double& value : values) value = rounded((value - mean) * (value - mean));
  return std::sqrt(sum(values) / m);
}

/// How unevenly the rows of a group are spread over the classes, as scikit-learn computes it: the standard deviation.
/// Equal spreads may differ in the last bit.
inline double spread_as_numpy(std::span<const std::uint32_t> group) {
  std::vector<double> counts(group.begin(), group.end());
  return standard_deviation(counts, [](std::span<const double> values) { return pairwise_sum(values); });
}

/// The same in whole numbers, as m^2 times the variance of m counts: equal spreads are equal. Exact below 2^53, which
/// holds for groups of up to 94 million rows / sqrt(m).
inline double exact_spread(std::span<const std::uint32_t> group) {
  double sum = 0, squares = 0;
  for (const double count : group) {
    sum += count;
    squares += rounded(count * count);
  }
  return rounded(static_cast<double>(group.size()) * squares) - rounded(sum * sum);
}

/// The groups in this order, but those of larger spread before others.
inline void sort_by_spread(std::vector<Index>& order, const GroupCounts& counts,
                           double (*spread)(std::span<const std::uint32_t>)) {
  std::vector<double> spreads;
  for (std::size_t group = 0; group < counts.groups(); ++group) spreads.push_back(spread(counts.of(group)));
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return spreads[static_cast<std::size_t>(a)] > spreads[static_cast<std::size_t>(b)];
  });
}

/// Folds as they fill: knows how uneven the classes are spread over them, and would be.
class FillingFolds {
 public:
  FillingFolds(Index n_splits, const std::vector<double>& class_rows)
      : rows_(static_cast<std::size_t>(n_splits), 0), class_rows_(class_rows) {
    counts_.assign(class_rows.size(), std::vector<double>(rows_.size(), 0));
  }

  /// The fold the group does best in. Folds within a hair of the least unevenness are equally good: of those the one
  /// with the fewest rows, and only then what the last bits say, and the first. So none stays empty while there are
  /// groups: an empty fold has the fewest rows, and is always among the best. For the fewer rows of a class a fold
  /// has, the less a further one adds to the sum of squares.
  std::size_t best_for(std::span<const std::uint32_t> group) const {
    std::vector<double> unevenness;
    for (std::size_t fold = 0; fold < rows_.size(); ++fold) unevenness.push_back(unevenness_with(group, fold));
    const double least = *std::min_element(unevenness.begin(), unevenness.end());
    const double as_good = least + (1e-8 + rounded(1e-5 * least));  // the measure of numpy.isclose
    std::size_t best = rows_.size();
    for (std::size_t fold = 0; fold < rows_.size(); ++fold) {
      if (unevenness[fold] > as_good) continue;
      if (best == rows_.size() || rows_[fold] < rows_[best] ||
          (rows_[fold] == rows_[best] && unevenness[fold] < unevenness[best]))
        best = fold;
    }
    return best;
  }

  void add(std::span<const std::uint32_t> group, std::size_t fold) {
    for (std::size_t c = 0; c < group.size(); ++c) {
      counts_[c][fold] += group[c];
      rows_[fold] += group[c];
    }
  }

 private:
  /// Mean over the classes of the standard deviation, over the folds, of the share of the class that stands there.
  double unevenness_with(std::span<const std::uint32_t> group, std::size_t fold) const {
    const auto in_order = [](std::span<const double> values) {
      return std::accumulate(values.begin(), values.end(), 0.0);
    };
    std::vector<double> deviations, shares(rows_.size());
    for (std::size_t c = 0; c < group.size(); ++c) {
      for (std::size_t f = 0; f < shares.size(); ++f)
        shares[f] = (counts_[c][f] + (f == fold ? group[c] : 0)) / class_rows_[c];
      deviations.push_back(standard_deviation(shares, in_order));
    }
    return pairwise_sum(deviations) / static_cast<double>(group.size());
  }

  std::vector<std::vector<double>> counts_;  // of each class, by fold
  std::vector<double> rows_;                 // of each fold
  std::vector<double> class_rows_;
};

inline std::vector<std::uint32_t> by_label(const Classes& classes) {
  std::vector<std::uint32_t> out = by_first_row(classes);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace detail

inline std::vector<Split> StratifiedGroupKFold::split(const RowFacts& rows) const {
  const auto groups = detail::whole_groups("StratifiedGroupKFold", rows, n_splits);
  detail::require_stratified("StratifiedGroupKFold", n_splits, rows.classes);
  // With draws of our own nothing may know the names of the classes, else everything is added up as in scikit-learn.
  const bool own = seed && draws == Draws::even;
  const detail::GroupCounts counts(groups, rows.classes,
                                   own ? detail::by_first_row(rows.classes) : detail::by_label(rows.classes));
  std::vector<Index> order = detail::all_rows(groups.size());
  if (own) order = detail::shuffled(groups.first_row, *seed);
  else if (seed) order = detail::NumpyRandom("StratifiedGroupKFold", *seed).permutation(groups.size());
  detail::sort_by_spread(order, counts, own ? detail::exact_spread : detail::spread_as_numpy);

  detail::FillingFolds folds(n_splits, counts.class_rows());
  std::vector<std::uint32_t> fold_of_group(order.size());
  for (const Index number : order) {
    const auto group = static_cast<std::size_t>(number);
    const std::size_t fold = folds.best_for(counts.of(group));
    folds.add(counts.of(group), fold);
    fold_of_group[group] = static_cast<std::uint32_t>(fold);
  }
  return groups.splits(fold_of_group, n_splits);
}

}  // inline namespace
}  // namespace rebalance
