// SPDX-License-Identifier: MIT
#include "program.hpp"

#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "../common/compressed_file.hpp"
#include "../common/csv_table.hpp"
#include "../common/message.hpp"
#include "../common/progress_bar.hpp"
#include "../common/sha256.hpp"
#include "audit.hpp"
#include "interruption.hpp"
#include "options.hpp"
#include "output.hpp"
#include "output_files.hpp"
#include "report.hpp"
#include "resampling.hpp"
#include "run_record.hpp"
#include "training_set.hpp"

namespace resample_csv {
namespace {

using Clock = std::chrono::steady_clock;

/// How the long work goes on: shown on a terminal, and stopped by Ctrl-C.
rebalance::Execution watched(int threads, ProgressBar& bar) {
  rebalance::Execution how{.threads = threads};
  how.progress = [&bar](std::string_view what, double share) {
    bar.show(what, share);
    stop_if_interrupted();
    return true;
  };
  return how;
}

void run(const Options& options) {
  const auto begin = Clock::now();
  std::string bytes = read_file(options.input);
  const std::string input_digest = options.manifest.empty() ? "" : sha256(bytes);
  const CsvTable table(options.input, std::move(bytes));
  const TrainingSet set = make_training_set(table, options);
  const auto sampler = make_sampler(options.sampler, set.nominal);

  catch_interruptions();
  OutputFiles files(options);
  Sha256 output_digest;
  if (files.manifest) files.rows.digest_into(output_digest);
  std::optional<ProgressBar> bar(std::in_place);
  const auto how = watched(options.threads, *bar);
  const Outcome outcome = resample(how, table, set, sampler);
  write_rows(files.rows, table, set, outcome);
  if (files.provenance) write_provenance(*files.provenance, table, set, outcome);
  if (files.removed) write_removed(*files.removed, set, outcome);
  if (files.audit) files.audit->write(audit_page(how, table, set, outcome, "Audit of " + options.output));
  if (files.manifest || files.metrics) {
    RunRecord record{input_digest,
                     output_digest.hex(),
                     options.sampler.name,
                     options.drop_missing_rows,
                     set.uses,
                     manifest_of(how, set, outcome, sampler)};
    record.manifest.tags = options.tags;
    record.manifest.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    if (files.manifest) files.manifest->write(json_of(record, table.names()));
    if (files.metrics) files.metrics->write(metrics_of(std::move(record.manifest), options.input));
  }
  bar.reset();
  files.publish();
  write_report(std::cerr, options, table, set, outcome);
}

void run(const ReplayOptions& options) {
  const RunRecord record = read_record(options.manifest);
  std::string bytes = read_file(options.input);
  if (const auto digest = sha256(bytes); digest != record.input)
    throw Failure(options.input + " is not the file that " + options.manifest + " tells of: its SHA-256 is " + digest +
                  ", there " + record.input + "; replay it on the very file that was resampled");
  const CsvTable table(options.input, std::move(bytes));
  if (record.uses.size() != table.columns())
    throw Failure(options.manifest + " tells of " + std::to_string(record.uses.size()) + " columns, " + options.input +
                  " has " + std::to_string(table.columns()) + "; use the manifest as it was written");
  const TrainingSet set = make_training_set(table, record.uses, {record.sampler, {}}, record.drop_missing_rows);

  catch_interruptions();
  OutputFile rows(options.output);
  Sha256 output_digest;
  rows.digest_into(output_digest);
  std::optional<ProgressBar> bar(std::in_place);
  const Outcome outcome = replay(watched(options.threads, *bar), set, record.manifest);
  write_rows(rows, table, set, outcome);
  bar.reset();
  rows.finish();
  if (output_digest.hex() != record.output)
    throw Failure("the rows are not those that " + options.manifest + " tells of: their SHA-256 is " +
                  output_digest.hex() + ", there " + record.output + "; replay it by the version that wrote it, " +
                  record.manifest.library);
  rows.publish();
  write_counts(std::cerr, outcome);
}

}  // namespace

void run(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "replay") {
    if (const auto options = parse_replay(argc, argv)) run(*options);
  } else {
    if (const auto options = parse_command_line(argc, argv)) run(*options);
  }
}

}  // namespace resample_csv
