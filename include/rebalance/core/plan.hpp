// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/random.hpp>

namespace rebalance {
inline namespace v0 {

/// Where an output row comes from: it is `base + step * (neighbor - base)`, rows of the caller's X.
///
/// A kept row has `neighbor == base` and step 0. A copy that was added has `neighbor == base` and step 1:
/// the same values, but one row more than the caller had.
struct Origin {
  Index base = 0;
  Index neighbor = 0;
  double step = 0;

  /// Whether the row was added by a sampler.
  bool synthetic() const noexcept { return neighbor != base || step != 0; }
  friend bool operator==(const Origin&, const Origin&) = default;
};
static_assert(sizeof(Origin) == 24);

/// How the rows of a sampler are made where one straight step is not the whole story.
/// The step of such a row is the number its own randomness is derived from.
struct Rule {
  enum class Kind {
    box,     ///< a step of its own for every feature, derived from the row's step
    noise,   ///< base + scale * standard normals, derived from the row's step
    listed   ///< base + scale * line `step` (from 1) of `normals`: from a stream that cannot be addressed
  };
  Kind kind = Kind::box;
  std::vector<double> scale;                        ///< one per feature; empty for box
  std::shared_ptr<const Matrix<double>> normals{};  ///< listed only

  friend bool operator==(const Rule& a, const Rule& b) {
    const bool same_normals = a.normals == b.normals || (a.normals && b.normals && *a.normals == *b.normals);
    return a.kind == b.kind && a.scale == b.scale && same_normals;
  }
};

/// What a sampler could not do, or did instead, for one class. Told, never silent.
struct Note {
  std::string sampler;
  Label label;
  std::string text;
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
    if (source_rows < 0) throw InvalidPlan(detail::text({"a plan over ", source_rows, " rows; it cannot be negative"}));
  }

  /// A plan that keeps every row, with room for `more`. Cost O(n).
  static Plan keep_all(Index source_rows, Index more = 0) {
    Plan plan(source_rows);
    plan.origins_.reserve(static_cast<std::size_t>(source_rows + more));
    for (Index row = 0; row < source_rows; ++row) plan.keep(row);
    return plan;
  }

  /// Keeps an input row as it is.
  void keep(Index row) { push({row, row, 0}, 0); }
  /// Adds a row between two input rows; step in [0, 1).
  void add(Index base, Index neighbor, double step) { push({base, neighbor, step}, 0); }
  /// Adds a copy of an input row.
  void add_copy(Index base) { push({base, base, 1}, 0); }
  /// Adds a row made by a rule that `add_rule` returned the number of.
  void add_by_rule(std::uint32_t rule, Index base, Index neighbor, double step) {
    if (rule > rules_.size())
      throw InvalidPlan(detail::text({"rule ", rule, " is not declared; the plan has ", rules_.size(), ": call add_rule first"}));
    push({base, neighbor, step}, rule);
  }
  /// Declares a rule; rows refer to it by the number returned.
  std::uint32_t add_rule(Rule rule) {
    rules_.push_back(std::move(rule));
    return static_cast<std::uint32_t>(rules_.size());
  }
  void note(Note note) { notes_.push_back(std::move(note)); }
  void reserve(Index rows) { origins_.reserve(static_cast<std::size_t>(rows)); }

  /// Rows of the input this plan refers to.
  Index source_rows() const noexcept { return source_rows_; }
  /// Rows of the output.
  Index size() const noexcept { return static_cast<Index>(origins_.size()); }
  const Origin& operator[](Index row) const { return origins_[static_cast<std::size_t>(row)]; }
  const std::vector<Origin>& origins() const noexcept { return origins_; }
  auto begin() const noexcept { return origins_.begin(); }
  auto end() const noexcept { return origins_.end(); }
  const std::vector<Note>& notes() const noexcept { return notes_; }
  /// The rule a row is made by, or nullptr for `base + step * (neighbor - base)`.
  const Rule* rule(Index row) const {
    if (rule_of_row_.empty()) return nullptr;
    const std::uint32_t number = rule_of_row_[static_cast<std::size_t>(row)];
    return number == 0 ? nullptr : &rules_[number - 1];
  }
  const std::vector<Rule>& rules() const noexcept { return rules_; }
  /// Stages of the chain that made this plan.
  std::uint32_t stages() const noexcept { return stages_; }

  /// Throws InvalidPlan if a row refers to an input row that does not exist, or cannot be made as its rule or a
  /// step in [0, 1) says. Cost O(n).
  void check() const;

  /// The same rows by the same recipes; notes may differ.
  friend bool operator==(const Plan& a, const Plan& b) {
    return a.source_rows_ == b.source_rows_ && a.origins_ == b.origins_ && a.rule_of_row_ == b.rule_of_row_ &&
           a.rules_ == b.rules_;
  }

  /// The plan of `earlier` followed by `later`, which was made on the rows of `earlier`: parents are rows of
  /// the first input again. Throws InvalidPlan if a synthetic row would have a synthetic parent. Cost O(n).
  friend Plan compose(const Plan& earlier, const Plan& later);

 private:
  void push(Origin origin, std::uint32_t rule) {
    if (rule != 0 || !rule_of_row_.empty()) {
      rule_of_row_.resize(origins_.size(), 0);
      rule_of_row_.push_back(rule);
    }
    origins_.push_back(origin);
  }
  std::uint32_t rule_number(Index row) const {
    return rule_of_row_.empty() ? 0 : rule_of_row_[static_cast<std::size_t>(row)];
  }

  Index source_rows_ = 0;
  std::uint32_t stages_ = 1;
  std::vector<Origin> origins_;
  std::vector<std::uint32_t> rule_of_row_;  // empty while no row has a rule; 0 for none, else number in rules_ + 1
  std::vector<Rule> rules_;
  std::vector<Note> notes_;
};

inline void Plan::check() const {
  for (const Rule& rule : rules_)
    for (const double scale : rule.scale)
      if (!(scale >= 0 && std::isfinite(scale)))
        throw InvalidPlan(detail::text({"a rule of the plan has scale ", scale, "; it must be finite and not negative"}));
  const auto exists = [&](Index row) { return row >= 0 && row < source_rows_; };
  for (Index row = 0; row < size(); ++row) {
    const Origin& origin = (*this)[row];
    if (!exists(origin.base) || !exists(origin.neighbor))
      throw InvalidPlan(detail::text({"row ", row, " of the plan has base ", origin.base, " and neighbor ",
                                     origin.neighbor, "; both must be rows of the input, 0 to ", source_rows_ - 1}));
    const Rule* rule = this->rule(row);
    if (!rule && origin.neighbor != origin.base && !(origin.step >= 0 && origin.step < 1))
      throw InvalidPlan(detail::text({"row ", row, " of the plan has step ", origin.step,
                                     "; between two rows it must be in [0, 1)"}));
    if (rule && rule->kind == Rule::Kind::listed &&
        !(rule->normals && origin.step >= 1 && origin.step <= static_cast<double>(rule->normals->rows()) &&
          rule->normals->cols() == static_cast<Index>(rule->scale.size())))
      throw InvalidPlan(detail::text({"row ", row, " of the plan takes its noise from line ", origin.step,
                                     " of a list that has no such line"}));
  }
}

inline Plan compose(const Plan& earlier, const Plan& later) {
  if (later.source_rows_ != earlier.size()) detail::throw_plan_size(later.source_rows_, earlier.size());
  earlier.check();
  later.check();
  Plan out(earlier.source_rows_);
  out.reserve(later.size());
  out.stages_ = earlier.stages_ + later.stages_;
  out.rules_ = earlier.rules_;
  for (const Rule& rule : later.rules_) out.rules_.push_back(rule);
  out.notes_ = earlier.notes_;
  for (const Note& note : later.notes_) out.notes_.push_back(note);

  const auto real_row = [&](Index row, Index parent) {
    const Origin& origin = earlier[parent];
    if (origin.neighbor != origin.base || earlier.rule(parent))
      throw InvalidPlan(detail::text({"row ", row, " would be made from row ", parent,
                                     ", which an earlier stage made; a synthetic row cannot be a parent, so put the "
                                     "stage that adds rows first, or let the two stages fill different classes"}));
    return origin.base;
  };
  const auto offset = static_cast<std::uint32_t>(earlier.rules_.size());
  for (Index row = 0; row < later.size(); ++row) {
    const Origin& origin = later[row];
    const std::uint32_t rule = later.rule_number(row);
    if (origin.neighbor == origin.base && rule == 0) {  // kept or copied, whatever it was before
      Origin before = earlier[origin.base];
      if (origin.synthetic() && !before.synthetic()) before.step = 1;
      out.push(before, earlier.rule_number(origin.base));
    } else {
      out.push({real_row(row, origin.base), real_row(row, origin.neighbor), origin.step},
               rule == 0 ? 0 : rule + offset);
    }
  }
  return out;
}

}  // namespace v0
}  // namespace rebalance
