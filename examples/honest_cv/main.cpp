// SPDX-License-Identifier: MIT
//
// Cross-validates a model on an imbalanced CSV file honestly, and shows what the usual mistake would have claimed.

#include <deque>
#include <filesystem>
#include <iostream>
#include <optional>
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

/// What --out writes. Opened before the long work, so that a folder that cannot be written to is known at once.
class OutputFiles {
 public:
  explicit OutputFiles(const std::string& folder) : folder_(folder) {
    std::filesystem::create_directories(folder);
    for (const char* name : {"pr.svg", "reliability.svg", "scatter.svg", "scores.csv"})
      files_.emplace_back((std::filesystem::path(folder) / name).string());
  }

  void write(const DataSet& data, const Options& options, const Contest& contest) {
    files_[0].write(precision_recall_picture(options, contest));
    files_[1].write(reliability_picture(options, contest));
    files_[2].write(scatter_picture(data, options, contest));
    files_[3].write(scores_table(data, contest));
    for (OutputFile& file : files_) file.finish();
    for (OutputFile& file : files_) file.publish();
    std::cout << "\npr.svg, reliability.svg, scatter.svg and scores.csv are in " << on_one_line(folder_) << '\n';
  }

 private:
  std::string folder_;
  std::deque<OutputFile> files_;  // which cannot be moved
};

int run(const Options& options) {
  const rebalance::Execution how{.threads = options.threads};
  const Learner learner = named_learner(options.model, options.seed, how);
  const DataSet data = make_data_set(CsvTable(options.csv, read_file(options.csv)), options);
  std::optional<OutputFiles> files;
  if (!options.out.empty()) files.emplace(options.out);

  const Contest contest = hold_contest_with_progress(data, options, learner, how);
  write_setting(std::cout, data, options, contest);
  write_scores(std::cout, contest);
  write_thresholds(std::cout, contest);
  const bool clean = write_leaks(std::cout, contest);
  if (files) files->write(data, options, contest);
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
