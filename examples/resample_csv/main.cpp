// SPDX-License-Identifier: MIT
//
// Resamples an imbalanced CSV file from a shell: read, resample, write, report.

#include <exception>
#include <iostream>
#include <new>
#include <optional>

#include "../common/compressed_file.hpp"
#include "../common/csv_table.hpp"
#include "../common/message.hpp"
#include "../common/progress_bar.hpp"
#include "interruption.hpp"
#include "options.hpp"
#include "output.hpp"
#include "report.hpp"
#include "resampling.hpp"
#include "training_set.hpp"

namespace resample_csv {
namespace {

Outcome resample_with_progress(const Options& options, const CsvTable& table, const TrainingSet& set) {
  ProgressBar bar;
  rebalance::Execution how{.threads = options.threads};
  how.progress = [&](std::string_view what, double share) {
    bar.show(what, share);
    stop_if_interrupted();
    return true;
  };
  return resample(how, table, set, make_sampler(options.sampler, set.nominal));
}

void run(const Options& options) {
  const CsvTable table(options.input, read_file(options.input));
  const TrainingSet set = make_training_set(table, options);

  // Opened before the long work, so that a folder that cannot be written to is known at once.
  catch_interruptions();
  OutputFile rows(options.output);
  std::optional<OutputFile> provenance, removed;
  if (!options.provenance.empty()) provenance.emplace(options.provenance);
  if (!options.removed.empty()) removed.emplace(options.removed);

  const Outcome outcome = resample_with_progress(options, table, set);
  write_rows(rows, table, set, outcome);
  if (provenance) write_provenance(*provenance, table, set, outcome);
  if (removed) write_removed(*removed, set, outcome);

  // No file takes its name before all are whole.
  rows.finish();
  if (provenance) provenance->finish();
  if (removed) removed->finish();
  if (provenance) provenance->publish();
  if (removed) removed->publish();
  rows.publish();
  write_report(std::cerr, options, table, set, outcome);
}

int complain(std::string_view message, int status) {
  std::cerr << "resample_csv: " << on_one_line(message) << '\n';
  return status;
}

}  // namespace
}  // namespace resample_csv

int main(int argc, char** argv) {
  using namespace resample_csv;
  try {
    if (const auto options = parse_command_line(argc, argv)) run(*options);
    return 0;
  } catch (const WrongUsage& error) {
    return complain(error.what(), 2);
  } catch (const std::bad_alloc&) {
    return complain("not enough memory for this file", 1);
  } catch (const std::exception& error) {
    return complain(error.what(), 1);
  }
}
