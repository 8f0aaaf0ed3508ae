// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/error.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// How the new rows of a class are divided among strata. The strategy of the sampler says which classes are filled.
enum class Allocation {
  proportional,  ///< as many as the strategy asks for, in the proportions of the real rows of the class (largest
                 ///< remainder, of equals the stratum that sorts first)
  equal,         ///< each cell (rows of a class in a stratum) as large as the largest of all, of the classes that the
  ///< strategy names: all() for all, as Chakraborty, Majumder, Menzies, "Bias in machine learning software:
  ///< why? how? what to do?", ESEC/FSE 2021
  match_odds,  ///< in each stratum the odds of the class against all others as in the stratum where they are best, to the
  ///< nearest row (a note tells which; of a tiny one they mean little); Salazar et al., "FAWOS: fairness-aware
  ///< oversampling algorithm", IEEE Access 9, 2021
  listed  ///< the counts listed
};

/// What to do where a stratum has too few rows of a class to find neighbors.
enum class SmallStratum {
  as_sampler,   ///< what the sampler does with a class that is too small: its option too_few_neighbors
  whole_class,  ///< its rows move towards rows of the whole class, whatever their stratum; a note tells
  skip          ///< add nothing there, and leave a note
};

namespace detail {
template <>
inline constexpr EnumNames enum_names<Allocation>{"Allocation", {"proportional", "equal", "match_odds", "listed"}};
template <>
inline constexpr EnumNames enum_names<SmallStratum>{"SmallStratum", {"as_sampler", "whole_class", "skip"}};
}  // namespace detail

/// Rows wanted of a class in a stratum, real ones included.
struct StratumCount {
  Label stratum;   ///< its key
  Label label;     ///< of the class
  Index rows = 0;  ///< of the class in the stratum
  friend bool operator==(const StratumCount&, const StratumCount&) = default;
};

/// How over-samplers treat strata: keys of the rows such that what belongs to different keys is never mixed. The parents
/// of a new row have one key, and so has it: subgroups are filled each by themselves, clusters are not bridged, a patient or
/// a block of time stays what it is. Who is in danger or hard to learn, samplers still ask of the whole set. Kind 2 of
/// BorderlineSmote finds its partners of other classes in the stratum too and, where it has none, does as kind 1.
struct StrataRules {
  Allocation allocation = Allocation::proportional;  ///< how new rows are divided among strata
  SmallStratum small = SmallStratum::as_sampler;     ///< what becomes of those too small for neighbors
  std::vector<StratumCount> counts = {};             ///< Allocation::listed; cells not named stay as they are
  friend bool operator==(const StrataRules&, const StrataRules&) = default;
};

/// The strata of a data set besides the keys of its rows.
struct Stratification {
  std::vector<Label> labels;  ///< of the keys, by their code
  StrataRules rules;          ///< what over-samplers do with them
};

namespace detail {

/// The code of a stratum. Throws InvalidOption.
[[gnu::cold]] inline std::uint32_t stratum_named(const Stratification& strata, const Label& name) {
  const auto at = std::find(strata.labels.begin(), strata.labels.end(), name);
  if (at == strata.labels.end())
    throw InvalidOption(
        text({"strata: counts name stratum ", name.text, ", but no row has that key; name keys that rows have"}));
  return static_cast<std::uint32_t>(at - strata.labels.begin());
}

[[gnu::cold]] inline void require_listed(const Stratification& strata) {
  const bool listed = strata.rules.allocation == Allocation::listed;
  if (listed == strata.rules.counts.empty())
    throw InvalidOption(listed ? "strata: Allocation::listed needs counts; list the rows wanted of each cell"
                               : "strata: counts are given but the allocation is another; set "
                                 ".allocation = Allocation::listed, or leave them out");
  std::set<std::pair<std::string_view, std::string_view>> named;
  for (const StratumCount& count : strata.rules.counts) {
    stratum_named(strata, count.stratum);
    if (!named.emplace(count.stratum.text, count.label.text).second)
      throw InvalidOption(text({"strata: counts name class ", count.label.text, " in stratum ", count.stratum.text,
                                " twice; name it once"}));
  }
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
