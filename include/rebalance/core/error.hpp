// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

#include <rebalance/core/version.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {

/// Row, column and count numbers; the same type as `Eigen::Index`.
using Index = std::ptrdiff_t;

/// Everything the library throws, but for what a callback of yours throws and std::bad_alloc. `what()` names the problem,
/// the offending value and the remedy.
/// After any of these the caller's objects are as they were, those that were to be added to included, and nothing is
/// left behind; but see `materialize` for memory that was being written when the call was cancelled.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An option is out of its range, or asks for what the data cannot give.
struct InvalidOption : Error {
  using Error::Error;
};

/// Two inputs that belong together have different sizes, or an input is empty.
struct ShapeMismatch : Error {
  using Error::Error;
};

/// A feature is NaN, infinite, or so large that squared distances overflow; or a score is NaN, a probability none.
struct BadValue : Error {
  /// With a message that names row and column.
  BadValue(const std::string& what, Index row_, Index column_) : Error(what), row(row_), column(column_) {}
  Index row;     ///< row of the caller's matrix or scores
  Index column;  ///< column of the caller's matrix; 0 for scores
};

/// A class has too few rows for what was asked of it.
struct TooFewRows : Error {
  using Error::Error;
};

/// The labels name fewer than two classes: there is nothing to balance.
struct TooFewClasses : Error {
  using Error::Error;
};

/// A plan does not fit the rows it is applied to, or breaks its own rules.
struct InvalidPlan : Error {
  using Error::Error;
};

/// A split of the rows cannot be used: a row that does not exist or stands on both sides, a side without rows, a class
/// that the training side lacks, rows that were resampled before.
struct InvalidSplit : Error {
  using Error::Error;
};

/// A record of a run cannot be used: it is no JSON, was changed or damaged, lacks what is asked of it, or belongs to
/// other data.
struct InvalidRecord : Error {
  using Error::Error;
};

/// The progress callback of `Execution` returned false.
struct Cancelled : Error {
  using Error::Error;
};

namespace detail {

/// A piece of a message: text, or a number in the shortest form that reads back to the same value.
///
/// Messages are never hot, so their making is kept out of line (gnu::cold): every program that includes the library
/// compiles them, and optimizing them took longer than all samplers.
class Piece {
 public:
  Piece(std::string_view text) : text_(text) {}
  Piece(const std::string& text) : text_(text) {}
  Piece(const char* text) : text_(text) {}
  [[gnu::cold]] Piece(double number) { write(number); }
  template <std::signed_integral Number>
  Piece(Number number) {
    write(static_cast<long long>(number));
  }
  template <std::unsigned_integral Number>
  Piece(Number number) {
    write(static_cast<unsigned long long>(number));
  }
  Piece(bool truth) : text_(truth ? "true" : "false") {}
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;

  std::string_view text() const noexcept { return text_; }

 private:
  [[gnu::cold]] void write(auto number) {
    const auto end = std::to_chars(digits_, digits_ + sizeof digits_, number).ptr;
    text_ = {digits_, static_cast<std::size_t>(end - digits_)};
  }

  char digits_[32];
  std::string_view text_;
};

/// The pieces in one string: `text({"class ", label, " has ", rows, " rows"})`.
[[gnu::cold]] inline std::string text(std::initializer_list<Piece> pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += piece.text();
  return out;
}

// The wording of every message. A message that two rooms would phrase differently belongs here.

[[noreturn, gnu::cold]] inline void throw_option(std::string_view sampler, std::string_view option, Piece value,
                                                 std::string_view must) {
  throw InvalidOption(text({sampler, ": ", option, " is ", value.text(), "; it must be ", must}));
}

[[noreturn, gnu::cold]] inline void throw_size(std::string_view what, Index have, std::string_view other, Index need) {
  throw ShapeMismatch(
      text({what, " has ", have, " entries but ", other, " has ", need, " rows; give one entry for each row"}));
}

[[noreturn, gnu::cold]] inline void throw_empty(std::string_view what, Index rows, Index columns) {
  throw ShapeMismatch(text({what, " is ", rows, " x ", columns, "; it needs at least one row and one column"}));
}

[[noreturn, gnu::cold]] inline void throw_bad_value(std::string_view matrix, Index row, Index column, double value,
                                                    double limit) {
  throw BadValue(text({matrix, "(", row, ", ", column, ") is ", value, "; features must be finite and at most ", limit,
                       " in size: remove, impute or rescale the value"}),
                 row, column);
}

[[noreturn, gnu::cold]] inline void throw_one_class(std::string_view label, Index rows) {
  throw TooFewClasses(text({"all ", rows, " rows are of class ", label,
                            "; resampling needs rows of at least two classes: give it rows of another class too"}));
}

[[noreturn, gnu::cold]] inline void throw_too_few(std::string_view sampler, std::string_view label, Index have,
                                                  std::string_view option, Index k, std::string_view remedy) {
  throw TooFewRows(text({sampler, ": class ", label, " has ", have, have == 1 ? " row" : " rows", " but ", option,
                         " = ", k, " needs at least ", static_cast<std::size_t>(k) + 1, "; ", remedy}));
}

[[noreturn, gnu::cold]] inline void throw_target(std::string_view sampler, std::string_view label, Index have,
                                                 Index target, std::string_view remedy) {
  throw InvalidOption(
      text({sampler, ": class ", label, " has ", have, " rows and the strategy asks for ", target, "; ", remedy}));
}

[[noreturn, gnu::cold]] inline void throw_plan_size(Index planned, Index rows) {
  throw InvalidPlan(text(
      {"the plan was made for ", planned, " rows but X has ", rows, "; apply a plan to the rows it was made for"}));
}

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
