// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string_view>

namespace examples {

/// A line on a terminal that shows how far the work is, once it has lasted. Gone when this object is.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::string_view what, double share);

 private:
  using Clock = std::chrono::steady_clock;
  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace examples
