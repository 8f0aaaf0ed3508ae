// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <rebalance/core/classes.hpp>
#include <rebalance/under_sampling/cleaning.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// imbalanced-learn's end of repeated cleaning: a class has no rows left, or another than the smallest has fewer
/// than the smallest had at first. The smallest is the one with fewest rows, of equals the one seen first in the data.
class MinorityGuard {
 public:
  /// `allow_minority`: classes may become smaller than the smallest was, but not empty.
  MinorityGuard(const Classes& classes, bool allow_minority) : classes_(classes) {
    for (std::uint32_t c = 0; c < classes.size(); ++c)
      if (classes.count(c) > 0 && (classes.count(smallest_) == 0 || before(c, smallest_))) smallest_ = c;
    if (!allow_minority) least_ = classes.count(smallest_);
  }

  /// Whether the pass just done was the last; a note says which class ended it.
  [[gnu::cold]] bool stops(Cleaning& cleaning, std::uint32_t pass) const {
    for (std::uint32_t c = 0; c < classes_.size(); ++c) {
      const Index left = cleaning.count(c);
      if (classes_.count(c) == 0 || left >= (c == smallest_ ? 1 : least_)) continue;
      const auto why = left == 0 ? text({"no row"})
                                 : text({left, left == 1 ? " row" : " rows", ", fewer than the ", least_,
                                         " of the smallest class at first"});
      cleaning.note(classes_.label(c), text({"stopped after pass ", pass, ", which left ", why}));
      return true;
    }
    return false;
  }

 private:
  bool before(std::uint32_t a, std::uint32_t b) const {
    return classes_.count(a) < classes_.count(b) ||
           (classes_.count(a) == classes_.count(b) && classes_.members(a)[0] < classes_.members(b)[0]);
  }

  const Classes& classes_;
  std::uint32_t smallest_ = 0;
  Index least_ = 1;  // rows that every class but the smallest must have left
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
