// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rebalance/core/classes.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/neighbors/point_set.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// A row that a cleaner has reason to leave out, and what still speaks for it.
struct Suspect {
  Index row = 0;
  std::uint32_t pass = 1;
  Index friends = 0;    ///< how many of its neighbors are of its own class
  double distance = 0;  ///< how far the nearest row of another class is
};

/// The order in which suspects are given back to a class that must keep some of them.
inline bool better_supported(const Suspect& a, const Suspect& b) noexcept {
  if (a.friends != b.friends) return a.friends > b.friends;
  if (a.distance != b.distance) return a.distance > b.distance;
  return a.row < b.row;
}

/// The rows that are left while a cleaner works, in input order, and the account of those that are not.
/// What all cleaners share: the floor that no class falls below, the notes, the plan. Memory O(n).
class Cleaning {
 public:
  Cleaning(std::string_view sampler, const Classes& classes, Reason reason, Index min_per_class)
      : sampler_(sampler),
        classes_(classes),
        reason_(reason),
        floor_(min_per_class),
        gone_(at(classes.rows())),
        rows_(all_rows(classes.rows())),
        count_(classes.size()),
        unguarded_(classes.size(), -1) {
    if (min_per_class < 0) throw_option(sampler, "min_per_class", min_per_class, "at least 0");
    for (std::uint32_t c = 0; c < classes.size(); ++c) count_[c] = classes.count(c);
  }

  /// The rows that are left, ascending.
  std::span<const Index> rows() const noexcept { return {rows_.data(), rows_.size()}; }
  bool has(Index row) const { return !gone_[at(row)]; }
  /// The rows that are left of the classes that may lose rows, ascending.
  std::vector<Index> rows_of(const std::vector<bool>& cleaned) const {
    std::vector<Index> out = rows_of_classes(classes_, cleaned);
    std::erase_if(out, [&](Index row) { return !has(row); });
    return out;
  }
  /// The classes of the rows that are left; row numbers in it count these.
  Classes classes() const {
    std::vector<std::uint32_t> codes;
    for (const Index row : rows_) codes.push_back(classes_.code(row));
    return {std::move(codes), classes_.labels()};
  }
  /// Rows left of a class.
  Index count(std::uint32_t c) const { return count_[c]; }

  /// Whether class c can lose that many rows and keep what it must.
  bool can_lose(std::uint32_t c, Index rows) const { return count_[c] - rows >= std::min(floor_, count_[c]); }

  /// Leaves the suspects out, less those that a class must keep. Returns how many went. Cost O(n + s log s).
  Index remove(std::vector<Suspect> suspects, std::uint32_t passes_before = 0) {
    suspects = above_floor(std::move(suspects));
    std::sort(suspects.begin(), suspects.end(), [](const Suspect& a, const Suspect& b) {
      return a.pass < b.pass || (a.pass == b.pass && a.row < b.row);
    });
    for (const Suspect& suspect : suspects) {
      gone_[at(suspect.row)] = true;
      --count_[classes_.code(suspect.row)];
      removed_.push_back({suspect.row, passes_before + suspect.pass});
    }
    std::erase_if(rows_, [&](Index row) { return !has(row); });
    return static_cast<Index>(suspects.size());
  }

  void note(Label label, std::string text) {
    notes_.push_back({std::string(sampler_), std::move(label), std::move(text)});
  }

  /// Keeps what is left, tells what is gone.
  Plan plan() const {
    Plan plan(classes_.rows());
    plan.reserve(static_cast<Index>(rows_.size()));
    for (const Index row : rows_) plan.keep(row);
    for (const auto& [row, pass] : removed_) plan.remove(row, reason_, pass);
    for (const Note& note : notes_) plan.note(note);
    for (std::uint32_t c = 0; c < classes_.size(); ++c) note_class(plan, c);
    return plan;
  }

 private:
  struct Removed {
    Index row;
    std::uint32_t pass;
  };

  static std::size_t at(Index number) noexcept { return static_cast<std::size_t>(number); }

  /// The suspects without the best supported ones of each class that would fall below the floor.
  std::vector<Suspect> above_floor(std::vector<Suspect> suspects) {
    std::sort(suspects.begin(), suspects.end(), [&](const Suspect& a, const Suspect& b) {
      const auto class_a = classes_.code(a.row), class_b = classes_.code(b.row);
      return class_a < class_b || (class_a == class_b && better_supported(a, b));
    });
    std::vector<Suspect> out;
    for (auto first = suspects.begin(); first != suspects.end();) {
      const std::uint32_t c = classes_.code(first->row);
      const auto of_other_class = [&](const Suspect& suspect) { return classes_.code(suspect.row) != c; };
      const auto last = std::find_if(first, suspects.end(), of_other_class);
      const Index rest = count_[c] - (last - first);
      const Index needed = std::max(std::min(floor_, count_[c]) - rest, Index{0});
      if (needed > 0) unguarded_[c] = rest;
      out.insert(out.end(), first + needed, last);
      first = last;
    }
    return out;
  }

  [[gnu::cold]] void note_class(Plan& plan, std::uint32_t c) const {
    const Index had = classes_.count(c);
    const auto share = [&](Index rows) {
      if (rows < had) return text({rows, " of ", had, " rows"});
      return had == 1 ? std::string("its only row") : text({"all ", had, " rows"});
    };
    std::string told;
    if (unguarded_[c] >= 0)
      told = text({"would have lost ", share(had - unguarded_[c]), "; kept ", count_[c],
                   ", the best supported (min_per_class = ", floor_, ")"});
    else if (had > 0 && count_[c] == 0) told = text({"lost ", share(had), "; min_per_class = 1 would keep one"});
    if (!told.empty()) plan.note({std::string(sampler_), classes_.label(c), std::move(told)});
  }

  std::string_view sampler_;
  const Classes& classes_;
  Reason reason_;
  Index floor_;
  std::vector<bool> gone_;
  std::vector<Index> rows_;
  std::vector<Index> count_;      // rows left by class
  std::vector<Index> unguarded_;  // rows the class would have kept without the floor; -1: the floor was not needed
  std::vector<Removed> removed_;
  std::vector<Note> notes_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
