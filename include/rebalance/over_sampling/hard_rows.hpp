// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/enum_names.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/neighbors/neighbor_search.hpp>
#include <rebalance/over_sampling/cells.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// What to do with a class of which no row is hard: none lies at the border (BorderlineSmote), or none has a neighbor
/// of another class (Adasyn).
enum class NoHardRow {
  error,     ///< throw TooFewRows
  uniform,   ///< start from every row of the class alike, as Smote does, and leave a note
  unchanged  ///< add nothing to the class, and leave a note
};

namespace detail {

template <>
inline constexpr EnumNames enum_names<NoHardRow>{"NoHardRow", {"error", "uniform", "unchanged"}};

/// Throws InvalidOption (`option` is what the sampler calls k) if a set of so many rows has no k others.
[[gnu::cold]] inline void require_neighbors(std::string_view sampler, std::string_view option, Index k, Index rows) {
  if (k >= rows)
    throw_option(sampler, option, k, text({"from 1 to ", rows - 1, ", the number of other rows in the set"}));
}

/// For each row of class c: how many of its k nearest rows in the whole set, whatever their strata, are of another class.
/// Throws as require_neighbors does.
template <class S>
std::vector<Index> foreign_neighbors(std::string_view sampler, std::string_view option, const DataView<S>& data,
                                     std::uint32_t c, Index k, const Execution& how) {
  require_neighbors(sampler, option, k, data.rows());
  const NeighborTable table = nearest_neighbors(data.space, all_rows(data.rows()), data.classes.members(c), k, how);
  std::vector<Index> out;
  for (Index q = 0; q < table.queries(); ++q) {
    Index foreign = 0;
    for (const Neighbor& neighbor : table[q]) foreign += data.classes.code(neighbor.row) != c;
    out.push_back(foreign);
  }
  return out;
}

/// What is found once for a class: its cells come one after the other.
template <class Find>
class OncePerClass {
 public:
  explicit OncePerClass(Find find) : find_(std::move(find)) {}

  /// Valid until the next call.
  const auto& of(std::uint32_t c) {
    if (!found_ || c != c_) found_ = find_(c);
    c_ = c;
    return *found_;
  }

 private:
  Find find_;
  std::uint32_t c_ = 0;
  std::optional<std::invoke_result_t<Find, std::uint32_t>> found_;
};

/// The places of a cell's rows among the rows of its class, ascending. Cost O(m log n) for m rows of n in the class.
inline std::vector<Index> places_in_class(const Cell& cell, const Classes& classes) {
  if (cell.whole_class()) return all_rows(classes.count(cell.code()));
  const auto all = classes.members(cell.code());
  std::vector<Index> out;
  for (const Index row : cell.members()) out.push_back(std::lower_bound(all.begin(), all.end(), row) - all.begin());
  return out;
}

/// Whether to go on with every row of a class of which none is hard; `reason` says why none is.
[[gnu::cold]] inline bool start_from_every_row(std::string_view sampler, const Label& label, std::string_view reason,
                                               NoHardRow policy, Plan& plan) {
  if (policy == NoHardRow::error)
    throw TooFewRows(text({sampler, ": class ", label.text, ": ", reason,
                           "; choose .no_hard_row = NoHardRow::uniform (start from every row, as Smote does) or "
                           "::unchanged (add nothing)"}));
  const bool uniform = policy == NoHardRow::uniform;
  plan.note({std::string(sampler), label,
             text({reason, uniform ? ": every row was a base, as in Smote" : ": no row was added"})});
  return uniform;
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
