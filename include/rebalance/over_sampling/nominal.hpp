// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include <rebalance/core/data.hpp>
#include <rebalance/core/plan.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Throws InvalidOption unless the columns are different columns of X.
[[gnu::cold]] inline void require_columns(std::string_view sampler, const std::vector<Index>& nominal, Index columns) {
  std::vector<bool> seen(static_cast<std::size_t>(columns), false);
  for (const Index column : nominal) {
    if (column < 0 || column >= columns)
      throw InvalidOption(text({sampler, ": nominal names column ", column, "; X has columns 0 to ", columns - 1,
                                ": name those that hold categories"}));
    if (seen[static_cast<std::size_t>(column)])
      throw InvalidOption(text({sampler, ": nominal names column ", column, " twice; name it once"}));
    seen[static_cast<std::size_t>(column)] = true;
  }
}

/// Throws BadValue for the first cell of a nominal column that is no category code. Negative numbers are none: -1 is how
/// much software writes a missing category.
template <class S>
void require_codes(std::string_view sampler, const MatrixView<S>& X, const std::vector<Index>& nominal,
                   const Execution& how) {
  parallel_for(how, "checking categories", X.rows(), rows_per_chunk(X.cols()), [&](Index first, Index last) {
    for (Index row = first; row < last; ++row)
      for (const Index column : nominal)
        if (const S code = X(row, column); !(code >= 0 && code == std::floor(code)))
          throw BadValue(
              text({sampler, ": X(", row, ", ", column, ") is ", static_cast<double>(code), "; column ", column,
                    " is nominal and must hold category codes, whole numbers from 0: number the categories"}),
              row, column);
  });
}

/// A vote on one nominal value.
class NominalVote {
 public:
  /// The most frequent values among the voters, which stand nearest first: for each of them, by ascending value, the
  /// nearest voter that has it. Valid until the next call. Cost O(voters * values).
  template <class S>
  std::span<const Donor> winners(const MatrixView<S>& X, Index column, std::span<const Index> voters) {
    values_.clear();
    for (const Index voter : voters) values_.push_back(static_cast<double>(X(voter, column)));
    winners_.clear();
    std::ptrdiff_t most = 0;
    for (auto value = values_.begin(); value != values_.end(); ++value) {
      if (std::find(values_.begin(), value, *value) != value) continue;  // a nearer voter has it
      const auto votes = std::count(value, values_.end(), *value);
      if (votes > most) winners_.clear();
      most = std::max(most, votes);
      if (votes == most) winners_.push_back({column, voters[static_cast<std::size_t>(value - values_.begin())]});
    }
    std::sort(winners_.begin(), winners_.end(),
              [&](const Donor& a, const Donor& b) { return X(a.row, column) < X(b.row, column); });
    return {winners_.data(), winners_.size()};
  }

  /// The same under Draws::even: the base's own value is the only winner if it is among the tied. Any other tie is left
  /// to chance.
  template <class S>
  std::span<const Donor> winners(const MatrixView<S>& X, Index column, std::span<const Index> voters, Index base) {
    const auto tied = winners(X, column, voters);
    for (std::size_t i = 0; i < tied.size(); ++i)
      if (X(tied[i].row, column) == X(base, column)) return tied.subspan(i, 1);
    return tied;
  }

 private:
  std::vector<double> values_;
  std::vector<Donor> winners_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
