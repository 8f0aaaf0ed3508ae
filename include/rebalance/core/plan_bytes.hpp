// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/bytes.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

namespace detail {

// A plan as bytes: mark; rows of input and output, stages; rules; origins in runs; rule of each row; donors; removals;
// rules for columns; notes; digest of all before it. Row numbers stand as ways from those before them.

/// The last letter is the version of the form.
inline constexpr std::string_view plan_mark = "rbplan1";

/// How origins that follow one another are written.
enum class RunForm : unsigned {
  kept,    ///< rows of the input that follow one another: only the first
  copies,  ///< a base each
  other    ///< base, neighbor and step
};

inline RunForm form_of(const Origin& origin) {
  const auto step = std::bit_cast<std::uint64_t>(origin.step);
  if (origin.neighbor == origin.base && step == 0) return RunForm::kept;
  return origin.neighbor == origin.base && origin.step == 1 ? RunForm::copies : RunForm::other;
}

inline std::uint64_t digest_of_bytes(std::string_view bytes) {
  Digest digest;
  digest.add_all(bytes);
  return digest.value();
}

/// Writes a plan in this form.
class PlanWriter {
 public:
  explicit PlanWriter(const Plan& plan) : plan_(plan) {}

  std::string write() && {
    for (const char letter : plan_mark) out_.byte(static_cast<unsigned char>(letter));
    out_.count(static_cast<std::uint64_t>(plan_.source_rows()));
    out_.count(static_cast<std::uint64_t>(plan_.size()));
    out_.count(plan_.stages());
    write_rules();
    write_origins();
    write_rule_numbers();
    write_donors();
    write_removals();
    write_column_rules();
    write_notes();
    out_.word(digest_of_bytes(out_.bytes()));
    return std::move(out_).take();
  }

 private:
  void write_rules() {
    out_.count(plan_.rules_.size());
    for (const Rule& rule : plan_.rules_) {
      out_.byte(static_cast<unsigned>(rule.kind));
      out_.count(rule.scale.size());
      for (const double scale : rule.scale) out_.number(scale);
      out_.byte(rule.normals ? 1 : 0);
      if (!rule.normals) continue;
      out_.count(static_cast<std::uint64_t>(rule.normals->rows()));
      out_.count(static_cast<std::uint64_t>(rule.normals->cols()));
      for (Index i = 0; i < rule.normals->size(); ++i) out_.number(rule.normals->data()[i]);
    }
  }

  /// Only as many rows as the input has are written as kept: the reader then knows how long a plan can be at most.
  RunForm form(Index row) const {
    const RunForm form = form_of(plan_[row]);
    return form == RunForm::kept && kept_ == plan_.source_rows() ? RunForm::other : form;
  }
  void write_origins() {
    for (Index row = 0, next = 0, end = 0; row < plan_.size(); row = end) {
      const RunForm of_run = form(row);
      end = run_end(row, of_run);
      out_.byte(static_cast<unsigned>(of_run));
      out_.count(static_cast<std::uint64_t>(end - row));
      for (Index i = row; i < end; ++i) {
        const Origin& origin = plan_[i];
        if (of_run != RunForm::kept || i == row) out_.way(next, origin.base);
        if (of_run == RunForm::other) out_.way(origin.base, origin.neighbor);
        if (of_run == RunForm::other) out_.number(origin.step);
        next = origin.base + 1;
      }
    }
  }
  Index run_end(Index row, RunForm of_run) {
    Index end = row;
    do {
      kept_ += of_run == RunForm::kept;
      ++end;
    } while (end < plan_.size() && form(end) == of_run &&
             (of_run != RunForm::kept || plan_[end].base == plan_[end - 1].base + 1));
    return end;
  }

  /// One number for each row, those that are equal in runs.
  template <class NumberOf>
  void write_runs(const NumberOf& number_of) {
    for (Index row = 0, end = 0; row < plan_.size(); row = end) {
      const std::uint64_t number = number_of(row);
      for (end = row + 1; end < plan_.size() && number_of(end) == number;) ++end;
      out_.count(static_cast<std::uint64_t>(end - row));
      out_.count(number);
    }
  }
  void write_rule_numbers() {
    out_.byte(plan_.rule_of_row_.empty() ? 0 : 1);
    if (!plan_.rule_of_row_.empty()) write_runs([&](Index row) { return plan_.rule_number(row); });
  }
  void write_donors() {
    out_.byte(plan_.donors_end_.empty() ? 0 : 1);
    if (plan_.donors_end_.empty()) return;
    write_runs([&](Index row) { return plan_.donors(row).size(); });
    for (Index row = 0, next = 0; row < plan_.size(); ++row)
      for (const Donor& donor : plan_.donors(row)) {
        out_.way(next, donor.column);
        out_.way(plan_[row].base, donor.row);
        next = donor.column + 1;
      }
  }

  void write_removals() {
    out_.count(plan_.removed_.size());
    Index next = 0;
    for (const auto& [origin, reason, pass] : plan_.removed_) {
      const RunForm form = form_of(origin);
      out_.byte(static_cast<unsigned>(reason));
      out_.byte(static_cast<unsigned>(form));
      out_.count(pass);
      out_.way(next, origin.base);
      if (form == RunForm::other) out_.way(origin.base, origin.neighbor);
      if (form == RunForm::other) out_.number(origin.step);
      next = origin.base + 1;
    }
  }
  void write_column_rules() {
    out_.count(plan_.column_rules_.size());
    for (const ColumnRule& rule : plan_.column_rules_) {
      out_.byte(static_cast<unsigned>(rule.kind));
      out_.count(rule.columns.size());
      for (const Index column : rule.columns) out_.count(static_cast<std::uint64_t>(column));
      out_.number(rule.step);
      out_.number(rule.origin);
    }
  }
  void write_notes() {
    out_.count(plan_.notes_.size());
    for (const Note& note : plan_.notes_)
      for (const std::string& text : {note.sampler, note.label.text, note.text}) out_.text(text);
  }

  const Plan& plan_;
  ByteWriter out_;
  Index kept_ = 0;  // rows written as kept
};

/// Reads what PlanWriter wrote. Trusts nothing: whatever the bytes are, InvalidPlan or a plan that passes its check.
class PlanReader {
 public:
  PlanReader(std::string_view bytes, Index most_rows)
      : in_(content_of(bytes)), most_rows_(std::clamp(most_rows, Index{0}, Index{1} << 48)) {}  // no sum overflows

  Plan read() && {
    plan_.source_rows_ =
        static_cast<Index>(in_.count_up_to(static_cast<std::uint64_t>(most_rows_), "the rows of the input"));
    // a row that is not kept takes a byte at least
    rows_ = static_cast<Index>(
        in_.count_up_to(static_cast<std::uint64_t>(most_rows_) + in_.left(), "the rows of the output"));
    plan_.stages_ =
        static_cast<std::uint32_t>(in_.count_up_to(std::numeric_limits<std::uint32_t>::max(), "the stages"));
    read_rules();
    read_origins();
    read_rule_numbers();
    read_donors();
    read_removals();
    read_column_rules();
    read_notes();
    in_.require(in_.left() == 0, "there are more bytes than a plan has");
    plan_.check();
    return std::move(plan_);
  }

 private:
  /// What stands between mark and digest, which must be right.
  static ByteReader content_of(std::string_view bytes) {
    constexpr std::size_t digest_bytes = 8, version = plan_mark.size() - 1;
    if (bytes.size() < plan_mark.size() + digest_bytes || bytes.substr(0, version) != plan_mark.substr(0, version))
      throw InvalidPlan("these bytes are no plan: write one with plan_bytes");
    if (bytes[version] != plan_mark[version])
      throw InvalidPlan(text({"this plan has the form '", bytes.substr(version, 1), "', this library reads '",
                              plan_mark.substr(version), "': read it with the version that wrote it"}));
    const std::string_view content = bytes.substr(0, bytes.size() - digest_bytes);
    if (ByteReader(bytes.substr(content.size())).word() != digest_of_bytes(content))
      throw InvalidPlan(
          "the digest of the plan is not that of its bytes: they were damaged or changed; read the file anew "
          "or make it again");
    return ByteReader(content.substr(plan_mark.size()));
  }

  void read_rules() {
    for (std::size_t left = in_.count_of(3, "rules"); left > 0; --left) {
      Rule rule{static_cast<Rule::Kind>(one_of(3, "kind of rule")), {}};
      rule.scale.resize(in_.count_of(8, "scales"));
      for (double& scale : rule.scale) scale = in_.number();
      if (one_of(2, "list of normals") == 1) rule.normals = std::make_shared<const Matrix<double>>(read_matrix());
      plan_.rules_.push_back(std::move(rule));
    }
  }
  Matrix<double> read_matrix() {
    const auto rows = static_cast<Index>(in_.count_of(1, "rows"));
    const std::uint64_t fitting = in_.left() / 8 / static_cast<std::uint64_t>(std::max(rows, Index{1}));
    const auto columns = static_cast<Index>(in_.count_up_to(fitting, "the columns of a list"));
    Matrix<double> out(rows, columns);
    for (Index i = 0; i < out.size(); ++i) out.data()[i] = in_.number();
    return out;
  }

  void read_origins() {
    Index kept = 0;
    for (Index next = 0; plan_.size() < rows_;) {
      const auto form = static_cast<RunForm>(one_of(3, "form of rows"));
      const Index length = run_length(plan_.size());
      if (form == RunForm::kept) {
        kept += length;
        in_.require(kept <= plan_.source_rows_, "more rows are kept than there are");
        next = keep_run(in_.way(next), length);
      } else {
        in_.require(static_cast<std::size_t>(length) <= in_.left(), "there are not as many rows as it says");
        for (Index i = 0; i < length; ++i) next = read_origin(form, next).base + 1;
      }
    }
  }
  Index run_length(Index so_far) {
    const auto length =
        static_cast<Index>(in_.count_up_to(static_cast<std::uint64_t>(rows_ - so_far), "the length of a run"));
    in_.require(length > 0, "a run has no rows");
    return length;
  }
  /// Returns the row after the run.
  Index keep_run(Index first, Index length) {
    in_.require(plan_.exists(first) && length <= plan_.source_rows_ - first, "a row is kept that does not exist");
    for (Index row = first; row < first + length; ++row) plan_.origins_.push_back({row, row, 0});
    return first + length;
  }
  const Origin& read_origin(RunForm form, Index next) {
    plan_.origins_.push_back(origin(form, next));
    return plan_.origins_.back();
  }
  Origin origin(RunForm form, Index next) {
    Origin out;
    out.base = out.neighbor = in_.way(next);
    if (form == RunForm::copies) out.step = 1;
    if (form == RunForm::other) {
      out.neighbor = in_.way(out.base);
      out.step = in_.number();
    }
    in_.require(std::isfinite(out.step), "a step is not finite");
    in_.require(plan_.exists(out.base) && plan_.exists(out.neighbor), "a row has a parent that does not exist");
    return out;
  }

  /// Calls `use(number, rows)` for runs of equal numbers, one for each row.
  template <class Use>
  void read_runs(const Use& use) {
    for (Index row = 0; row < rows_;) {
      const Index length = run_length(row);
      use(in_.count(), static_cast<std::size_t>(length));
      row += length;
    }
  }
  void read_rule_numbers() {
    if (one_of(2, "column of rules") == 0) return;
    read_runs([&](std::uint64_t number, std::size_t rows) {
      in_.require(number <= plan_.rules_.size(), "a row has a rule that is not there");
      plan_.rule_of_row_.resize(plan_.rule_of_row_.size() + rows, static_cast<std::uint32_t>(number));
    });
  }
  void read_donors() {
    if (one_of(2, "column of donors") == 0) return;
    std::size_t donors = 0;
    read_runs([&](std::uint64_t each, std::size_t rows) {
      in_.require(each <= (in_.left() - std::min(donors, in_.left())) / rows,
                  "there are not as many donors as it says");
      for (std::size_t i = 0; i < rows; ++i) plan_.donors_end_.push_back(donors += each);
    });
    plan_.donors_.reserve(donors);
    Index next = 0;
    for (std::size_t row = 0; row < plan_.donors_end_.size(); ++row)
      while (plan_.donors_.size() < plan_.donors_end_[row]) {
        const Index column = in_.way(next);
        plan_.donors_.push_back({column, in_.way(plan_.origins_[row].base)});
        next = column + 1;
      }
  }

  void read_removals() {
    Index next = 0;
    for (std::size_t left = in_.count_of(4, "removals"); left > 0; --left) {
      const auto reason = static_cast<Reason>(one_of(2, "reason"));
      const auto form = static_cast<RunForm>(one_of(3, "form of rows"));
      const auto pass =
          static_cast<std::uint32_t>(in_.count_up_to(std::numeric_limits<std::uint32_t>::max(), "a pass"));
      plan_.removed_.push_back({origin(form, next), reason, pass});
      next = plan_.removed_.back().origin.base + 1;
    }
  }
  void read_column_rules() {
    for (std::size_t left = in_.count_of(18, "rules for columns"); left > 0; --left) {
      ColumnRule rule{{}, static_cast<ColumnKind>(one_of(3, "kind of column"))};
      rule.columns.resize(in_.count_of(1, "columns"));
      for (Index& column : rule.columns) column = static_cast<Index>(in_.count());
      rule.step = in_.number();
      rule.origin = in_.number();
      plan_.column_rules_.push_back(std::move(rule));
    }
  }
  void read_notes() {
    for (std::size_t left = in_.count_of(3, "notes"); left > 0; --left) {
      Note note;
      note.sampler = in_.text();
      note.label = Label(in_.text());
      note.text = in_.text();
      plan_.notes_.push_back(std::move(note));
    }
  }

  /// A byte below `end`, which tells one of as many things.
  unsigned one_of(unsigned end, std::string_view what) {
    const unsigned value = in_.byte();
    if (value >= end) in_.fail(detail::text({"there is no ", what, " ", value}));
    return value;
  }

  ByteReader in_;
  Index most_rows_;
  Index rows_ = 0;
  Plan plan_;
};

}  // namespace detail

/// A plan as bytes, to be kept in a file or sent: all of it, notes too, the same bytes on every machine. Rows that are
/// kept stand in runs; a synthetic row takes some 11 to 15 bytes, 8 of them its step,
/// and 2 to 3 for each donor. A digest at the end finds damage.
/// Cost O(rows). Read by plan_of_bytes.
inline std::string plan_bytes(const Plan& plan) { return detail::PlanWriter(plan).write(); }

/// The plan that bytes of plan_bytes stand for: equal to the one written, with its notes and stages.
///
/// In      bytes  from anywhere: whatever they are, this returns a plan that passes its check, or throws
///         most_rows  rows that your data have, or more. A few bytes can keep any number of rows; a plan for more rows
///         than this is refused before memory is asked for it
/// Cost    O(rows), 24 bytes of memory for each
/// Throws  InvalidPlan (no plan, of another version, cut off, damaged, or speaking of rows that do not exist)
inline Plan plan_of_bytes(std::string_view bytes, Index most_rows = Index{1} << 31) {
  return detail::PlanReader(bytes, most_rows).read();
}

}  // inline namespace
}  // namespace rebalance
