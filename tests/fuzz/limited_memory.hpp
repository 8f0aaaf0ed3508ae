// SPDX-License-Identifier: MIT
#pragma once

namespace fuzz {

/// While one is there, operator new refuses pieces of more than 2 MB, as at the end of memory: what an input of some
/// kilobytes may ask for (a billion new rows) is then answered at once, and the way out is tried as well.
class LimitedMemory {
 public:
  LimitedMemory();
  ~LimitedMemory();
  LimitedMemory(const LimitedMemory&) = delete;
  LimitedMemory& operator=(const LimitedMemory&) = delete;
};

}  // namespace fuzz
