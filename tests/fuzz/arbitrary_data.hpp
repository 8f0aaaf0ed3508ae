// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <rebalance/core/data.hpp>

#include "arbitrary_values.hpp"
#include "input.hpp"

namespace fuzz {

/// How wild the values of a matrix are.
enum class Values {
  steps,     ///< multiples of a unit, with many ties
  extremes,  ///< among them some at the ends of what a number can be, and what is none
  bits,      ///< any
  codes      ///< of a few categories
};

template <class S>
S arbitrary_value(Input& in, Values kind, S unit) {
  using Limits = std::numeric_limits<S>;
  if (kind == Values::bits) {
    const std::uint64_t bits = in.word();
    if constexpr (sizeof(S) == 8) return std::bit_cast<S>(bits);
    else return std::bit_cast<S>(static_cast<std::uint32_t>(bits));
  }
  if (kind == Values::codes) return static_cast<S>(in.below(4));
  const unsigned step = in.byte();
  if (kind == Values::steps || step < 250) return static_cast<S>(static_cast<int>(step) - 100) * unit;
  const S whole = Limits::max();
  return in.one_of(std::vector<S>{S(-0.0), Limits::denorm_min(), -Limits::denorm_min(), Limits::min(), whole, -whole,
                                  whole / 2, whole / 16, std::sqrt(whole), -std::sqrt(whole), std::sqrt(whole) / 64,
                                  Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()});
}

template <class S>
Matrix<S> arbitrary_matrix(Input& in, Index rows, Index columns) {
  const auto kind = static_cast<Values>(in.below(4));
  const S unit = in.one_of(
      std::vector<S>{1, S(0.1), S(1e-30), S(1e15), S(1e-44), std::sqrt(std::numeric_limits<S>::max()) / 1024});
  Matrix<S> out(rows, columns);
  for (Index i = 0; i < out.size(); ++i) out.data()[i] = arbitrary_value<S>(in, kind, unit);
  return out;
}

inline std::vector<int> arbitrary_keys(Input& in, Index rows, unsigned kinds) {
  std::vector<int> out;
  for (Index row = 0; row < rows; ++row) out.push_back(static_cast<int>(in.below(kinds)));
  return out;
}

inline ColumnRule arbitrary_rule(Input& in) {
  ColumnRule out{arbitrary_columns(in), static_cast<ColumnKind>(in.below(3))};
  if (in.flip()) out.step = arbitrary_number(in);
  if (in.flip()) out.origin = arbitrary_number(in);
  return out;
}

inline StrataRules arbitrary_strata_rules(Input& in) {
  StrataRules out{static_cast<Allocation>(in.below(4)), static_cast<SmallStratum>(in.below(3))};
  if (out.allocation == Allocation::listed)
    out.counts = {{in.below(3), in.below(4), arbitrary_count(in)}, {in.below(3), in.below(4), arbitrary_count(in)}};
  return out;
}

/// A set of up to 60 rows and 8 columns, and what else may belong to its rows.
template <class S>
struct ArbitraryData {
  explicit ArbitraryData(Input& in)
      : rows(in.below(61)),
        X(arbitrary_matrix<S>(in, rows, in.below(9))),
        y(arbitrary_keys(in, rows, 1 + in.below(4))),
        parts(in.byte()),
        strata(arbitrary_keys(in, has(1) ? rows : 0, 3)),
        strata_rules(has(1) ? arbitrary_strata_rules(in) : StrataRules{}),
        Z(has(2) ? arbitrary_matrix<S>(in, rows, in.below(4)) : Matrix<S>()),
        tries{static_cast<int>(in.below(4)) - 1, static_cast<Otherwise>(in.below(3))},
        limit(has(4) ? arbitrary_number(in) : 0) {
    for (unsigned left = has(8) ? in.below(4) : 0; left > 0; --left) columns.push_back(arbitrary_rule(in));
  }

  /// Throws what Data throws.
  Data<S, int> data() const {
    Data<S, int> out(X, y);
    if (has(1)) out.strata(strata, strata_rules);
    if (has(2)) out.space(Z);
    if (has(4)) out.accept([limit = limit](std::span<const double> row) { return !(row[0] > limit); }, tries);
    if (has(8)) out.columns(columns);
    return out;
  }

  bool has(unsigned part) const { return (parts & part) != 0; }

  Index rows;
  Matrix<S> X;
  std::vector<int> y;
  unsigned parts;
  std::vector<int> strata;
  StrataRules strata_rules;
  Matrix<S> Z;
  Tries tries;
  double limit;
  std::vector<ColumnRule> columns;
};

}  // namespace fuzz
