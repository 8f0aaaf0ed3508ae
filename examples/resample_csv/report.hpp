// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ostream>
#include <string_view>

#include "options.hpp"
#include "resampling.hpp"

namespace resample_csv {

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

/// What was done: rows left out, notes, rows removed, rows of each class before and after.
void write_report(std::ostream& out, const Options& options, const CsvTable& table, const TrainingSet& set,
                  const Outcome& outcome);

}  // namespace resample_csv
