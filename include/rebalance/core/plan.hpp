// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/bulk_vector.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/core/column_rules.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/parallel.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {
class PlanWriter;
class PlanReader;
}  // namespace detail

/// Where an output row comes from: it is `base + step * (neighbor - base)`, rows of the caller's X.
///
/// A kept row has `neighbor == base` and step 0. A copy that was added has `neighbor == base` and step 1:
/// the same values, but one row more than the caller had.
struct Origin {
  Index base = 0;      ///< the row it starts from
  Index neighbor = 0;  ///< the row it moves towards
  double step = 0;     ///< fraction of the way

  /// Whether the row was added by a sampler.
  bool synthetic() const noexcept { return neighbor != base || step != 0; }
  friend bool operator==(const Origin&, const Origin&) = default;
};
static_assert(sizeof(Origin) == 24);

/// How the rows of a sampler are made where one straight step is not the whole story.
/// The step of such a row is the number its own randomness is derived from.
struct Rule {
  /// How the values of a row are found.
  enum class Kind {
    box,    ///< a step of its own for every feature, derived from the row's step
    noise,  ///< base + scale * standard normals, derived from the row's step
    listed  ///< base + scale * line `step` (from 1) of `normals`: from a stream that cannot be addressed
  };
  Kind kind = Kind::box;                            ///< how
  std::vector<double> scale;                        ///< one per feature; empty for box
  std::shared_ptr<const Matrix<double>> normals{};  ///< listed only

  /// Whether they make the same rows; normals are compared by value.
  friend bool operator==(const Rule& a, const Rule& b) {
    const bool same_normals = a.normals == b.normals || (a.normals && b.normals && *a.normals == *b.normals);
    return a.kind == b.kind && a.scale == b.scale && same_normals;
  }
};

/// A cell that is a copy of one row's cell: how a nominal value, which nothing can lie between, gets a real parent.
struct Donor {
  Index column = 0;  ///< of the cell
  Index row = 0;     ///< whose cell it is a copy of
  friend bool operator==(const Donor&, const Donor&) = default;
};

/// Why a cleaner left a row out.
enum class Reason {
  tomek_link,  ///< a row of another class is the nearest, and the other way round
  outvoted     ///< its nearest rows are of other classes
};

/// In one word, as records and messages have it.
constexpr std::string_view name_of(Reason reason) noexcept {
  return reason == Reason::tomek_link ? "tomek_link" : "outvoted";
}

/// A row that a cleaner left out, and why. In a chain an earlier stage may have made it: `origin` says from what.
struct Removal {
  Origin origin;                     ///< what it was: a row as it is, or what it was made of
  Reason reason = Reason::outvoted;  ///< why it was left out
  std::uint32_t pass = 1;            ///< which pass of the cleaner, from 1
  friend bool operator==(const Removal&, const Removal&) = default;
};

/// What a sampler could not do, or did instead, for one class. Told, never silent.
struct Note {
  std::string sampler;  ///< that says so
  Label label;          ///< empty: for the whole set
  std::string text;     ///< one sentence
  friend bool operator==(const Note&, const Note&) = default;
};

/// The recipe of a resampled set: one Origin per output row, 24 bytes each.
///
/// It is what a resampler returns, the provenance of every row, and all that is needed to make the rows
/// again: whole, in batches, or side columns that follow their rows. Holds row numbers, no features.
///
/// To write a resampler: `Plan plan(data.rows()); plan.keep(i); plan.add(base, neighbor, step);`.
class Plan {
 public:
  Plan() = default;
  /// An empty plan over `source_rows` input rows.
  explicit Plan(Index source_rows) : source_rows_(source_rows) {
    if (source_rows < 0)
      throw InvalidPlan(
          detail::text({"a plan over ", source_rows, " rows; give the number of rows of the input, at least 0"}));
  }

  /// A plan that keeps every row, with room for `more`. Cost O(n).
  static Plan keep_all(Index source_rows, Index more = 0, const Execution& how = {}) {
    Plan plan(source_rows);
    plan.reserve(source_rows + more);
    const auto origins = plan.add_rows(source_rows).origins;
    detail::parallel_for(how, "keeping rows", source_rows, rows_per_chunk, [&](Index first, Index last) {
      for (Index row = first; row < last; ++row) origins[static_cast<std::size_t>(row)] = {row, row, 0};
    });
    return plan;
  }

  /// A plan that keeps some rows, in the order given. It selects and is no stage of a chain: composed with a plan made
  /// on those rows, it makes that plan speak of the rows selected from. Cost O(rows).
  static Plan keep_only(Index source_rows, std::span<const Index> rows) {
    Plan plan(source_rows);
    plan.stages_ = 0;
    plan.reserve(static_cast<Index>(rows.size()));
    for (const Index row : rows) plan.keep(row);
    return plan;
  }

  /// Keeps an input row as it is.
  void keep(Index row) { push({row, row, 0}); }
  /// Adds a row between two input rows; step in [0, 1).
  void add(Index base, Index neighbor, double step) { push({base, neighbor, step}); }
  /// Adds a copy of an input row.
  void add_copy(Index base) { push({base, base, 1}); }
  /// Adds a row made by a rule that `add_rule` returned the number of.
  void add_by_rule(std::uint32_t rule, Index base, Index neighbor, double step) {
    require_declared(rule);
    push({base, neighbor, step}, rule);
  }
  /// Declares a rule; rows refer to it by the number returned.
  std::uint32_t add_rule(Rule rule) {
    rules_.push_back(std::move(rule));
    return static_cast<std::uint32_t>(rules_.size());
  }
  /// Adds a row between two input rows, of which the cells named are copies of their donors' cells.
  void add_with_donors(Index base, Index neighbor, double step, std::span<const Donor> donors) {
    push({base, neighbor, step}, 0, donors);
  }
  /// Rows that were added together, to be filled in, also in parallel. Valid until the plan is changed.
  struct Added {
    std::span<Origin> origins;  ///< one for each row
    std::span<Donor> donors;    ///< those of a row side by side, row after row
  };
  /// Adds `count` rows, all by one rule (0: none) and with equally many donors. Fill them in before anything else is
  /// done with the plan: what they are until then is not defined. Cost O(1), with a rule or donors O(count).
  Added add_rows(Index count, std::uint32_t rule = 0, Index donors_each = 0);
  /// What becomes of a row: another origin, and whether the rule and the donors it had are given up for that.
  struct Rewritten {
    Origin origin;       ///< where it comes from now
    bool plain = false;  ///< rule and donors are given up
  };
  /// The same plan with other rows: `choose(row)` returns a Rewritten, or nothing for a row that is left out. Cost O(n).
  template <class Choose>
  Plan rewritten(const Choose& choose) const;
  /// Tells that an input row, which is not kept, was left out for a reason.
  void remove(Index row, Reason reason, std::uint32_t pass = 1) { removed_.push_back({{row, row, 0}, reason, pass}); }
  /// Rules for columns of every row that is not verbatim: what is interpolated keeps them.
  void rule_columns(std::vector<ColumnRule> rules) { column_rules_ = std::move(rules); }
  void note(Note note) { notes_.push_back(std::move(note)); }  ///< Tells what could not be done.
  /// Room for so many rows, to spare copies.
  void reserve(Index rows) { origins_.reserve(static_cast<std::size_t>(rows)); }

  /// Rows of the input this plan refers to.
  Index source_rows() const noexcept { return source_rows_; }
  /// Rows of the output.
  Index size() const noexcept { return static_cast<Index>(origins_.size()); }
  /// Where an output row comes from.
  const Origin& operator[](Index row) const { return origins_[static_cast<std::size_t>(row)]; }
  /// Those of all output rows.
  std::span<const Origin> origins() const noexcept { return {origins_.data(), origins_.size()}; }
  auto begin() const noexcept { return origins_.begin(); }            ///< The first row's origin.
  auto end() const noexcept { return origins_.end(); }                ///< Behind the last row's origin.
  const std::vector<Note>& notes() const noexcept { return notes_; }  ///< What samplers told, in the order of stages.
  /// The rule a row is made by, or nullptr for `base + step * (neighbor - base)`.
  const Rule* rule(Index row) const {
    if (rule_of_row_.empty()) return nullptr;
    const std::uint32_t number = rule_of_row_[static_cast<std::size_t>(row)];
    return number == 0 ? nullptr : &rules_[number - 1];
  }
  const std::vector<Rule>& rules() const noexcept { return rules_; }  ///< All rules that were declared.
  /// What holds for columns of new rows.
  const std::vector<ColumnRule>& column_rules() const noexcept { return column_rules_; }
  /// The cells of a row that are copies of a row of their own; all others are as its origin says.
  std::span<const Donor> donors(Index row) const {
    if (donors_end_.empty()) return {};
    const auto at = static_cast<std::size_t>(row);
    const std::size_t begin = at == 0 ? 0 : donors_end_[at - 1];
    return {donors_.data() + begin, donors_end_[at] - begin};
  }
  /// Whether any row has donors.
  bool has_donors() const noexcept { return !donors_.empty(); }
  /// Whether a row has the values of its base, byte for byte: it is kept or copied.
  bool is_verbatim(Index row) const {
    const Origin& origin = (*this)[row];
    return origin.neighbor == origin.base && rule_number(row) == 0 && donors(row).empty();
  }
  /// Whether every row is verbatim: the plan picks rows and makes none.
  bool is_selection() const {
    for (Index row = 0; row < size(); ++row)
      if (!is_verbatim(row)) return false;
    return true;
  }
  /// The rows that cleaners left out, in the order of stages and passes. (A random choice lists nothing here.)
  const std::vector<Removal>& removed() const noexcept { return removed_; }
  /// Stages of the chain that made this plan.
  std::uint32_t stages() const noexcept { return stages_; }

  /// Throws InvalidPlan if a row refers to an input row that does not exist, or cannot be made as its rule or a
  /// step in [0, 1) says. Cost O(n), and all listed noise is looked at.
  void check(const Execution& how = {}) const;

  /// The same rows by the same recipes; notes may differ.
  friend bool operator==(const Plan& a, const Plan& b) {
    return a.source_rows_ == b.source_rows_ && a.origins_ == b.origins_ && a.rule_of_row_ == b.rule_of_row_ &&
           a.rules_ == b.rules_ && a.donors_end_ == b.donors_end_ && a.donors_ == b.donors_ &&
           a.removed_ == b.removed_ && a.column_rules_ == b.column_rules_;
  }

  friend Plan compose(const Plan& earlier, const Plan& later);  // core/compose.hpp
  friend class detail::PlanWriter;                              // core/plan_bytes.hpp
  friend class detail::PlanReader;

 private:
  void push(Origin origin, std::uint32_t rule = 0, std::span<const Donor> donors = {}) {
    const bool by_rule = rule != 0 || !rule_of_row_.empty();
    const bool with_donors = !donors.empty() || !donors_end_.empty();
    if (by_rule || with_donors) make_room(1, by_rule, with_donors, donors.size());
    if (by_rule) {
      rule_of_row_.resize(origins_.size(), 0);
      rule_of_row_.push_back(rule);
    }
    if (with_donors) {
      donors_end_.resize(origins_.size(), donors_.size());
      donors_.insert(donors_.end(), donors.begin(), donors.end());
      donors_end_.push_back(donors_.size());
    }
    origins_.push_back(origin);
  }
  /// Room for rows in every column they will have: then none can fail after another has grown, and the plan is whole.
  void make_room(std::size_t rows, bool by_rule, bool with_donors, std::size_t donors) {
    const auto room_for = [](auto& column, std::size_t size) {
      if (size > column.capacity()) column.reserve(std::max(size, 2 * column.capacity()));
    };
    const std::size_t size = origins_.size() + rows;
    room_for(origins_, size);
    if (by_rule) room_for(rule_of_row_, size);
    if (with_donors) {
      room_for(donors_end_, origins_.capacity());
      room_for(donors_, donors_.size() + donors);
    }
  }
  void require_declared(std::uint32_t rule) const {
    if (rule > rules_.size())
      throw InvalidPlan(
          detail::text({"rule ", rule, " is not declared; the plan has ", rules_.size(), ": call add_rule first"}));
  }
  bool exists(Index row) const noexcept { return row >= 0 && row < source_rows_; }
  void check_row(Index row) const;
  static constexpr Index rows_per_chunk = detail::rows_per_chunk(3);  // an origin is three numbers
  std::uint32_t rule_number(Index row) const {
    return rule_of_row_.empty() ? 0 : rule_of_row_[static_cast<std::size_t>(row)];
  }

  Index source_rows_ = 0;
  std::uint32_t stages_ = 1;
  detail::BulkVector<Origin> origins_;
  std::vector<std::uint32_t> rule_of_row_;  // empty while no row has a rule; 0 for none, else number in rules_ + 1
  std::vector<Rule> rules_;
  detail::BulkVector<Donor> donors_;            // of all rows, one after the other
  detail::BulkVector<std::size_t> donors_end_;  // empty while no row has donors; else where those of each row end
  std::vector<Removal> removed_;
  std::vector<ColumnRule> column_rules_;
  std::vector<Note> notes_;
};

inline Plan::Added Plan::add_rows(Index count, std::uint32_t rule, Index donors_each) {
  require_declared(rule);
  const auto before = origins_.size(), rows = static_cast<std::size_t>(count);
  const auto donors_before = donors_.size(), width = static_cast<std::size_t>(donors_each);
  const bool by_rule = rule != 0 || !rule_of_row_.empty();
  const bool with_donors = width > 0 || !donors_end_.empty();
  make_room(rows, by_rule, with_donors, rows * width);
  if (by_rule) {
    rule_of_row_.resize(before, 0);
    rule_of_row_.resize(before + rows, rule);
  }
  if (with_donors) {
    donors_end_.resize(before, donors_before);
    for (std::size_t i = 1; i <= rows; ++i) donors_end_.push_back(donors_before + i * width);
    donors_.resize(donors_before + rows * width);
  }
  origins_.resize(before + rows);
  return {{origins_.data() + before, rows}, {donors_.data() + donors_before, rows * width}};
}

template <class Choose>
Plan Plan::rewritten(const Choose& choose) const {
  Plan out(source_rows_);
  out.reserve(size());
  out.stages_ = stages_;
  out.rules_ = rules_;
  out.removed_ = removed_;
  out.column_rules_ = column_rules_;
  out.notes_ = notes_;
  for (Index row = 0; row < size(); ++row) {
    const std::optional<Rewritten> chosen = choose(row);
    if (!chosen) continue;
    if (chosen->plain) out.push(chosen->origin);
    else out.push(chosen->origin, rule_number(row), donors(row));
  }
  return out;
}

inline void Plan::check_row(Index row) const {
  const Origin& origin = (*this)[row];
  if (!exists(origin.base) || !exists(origin.neighbor))
    throw InvalidPlan(detail::text({"row ", row, " of the plan has base ", origin.base, " and neighbor ",
                                    origin.neighbor, "; both must be rows of the input, 0 to ", source_rows_ - 1}));
  const Rule* rule = this->rule(row);
  if (!std::isfinite(origin.step))
    throw InvalidPlan(
        detail::text({"row ", row, " of the plan has step ", origin.step, "; it must be a finite number"}));
  if (!rule && origin.neighbor != origin.base && !(origin.step >= 0 && origin.step < 1))
    throw InvalidPlan(
        detail::text({"row ", row, " of the plan has step ", origin.step, "; between two rows it must be in [0, 1)"}));
  if (rule && rule->kind == Rule::Kind::listed &&
      !(rule->normals && origin.step >= 1 && origin.step <= static_cast<double>(rule->normals->rows()) &&
        rule->normals->cols() == static_cast<Index>(rule->scale.size())))
    throw InvalidPlan(detail::text(
        {"row ", row, " of the plan takes its noise from line ", origin.step, " of a list that has no such line"}));
  for (const Donor& donor : donors(row))
    if (donor.column < 0 || !exists(donor.row))
      throw InvalidPlan(detail::text({"row ", row, " of the plan takes column ", donor.column, " from row ", donor.row,
                                      "; the column cannot be negative and the row must be one of the input, 0 to ",
                                      source_rows_ - 1}));
}

inline void Plan::check(const Execution& how) const {
  for (const Rule& rule : rules_) {
    for (const double scale : rule.scale)
      if (!(scale >= 0 && std::isfinite(scale)))
        throw InvalidPlan(
            detail::text({"a rule of the plan has scale ", scale, "; it must be finite and not negative"}));
    if (rule.normals && !rule.normals->allFinite())
      throw InvalidPlan("a rule of the plan lists noise that is not finite; make the plan again");
  }
  if (const std::string fault = detail::fault_of(column_rules_, std::numeric_limits<Index>::max()); !fault.empty())
    throw InvalidPlan("in the plan " + fault);
  const auto is_plain = [&](Index row) {  // as most rows are: no need to look twice
    const Origin& origin = (*this)[row];
    if (!exists(origin.base) || !exists(origin.neighbor) || rule_number(row) != 0 || !donors(row).empty()) return false;
    return origin.base == origin.neighbor ? std::isfinite(origin.step) : origin.step >= 0 && origin.step < 1;
  };
  detail::parallel_for(how, "checking the plan", size(), rows_per_chunk, [&](Index first, Index last) {
    for (Index row = first; row < last; ++row)
      if (!is_plain(row)) check_row(row);
  });
  for (const Removal& removal : removed_)
    if (!exists(removal.origin.base) || !exists(removal.origin.neighbor))
      throw InvalidPlan(
          detail::text({"the plan removes a row with base ", removal.origin.base, " and neighbor ",
                        removal.origin.neighbor, "; both must be rows of the input, 0 to ", source_rows_ - 1}));
}

}  // inline namespace
}  // namespace rebalance
