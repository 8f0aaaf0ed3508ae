// SPDX-License-Identifier: MIT
//
// Resamples an imbalanced CSV file from a shell: read, resample, write, report.

#include <exception>
#include <iostream>
#include <new>

#include "../common/compressed_file.hpp"
#include "../common/csv_table.hpp"
#include "../common/message.hpp"
#include "../common/progress_bar.hpp"
#include "interruption.hpp"
#include "options.hpp"
#include "output.hpp"
#include "output_files.hpp"
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

  catch_interruptions();
  OutputFiles files(options);
  const Outcome outcome = resample_with_progress(options, table, set);
  write_rows(files.rows, table, set, outcome);
  if (files.provenance) write_provenance(*files.provenance, table, set, outcome);
  if (files.removed) write_removed(*files.removed, set, outcome);
  files.publish();
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
