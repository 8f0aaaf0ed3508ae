// SPDX-License-Identifier: MIT
#include "progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>

namespace examples {

namespace {

constexpr auto quiet_time = std::chrono::milliseconds(500);
constexpr auto time_between = std::chrono::milliseconds(50);
constexpr std::string_view erase_line = "\r\033[K";

}  // namespace

ProgressBar::ProgressBar() : on_terminal_(isatty(STDERR_FILENO) == 1), next_(Clock::now() + quiet_time) {}

ProgressBar::~ProgressBar() {
  if (shown_) std::cerr << erase_line << std::flush;
}

void ProgressBar::show(std::string_view what, double share) {
  if (!on_terminal_ || Clock::now() < next_) return;
  constexpr int width = 30;
  const int done = std::clamp(static_cast<int>(share * width), 0, width);
  std::cerr << erase_line << '[' << std::string(static_cast<std::size_t>(done), '#')
            << std::string(static_cast<std::size_t>(width - done), '.') << "] " << static_cast<int>(share * 100)
            << " % " << what << std::flush;
  shown_ = true;
  next_ = Clock::now() + time_between;
}

}  // namespace examples
