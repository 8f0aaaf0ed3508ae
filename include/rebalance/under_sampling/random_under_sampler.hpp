// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/row_keys.hpp>
#include <rebalance/core/strategy.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Random under-sampling: a random choice of the rows of each class that is too large. Cheap, keeps every
/// remaining row real, and loses what the rest could have taught.
///
/// Out     the rows kept, unchanged and in input order; with replacement a row may stand there more than once.
///         With Draws::imbalanced_learn class by class, in the order they were drawn, as there
/// Cost    O(n d) to address the draws by row (Draws::even), else O(n)
/// Throws  InvalidOption (a target above what exists, among others), TooFewClasses. NaN and infinity pass through
/// Differs from imbalanced-learn: input order is kept, and shuffling the input keeps the same rows (see Draws)
struct RandomUnderSampler {
  Strategy strategy = {};     ///< rows to keep of each class
  std::uint64_t seed = 0;     ///< of all random choices
  Draws draws = Draws::even;  ///< whose random choices: ours, or those of imbalanced-learn
  bool replacement = false;   ///< draw with replacement: a bootstrap of the class

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  bool reads_features() const noexcept { return false; }  ///< It looks at no feature: NaN may pass.

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("strategy", self.strategy);
    use("seed", self.seed);
    use("draws", self.draws);
    use("replacement", self.replacement);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("RandomUnderSampler", *this); }
  friend bool operator==(const RandomUnderSampler&, const RandomUnderSampler&) = default;
};

namespace detail {

/// Places of the chosen rows in `members`. With replacement, draw t takes a place in the random order of the
/// rows, so that it too depends on their values and not on their places.
template <class S>
std::vector<Index> choose_rows(const DataView<S>& data, std::span<const Index> members, std::uint64_t seed, Index count,
                               bool replacement, const Execution& how) {
  const auto keys = row_keys(data.X, members, how);
  const auto ranked = replacement ? keys.size() : static_cast<std::size_t>(count);
  std::vector<Index> order = random_order(keys, seed, data.stage, ranked);
  if (!replacement) {
    order.resize(ranked);
    return order;
  }
  // The draws of a class are its own: their address holds all its rows, in no order.
  const auto class_key = mixed(std::accumulate(keys.begin(), keys.end(), std::uint64_t{0}));
  std::vector<Index> out;
  for (Index t = 0; t < count; ++t) {
    const auto number = random_pair(seed, data.stage, class_key + static_cast<std::uint64_t>(t), selection_draw)[1];
    out.push_back(order[static_cast<std::size_t>(index_below(number, static_cast<Index>(order.size())))]);
  }
  return out;
}

inline std::vector<Index> choose_rows_as_numpy(NumpyRandom& random, Index rows, Index count, bool replacement) {
  if (replacement) return random.integers(rows, count);
  std::vector<Index> order = random.permutation(rows);  // of the whole class, however few are kept
  order.resize(static_cast<std::size_t>(count));
  return order;
}

}  // namespace detail

template <class S>
Plan RandomUnderSampler::plan(const DataView<S>& data, const Execution& how) const {
  const auto targets = strategy.lowered(data.classes, "RandomUnderSampler", draws);
  std::optional<detail::NumpyRandom> numpy;  // one stream for all classes
  if (draws == Draws::imbalanced_learn) numpy.emplace("RandomUnderSampler", seed);

  std::vector<Index> kept;
  for (std::uint32_t c = 0; c < data.classes.size(); ++c) {
    const auto members = data.classes.members(c);
    if (!targets[c]) {
      kept.insert(kept.end(), members.begin(), members.end());
      continue;
    }
    const auto chosen = numpy ? detail::choose_rows_as_numpy(*numpy, data.classes.count(c), *targets[c], replacement)
                              : detail::choose_rows(data, members, seed, *targets[c], replacement, how);
    for (const Index place : chosen) kept.push_back(members[static_cast<std::size_t>(place)]);
  }
  if (!numpy) std::sort(kept.begin(), kept.end());

  Plan plan(data.rows());
  plan.reserve(static_cast<Index>(kept.size()));
  for (const Index row : kept) plan.keep(row);
  return plan;
}

}  // inline namespace
}  // namespace rebalance
