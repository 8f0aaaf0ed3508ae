// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <algorithm>
#include <iomanip>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "../common/message.hpp"

namespace resample_csv {

namespace {

/// `removed: 12 of class 0 (outvoted)`, in the order of the table of classes.
void write_removed(std::ostream& out, const CsvTable& table, const TrainingSet& set, const Outcome& outcome) {
  std::map<std::pair<std::string_view, rebalance::Reason>, rebalance::Index> gone;
  for (const auto& removal : outcome.plan.removed()) {
    const auto row = set.rows[static_cast<std::size_t>(removal.origin.base)];
    ++gone[{table.cell(row, set.target), removal.reason}];
  }
  for (const auto& change : outcome.counts)
    for (const auto reason : {rebalance::Reason::tomek_link, rebalance::Reason::outvoted})
      if (const auto found = gone.find({change.label, reason}); found != gone.end())
        out << "removed: " << found->second << " of class " << on_one_line(change.label) << " (" << name_of(reason)
            << ")\n";
}

}  // namespace

void write_counts(std::ostream& out, const Outcome& outcome) {
  std::size_t width = 5;
  for (const auto& change : outcome.counts) width = std::max(width, on_one_line(change.label).size());
  const auto line = [&](const auto& label, const auto& before, const auto& after) {
    out << std::left << std::setw(static_cast<int>(width)) << label << std::right << std::setw(10) << before
        << std::setw(10) << after << '\n';
  };
  line("class", "before", "after");
  for (const auto& change : outcome.counts) line(on_one_line(change.label), change.before, change.after);
}

void write_report(std::ostream& out, const Options& options, const CsvTable& table, const TrainingSet& set,
                  const Outcome& outcome) {
  if (const auto left_out = table.rows() - set.rows.size(); left_out > 0)
    out << "rows left out for an empty cell: " << left_out << " of " << table.rows() << '\n';
  for (const auto& note : set.notes) out << "note: " << on_one_line(note) << '\n';
  for (const auto& flag : options.without_effect)
    out << "note: " << options.sampler.name << " has no such option, so " << flag << " changed nothing\n";
  for (const auto& note : outcome.plan.notes()) {
    const std::string about = note.label.text.empty() ? note.sampler : note.sampler + ", class " + note.label.text;
    out << "note: " << on_one_line(about + ": " + note.text) << '\n';
  }
  write_removed(out, table, set, outcome);
  write_counts(out, outcome);
}

}  // namespace resample_csv
