// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/describe.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/neighbor_space.hpp>
#include <rebalance/under_sampling/cleaning.hpp>
#include <rebalance/under_sampling/link_search.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Which ends of a Tomek link go.
enum class Ends {
  by_strategy,  ///< those in classes that the strategy names
  majority,     ///< the one in the larger class, both if the classes are equally large; where the strategy allows
  both          ///< both, whatever their classes
};

namespace detail {
template <>
inline constexpr EnumNames enum_names<Ends>{"Ends", {"by_strategy", "majority", "both"}};
}  // namespace detail

/// Tomek links: leaves out rows that form a link, which is two rows of different classes with no row nearer to either
/// of them than they are to each other. Such rows are noise or lie on the border. Removes little: often the last step
/// after over-sampling. One pass; removing links may make new ones.
///
/// Out     the rows kept, unchanged and in input order; every row left out is listed in the plan. Shuffling the rows
///         or renaming the classes keeps the same rows, with ties too unless `strict` or the floor breaks them
/// Cost    the nearest neighbor of each row outside the largest class, and a bounded search for the rows found: O(n log n * d)
///         for small d, else O(n^2 d). Many rows equally
///         far from their nearest (lattices, duplicates) cost one more such search among them for each of their
///         classes. Memory O(n)
/// Throws  InvalidOption (an option out of range, Ends::both with a strategy other than all()), TooFewClasses
/// Differs from imbalanced-learn: equally near rows count (a row and its copy of another class are a link), as the
///         definition is about distances; `strict` is imbalanced-learn's reading. No class is emptied unless
///         min_per_class = 0 allows it
/// Trap    values that many rows of two classes share make links of all of them: of 3,329 equal rows, 7 of them of the
///         rarer class, all 3,322 others go, and a model takes the place for that of the rarer class. Where rows repeat,
///         take `strict`, or one of each
/// Source  Tomek, "Two modifications of CNN", IEEE Trans. Systems, Man, and Cybernetics 6 (11), 1976
struct TomekLinks {
  Strategy strategy = {};         ///< classes that may lose rows
  Ends ends = Ends::by_strategy;  ///< which ends of a link go
  bool strict = false;            ///< only if each is the other's one nearest row, of equals the smaller row number
  Index min_per_class = 1;        ///< a class is never left with fewer rows; the ends of its longest links stay
  NeighborSpace space = {};       ///< where neighbors are searched

  template <class S>
  Plan plan(const DataView<S>& data, const Execution& how) const;

  /// Every option by its name: what describe() writes and a configuration sets.
  template <class Self, class Use>
  static void options(Self& self, const Use& use) {
    use("strategy", self.strategy);
    use("ends", self.ends);
    use("strict", self.strict);
    use("min_per_class", self.min_per_class);
    use("space", self.space);
  }
  /// The options in one line, as one would write them.
  std::string describe() const { return detail::describe("TomekLinks", *this); }
  friend bool operator==(const TomekLinks&, const TomekLinks&) = default;
};

namespace detail {

/// The rows that the sampler may leave out.
template <class S>
std::vector<Index> judged_rows(const TomekLinks& tomek, const DataView<S>& data) {
  const bool both = tomek.ends == Ends::both;
  if (both && tomek.strategy != balance() && tomek.strategy != all())
    throw InvalidOption(
        text({"TomekLinks: Ends::both removes both ends of a link, but the strategy ", tomek.strategy.describe(),
              " names the classes that may lose rows; leave the strategy "
              "out, or use Ends::by_strategy"}));
  return rows_of_classes(data.classes, (both ? all() : tomek.strategy).cleaned(data.classes, "TomekLinks"));
}

/// The plan when only the rows `judged` may be left out.
template <class S>
Plan clean(const TomekLinks& tomek, const DataView<S>& data, std::span<const Index> judged, const Execution& how) {
  Cleaning cleaning("TomekLinks", data.classes, Reason::tomek_link, tomek.min_per_class);
  const LinkRules rules{.larger_end_only = tomek.ends == Ends::majority, .strict = tomek.strict};
  const SpacedData<S> spaced("TomekLinks", tomek.space, data, how);
  cleaning.remove(LinkSearch<S>(spaced.view(), judged, rules, how).ends());
  return cleaning.plan();
}

}  // namespace detail

template <class S>
Plan TomekLinks::plan(const DataView<S>& data, const Execution& how) const {
  return detail::clean(*this, data, detail::judged_rows(*this, data), how);
}

}  // inline namespace
}  // namespace rebalance
