// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/apportion.hpp>
#include <rebalance/core/data.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/strata.hpp>
#include <rebalance/core/strategy.hpp>
#include <rebalance/neighbors/point_set.hpp>
#include <rebalance/over_sampling/interpolation.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// What an over-sampler fills at a time: a class or, where there are strata, the rows of a class in one of them.
class Cell {
 public:
  /// A class as a whole.
  Cell(const Classes& classes, std::uint32_t c, Index count)
      : code_(c), count_(count), label_(classes.label(c)), members_(classes.members(c)), partners_(members_) {}
  /// The rows of a class in a stratum, of which these are all rows. `alone`: they are partners of each other only, and
  /// not of the whole class.
  Cell(const Classes& classes, std::uint32_t c, const Label& stratum, const std::vector<Index>& rows, bool alone,
       Index count)
      : code_(c), count_(count), label_(classes.label(c)), where_(text({" in stratum ", stratum.text})) {
    for (const Index row : rows) (classes.code(row) == c ? own_ : others_).push_back(row);
    members_ = own_;
    partners_ = alone ? members_ : classes.members(c);
  }
  Cell(Cell&&) = default;  // no copies: the spans may point into `own_`

  std::uint32_t code() const { return code_; }                   ///< of the class
  const Label& label() const { return label_; }                  ///< of the class
  const std::string& where() const { return where_; }            ///< for messages: which rows of the class, if not all
  Index count() const { return count_; }                         ///< of new rows
  std::span<const Index> members() const { return members_; }    ///< the bases of new rows, ascending
  std::span<const Index> partners() const { return partners_; }  ///< what bases may move towards: these rows, or more
  bool whole_class() const { return where_.empty(); }
  /// Rows of other classes: of the stratum or, without strata, of the set.
  std::vector<Index> others(const Classes& classes) const { return whole_class() ? classes.others(code_) : others_; }

 private:
  std::uint32_t code_;
  Index count_;
  Label label_;
  std::string where_;
  std::vector<Index> own_, others_;  // of the stratum
  std::span<const Index> members_, partners_;
};

inline Index usable_neighbors(std::string_view sampler, const Cell& cell, Index k, TooFewNeighbors policy, Plan& plan,
                              std::string_view option = "k_neighbors") {
  const auto partners = static_cast<Index>(cell.partners().size());
  const bool own = cell.partners().size() == cell.members().size();  // and not those of the whole class
  return usable_neighbors(sampler, cell.label(), own ? cell.where() : "", partners, k, policy, plan, option);
}

/// Rows by stratum and class, and the new rows of each cell.
class CellTable {
 public:
  CellTable(const Classes& classes, std::span<const std::uint32_t> strata, std::size_t count)
      : classes_(classes), rows_(count), have_(count * classes.size(), 0), wanted_(have_.size(), 0) {
    for (std::size_t row = 0; row < strata.size(); ++row) {
      rows_[strata[row]].push_back(static_cast<Index>(row));
      ++have_[strata[row] * classes.size() + classes.code(static_cast<Index>(row))];
    }
  }

  std::size_t strata() const { return rows_.size(); }
  const std::vector<Index>& rows(std::size_t s) const { return rows_[s]; }
  Index have(std::size_t s, std::uint32_t c) const { return have_[s * classes_.size() + c]; }
  Index wanted(std::size_t s, std::uint32_t c) const { return wanted_[s * classes_.size() + c]; }
  /// Rows of the largest cell. Cost: a look at each.
  Index largest() const { return *std::max_element(have_.begin(), have_.end()); }

  /// Throws InvalidOption for more rows than can be.
  void want(std::size_t s, std::uint32_t c, Index count) {
    if (count > most_new_rows - total_)
      throw InvalidOption("strata: the rows asked for are more than any memory can hold; ask for fewer");
    total_ += count;
    wanted_[s * classes_.size() + c] += count;
  }

 private:
  const Classes& classes_;
  std::vector<std::vector<Index>> rows_;  // by stratum
  std::vector<Index> have_, wanted_;      // by stratum, then class
  Index total_ = 0;
};

/// `count` new rows of class c as its real ones are divided, by largest remainder.
inline void allocate_in_proportion(CellTable& table, std::uint32_t c, Index count) {
  std::vector<Index> have;
  for (std::size_t s = 0; s < table.strata(); ++s) have.push_back(table.have(s, c));
  const auto wanted = apportioned(count, have, all_rows(static_cast<Index>(have.size())));
  for (std::size_t s = 0; s < table.strata(); ++s) table.want(s, c, wanted[s]);
}

/// Every stratum that has rows at all as large as the largest cell.
inline void allocate_equally(CellTable& table, std::uint32_t c) {
  const Index largest = table.largest();
  for (std::size_t s = 0; s < table.strata(); ++s)
    if (!table.rows(s).empty()) table.want(s, c, largest - table.have(s, c));
}

/// In each stratum the odds of class c against all others as where they are best, to the nearest row. Strata without other
/// classes have no odds. Returns where they are best, or nothing where no stratum has odds.
inline std::optional<std::size_t> allocate_by_odds(CellTable& table, std::uint32_t c) {
  const auto others = [&](std::size_t s) { return static_cast<Index>(table.rows(s).size()) - table.have(s, c); };
  std::optional<std::size_t> best;
  for (std::size_t s = 0; s < table.strata(); ++s)
    if (others(s) > 0 && (!best || table.have(s, c) * others(*best) > table.have(*best, c) * others(s))) best = s;
  for (std::size_t s = 0; s < table.strata(); ++s) {
    if (!best || others(s) == 0) continue;
    const Index twice = 2 * others(s) * table.have(*best, c) + others(*best);
    table.want(s, c, std::max<Index>(0, twice / (2 * others(*best)) - table.have(s, c)));
  }
  return best;
}

/// The counts listed, less what there is.
[[gnu::cold]] inline void allocate_as_listed(CellTable& table, const Stratification& strata, const Classes& classes) {
  for (const auto& [stratum, label, rows] : strata.rules.counts) {
    const std::uint32_t s = stratum_named(strata, stratum);
    const auto at = std::find(classes.labels().begin(), classes.labels().end(), label);
    if (at == classes.labels().end())
      throw InvalidOption(
          text({"strata: counts name class ", label.text, ", but y has no such class; name classes of y"}));
    const auto c = static_cast<std::uint32_t>(at - classes.labels().begin());
    if (rows < table.have(s, c))
      throw InvalidOption(text({"strata: counts ask for ", rows, " rows of class ", label.text, " in stratum ",
                                stratum.text, ", which has ", table.have(s, c),
                                "; over-sampling removes no rows: ask for at least as many as there are"}));
    table.want(s, c, rows - table.have(s, c));
  }
}

/// The cells an over-sampler fills, class by class, and what there is to tell about them.
struct Filling {
  std::vector<Cell> cells;
  std::vector<Note> notes;

  Index total() const {
    Index sum = 0;
    for (const Cell& cell : cells) sum += cell.count();
    return sum;
  }
};

/// Names of strata for a note, a number each; of many only the first.
class StrataNoted {
 public:
  void add(const Label& stratum, Index number) {
    if (++count_ <= most) names_ += text({names_.empty() ? "" : ", ", stratum.text, " ", number});
  }
  bool empty() const { return count_ == 0; }
  std::string told() const { return count_ > most ? text({names_, " and ", count_ - most, " more"}) : names_; }

 private:
  static constexpr Index most = 20;
  Index count_ = 0;
  std::string names_;
};

/// Adds the cells of class c; `k` is how many neighbors each of its rows needs.
[[gnu::cold]] inline void add_cells(Filling& out, const CellTable& table, std::string_view sampler,
                                    const Classes& classes, const Stratification& strata, std::uint32_t c, Index k) {
  StrataNoted filled, mixed, small, empty;
  for (std::size_t s = 0; s < table.strata(); ++s) {
    const Index wanted = table.wanted(s, c), have = table.have(s, c);
    if (wanted == 0) continue;
    const bool too_few = have <= k, whole = too_few && strata.rules.small == SmallStratum::whole_class;
    if (have == 0) {
      empty.add(strata.labels[s], wanted);
    } else if (too_few && strata.rules.small == SmallStratum::skip) {
      small.add(strata.labels[s], wanted);
    } else {
      (whole ? mixed : filled).add(strata.labels[s], wanted);
      out.cells.emplace_back(classes, c, strata.labels[s], table.rows(s), !whole, wanted);
    }
  }
  const auto note = [&](const StrataNoted& which, std::string_view what) {
    if (!which.empty()) out.notes.push_back({std::string(sampler), classes.label(c), text({what, ": ", which.told()})});
  };
  const auto allocation = static_cast<std::size_t>(strata.rules.allocation);
  note(filled, text({"new rows by stratum (", enum_names<Allocation>.values[allocation], ")"}));
  note(mixed, "new rows by stratum with neighbors in the whole class, since the stratum has too few");
  note(small, "rows not added, since the stratum has too few for neighbors");
  note(empty, "rows not added, since the stratum has none of the class");
}

/// The allocations by other than numbers of rows know only which classes a strategy names.
[[gnu::cold]] inline void require_no_numbers(std::string_view sampler, const Strategy& strategy,
                                             Allocation allocation) {
  if (allocation != Allocation::proportional && strategy.has_numbers())
    throw InvalidOption(
        text({sampler, ": the strategy ", strategy.describe(), " asks for numbers of rows, but Allocation::",
              enum_names<Allocation>.values[static_cast<std::size_t>(allocation)],
              " says how many each stratum gets; name classes, as in only({...}), or take "
              "Allocation::proportional"}));
}

/// What an over-sampler with this strategy fills. `k` is how many neighbors it looks for.
/// Throws as Strategy::raised and rows_to_add do.
template <class S>
Filling cells_to_fill(std::string_view sampler, const Strategy& strategy, Draws draws, const DataView<S>& data,
                      Index k) {
  const Classes& classes = data.classes;
  Filling out;
  if (data.stratification == nullptr) {
    const NewRows by_class = rows_to_add(sampler, strategy.raised(classes, sampler, draws), classes);
    for (std::uint32_t c = 0; c < classes.size(); ++c)
      if (by_class.of_class[c] > 0) out.cells.emplace_back(classes, c, by_class.of_class[c]);
    return out;
  }

  const Stratification& strata = *data.stratification;
  require_no_numbers(sampler, strategy, strata.rules.allocation);
  CellTable table(classes, data.strata, strata.labels.size());
  if (strata.rules.allocation == Allocation::listed) {
    require_two_classes(classes);
    allocate_as_listed(table, strata, classes);
  } else {
    const Targets targets = strategy.raised(classes, sampler, draws);
    const NewRows by_class = rows_to_add(sampler, targets, classes);
    for (std::uint32_t c = 0; c < classes.size(); ++c) {
      if (!targets[c]) continue;
      if (strata.rules.allocation == Allocation::equal) allocate_equally(table, c);
      else if (strata.rules.allocation == Allocation::proportional)
        allocate_in_proportion(table, c, by_class.of_class[c]);
      else if (const auto best = allocate_by_odds(table, c))
        out.notes.push_back(
            {std::string(sampler), classes.label(c),
             text({"odds as in stratum ", strata.labels[*best].text, ", where they are ", table.have(*best, c), " to ",
                   static_cast<Index>(table.rows(*best).size()) - table.have(*best, c)})});
    }
  }
  for (std::uint32_t c = 0; c < classes.size(); ++c) add_cells(out, table, sampler, classes, strata, c, k);
  return out;
}

/// Every row kept, with room for those of the cells.
inline Plan keep_all_for(const Filling& filling, Index rows, const Execution& how) {
  Plan plan = Plan::keep_all(rows, filling.total(), how);
  for (const Note& note : filling.notes) plan.note(note);
  return plan;
}

/// Calls `fill(cell, k)` for each cell, with the neighbors to use there. Where they are too few and the sampler wants
/// copies instead, adds these. Throws as usable_neighbors does.
template <class S, class Sampler, class Fill>
void fill_each(const Filling& filling, std::string_view name, const Sampler& options, const DataView<S>& data,
               const Execution& how, Plan& plan, const Fill& fill) {
  for (const Cell& cell : filling.cells) {
    const Index k = usable_neighbors(name, cell, options.k_neighbors, options.too_few_neighbors, plan);
    if (k > 0) fill(cell, k);
    else add_copies(plan, data, cell.members(), options.seed, cell.count(), how);
  }
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
