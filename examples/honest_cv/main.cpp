// SPDX-License-Identifier: MIT
//
// Cross-validates a model on an imbalanced CSV file honestly, and shows what the usual mistake would have claimed.

#include <filesystem>
#include <iostream>
#include <string>

#include "../common/command_line.hpp"
#include "../common/compressed_file.hpp"
#include "../common/csv_table.hpp"
#include "../common/message.hpp"
#include "../common/progress_bar.hpp"
#include "contest.hpp"
#include "data_set.hpp"
#include "learner.hpp"
#include "options.hpp"
#include "pictures.hpp"
#include "report.hpp"

namespace honest_cv {
namespace {

constexpr int leaking = 3;  // status where an honest arm leaks

Contest hold_contest_with_progress(const DataSet& data, const Options& options, const Learner& learner,
                                   const rebalance::Execution& how) {
  ProgressBar bar;
  return hold_contest(data, options, learner, how, [&](double share) { bar.show("of all folds", share); });
}

void write_file(const std::string& folder, const char* name, const std::string& content) {
  OutputFile file((std::filesystem::path(folder) / name).string());
  file.write(content);
  file.finish();
  file.publish();
}

void write_files(const std::string& folder, const DataSet& data, const Options& options, const Contest& contest) {
  write_file(folder, "pr.svg", precision_recall_picture(options, contest));
  write_file(folder, "reliability.svg", reliability_picture(options, contest));
  write_file(folder, "scatter.svg", scatter_picture(data, options, contest));
  write_file(folder, "scores.csv", scores_table(data, contest));
  std::cout << "\npr.svg, reliability.svg, scatter.svg and scores.csv are in " << on_one_line(folder) << '\n';
}

int run(const Options& options) {
  const rebalance::Execution how{.threads = options.threads};
  const Learner learner = named_learner(options.model, options.seed, how);
  const DataSet data = make_data_set(CsvTable(options.csv, read_file(options.csv)), options);
  if (!options.out.empty()) std::filesystem::create_directories(options.out);

  const Contest contest = hold_contest_with_progress(data, options, learner, how);
  write_setting(std::cout, data, options, contest);
  write_scores(std::cout, contest);
  write_thresholds(std::cout, contest);
  const bool clean = write_leaks(std::cout, contest);
  if (!options.out.empty()) write_files(options.out, data, options, contest);
  return clean ? 0 : leaking;
}

}  // namespace
}  // namespace honest_cv

int main(int argc, char** argv) {
  using namespace honest_cv;
  return status_of("honest_cv", [&] {
    const auto options = parse_command_line(argc, argv);
    return options ? run(*options) : 0;
  });
}
