// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/apportion.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/model_selection/stratified_k_fold.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// One random test side with the same share of every class, as near as whole rows allow; with n_splits above 1 several,
/// each drawn anew. For data so large that one test side tells enough; StratifiedKFold tests every row.
///
/// Out     n_splits splits with ceil(test_size * n) rows in test and all others in train, both ascending (as drawn with
///         Draws::imbalanced_learn). What the classes are called does not matter
/// Cost    O(s n log n) for s splits
/// Throws  InvalidOption (test_size not between 0 and 1, or a side smaller than the number of classes; n_splits below
///         1; a seed NumPy cannot have), TooFewRows (a class of one row, which cannot stand on both sides)
/// Differs from scikit-learn (train_test_split with stratify, StratifiedShuffleSplit): draws by row and not as there,
///         and compares the remainders of classes exactly, unless Draws::imbalanced_learn
struct StratifiedHoldout {
  double test_size = 0.25;    ///< share of the rows to test on
  Index n_splits = 1;         ///< splits, each drawn anew; at least 1
  std::uint64_t seed = 0;     ///< of the choice of rows
  Draws draws = Draws::even;  ///< whose random choices: ours, or those of scikit-learn

  std::vector<Split> split(const RowFacts& rows) const;

  /// Every option by its name.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("test_size", self.test_size);
    use("n_splits", self.n_splits);
    use("seed", self.seed);
    use("draws", self.draws);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("StratifiedHoldout", *this); }
  friend bool operator==(const StratifiedHoldout&, const StratifiedHoldout&) = default;
};

namespace detail {

/// Rows to test on. Throws what StratifiedHoldout throws.
[[gnu::cold]] inline Index require_holdout(const StratifiedHoldout& wanted, const Classes& classes) {
  if (!(wanted.test_size > 0 && wanted.test_size < 1))
    throw_option("StratifiedHoldout", "test_size", wanted.test_size, "above 0 and below 1: a share of the rows");
  if (wanted.n_splits < 1) throw_option("StratifiedHoldout", "n_splits", wanted.n_splits, "at least 1");
  const auto present = by_first_row(classes);
  for (const std::uint32_t c : present)
    if (classes.count(c) < 2)
      throw TooFewRows(text({"StratifiedHoldout: class ", classes.label(c).text,
                             " has 1 row, which cannot stand on both sides; leave the class out or merge it"}));
  const auto test = static_cast<Index>(std::ceil(wanted.test_size * static_cast<double>(classes.rows())));
  const Index train = classes.rows() - test;
  if (std::min(test, train) < static_cast<Index>(present.size()))
    throw_option("StratifiedHoldout", "test_size", wanted.test_size,
                 text({"such that both sides have a row for each of ", present.size(), " classes: of ", classes.rows(),
                       " rows it tests ", test, " and trains on ", train}));
  return test;
}

/// Where equal remainders draw: apart from the rows, or a class would win by the draw that puts its first row in front.
inline constexpr std::uint32_t tie_stage = 0x54494553;  // "TIES"

/// How many rows of each of the classes `present` are tested: its share rounded down, and one more for those with the
/// largest remainders. Equal remainders: by a draw for the class, addressed by its first row.
inline std::vector<Index> rows_to_test(const Classes& classes, const std::vector<std::uint32_t>& present, Index test,
                                       std::uint64_t seed, Index repetition) {
  std::vector<Index> count, first_row;
  for (const std::uint32_t c : present) {
    count.push_back(classes.count(c));
    first_row.push_back(classes.members(c)[0]);
  }
  return apportioned(test, count, shuffled(first_row, seed, repetition, tie_stage));
}

inline Split even_holdout(const Classes& classes, Index test, std::uint64_t seed, Index repetition) {
  const auto present = by_first_row(classes);
  const auto wanted = rows_to_test(classes, present, test, seed, repetition);
  std::vector<Index> still(classes.size(), 0);
  for (std::size_t i = 0; i < present.size(); ++i) still[present[i]] = wanted[i];

  std::vector<std::uint32_t> tested(static_cast<std::size_t>(classes.rows()), 0);
  for (const Index row : shuffled(all_rows(classes.rows()), seed, repetition))
    if (still[classes.code(row)]-- > 0) tested[static_cast<std::size_t>(row)] = 1;
  return std::move(splits_of(tested, 2)[1]);
}

/// `_approximate_mode` of scikit-learn: `draws` dealt to the classes in proportion, in its arithmetic.
inline std::vector<Index> approximate_mode(const std::vector<Index>& counts, Index draws, NumpyRandom& random) {
  const Index total = std::accumulate(counts.begin(), counts.end(), Index{0});
  std::vector<Index> out;
  std::vector<double> remainder;
  Index missing = draws;
  for (const Index count : counts) {
    const double share = rounded(static_cast<double>(count) / static_cast<double>(total) * static_cast<double>(draws));
    out.push_back(static_cast<Index>(std::floor(share)));
    remainder.push_back(share - std::floor(share));
    missing -= out.back();
  }
  std::vector<double> levels = remainder;
  std::sort(levels.begin(), levels.end(), std::greater<>());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  for (std::size_t level = 0; level < levels.size() && missing > 0; ++level) {
    std::vector<std::size_t> equal;
    for (std::size_t i = 0; i < remainder.size(); ++i)
      if (remainder[i] == levels[level]) equal.push_back(i);
    const std::vector<Index> chosen = random.permutation(static_cast<Index>(equal.size()));
    for (std::size_t i = 0; i < chosen.size() && missing > 0; ++i, --missing)
      ++out[equal[static_cast<std::size_t>(chosen[i])]];
  }
  return out;
}

inline std::vector<Index> permuted(const std::vector<Index>& rows, NumpyRandom& random) {
  std::vector<Index> out;
  for (const Index place : random.permutation(static_cast<Index>(rows.size())))
    out.push_back(rows[static_cast<std::size_t>(place)]);
  return out;
}

inline Split holdout_as_numpy(const Classes& classes, Index test, NumpyRandom& random) {
  std::vector<std::span<const Index>> members;  // of the classes that occur, in the order of their labels
  std::vector<Index> counts;
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    if (classes.count(c) > 0) {
      members.push_back(classes.members(c));
      counts.push_back(classes.count(c));
    }
  const std::vector<Index> to_train = approximate_mode(counts, classes.rows() - test, random);
  std::vector<Index> left = counts;
  for (std::size_t c = 0; c < left.size(); ++c) left[c] -= to_train[c];
  const std::vector<Index> to_test = approximate_mode(left, test, random);

  Split out;
  for (std::size_t c = 0; c < members.size(); ++c) {
    const std::vector<Index> order = random.permutation(counts[c]);
    for (Index i = 0; i < to_train[c] + to_test[c]; ++i)
      (i < to_train[c] ? out.train : out.test)
          .push_back(members[c][static_cast<std::size_t>(order[static_cast<std::size_t>(i)])]);
  }
  return {permuted(out.train, random), permuted(out.test, random)};
}

}  // namespace detail

inline std::vector<Split> StratifiedHoldout::split(const RowFacts& rows) const {
  const Index test = detail::require_holdout(*this, rows.classes);
  std::optional<detail::NumpyRandom> numpy;  // one stream for all splits
  if (draws == Draws::imbalanced_learn) numpy.emplace("StratifiedHoldout", seed);

  std::vector<Split> out;
  for (Index repetition = 0; repetition < n_splits; ++repetition)
    out.push_back(numpy ? detail::holdout_as_numpy(rows.classes, test, *numpy)
                        : detail::even_holdout(rows.classes, test, seed, repetition));
  return out;
}

}  // inline namespace
}  // namespace rebalance
