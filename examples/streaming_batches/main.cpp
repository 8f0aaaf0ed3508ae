// SPDX-License-Identifier: MIT
//
// Learns from a balanced set that never exists as a whole. A plan, 24 bytes a row, says how each row of the balanced
// set is made; batches of rows are made from it as the model asks for them, as often as it asks.

#include <algorithm>
#include <iostream>
#include <string>

#include <rebalance/core/materialize.hpp>
#include <rebalance/core/resample.hpp>
#include <rebalance/over_sampling/smote.hpp>

#include "../common/command_line.hpp"
#include "../common/number_text.hpp"
#include "../common/peak_memory.hpp"
#include "models.hpp"
#include "options.hpp"
#include "training_rows.hpp"

namespace streaming_batches {
namespace {

constexpr int too_much = 3;  // status where memory is above the bar

double megabytes(double bytes) { return bytes / 1e6; }
std::string megabyte_text(double megabytes) { return decimal_text(megabytes, 1) + " MB"; }

/// What memory goes to, in megabytes. All but the first is above the input.
struct Memory {
  double input, plan, batch, classes;
  static constexpr double slack = 6;  // the neighbor search among the rarer class, the model, the stack

  Memory(const TrainingRows& rows, Index planned_rows, Index batch_rows)
      : input(megabytes(static_cast<double>(rows.X.size()) * sizeof(float) +
                        static_cast<double>(rows.y.size()) * sizeof(int))),
        plan(megabytes(static_cast<double>(planned_rows) * sizeof(rebalance::Origin))),
        batch(megabytes(static_cast<double>(std::min(batch_rows, planned_rows)) *
                        static_cast<double>(rows.X.cols() * static_cast<Index>(sizeof(float)) + Index{sizeof(int)}))),
        classes(megabytes(static_cast<double>(rows.y.size()) * 12)) {}  // a class code and a row number each

  double bar() const { return plan + batch + classes + slack; }
};

Taken fit(Batches& batches, const Options& options) {
  if (options.model == "xgb") return fit_boosted_trees(batches, options, std::cout);
  return fit_logistic_regression(batches, std::cout);
}

int run(const Options& options) {
  const rebalance::Execution how{.threads = options.threads};
  const TrainingRows rows = training_rows(options);
  const double before = peak_megabytes();

  const rebalance::Data data(rows.X, rows.y);
  const rebalance::Plan plan = make_plan(how, data, rebalance::Smote{.seed = options.seed});
  const double planned = peak_megabytes() - before;
  Batches batches(how, plan, data, options.batch_rows);
  const Taken taken = fit(batches, options);
  const double used = peak_megabytes() - before;

  const Memory memory(rows, plan.size(), options.batch_rows);
  const double balanced = megabytes(static_cast<double>(plan.size() * rows.X.cols()) * sizeof(float));
  std::cout << rows.X.rows() << " x " << rows.X.cols() << " rows balanced to " << plan.size() << ": " << taken.batches
            << " batches of at most " << options.batch_rows << " rows, " << taken.rows << " rows in " << taken.passes
            << " passes\n"
            << "the input                     " << megabyte_text(memory.input) << '\n'
            << "the balanced set, never made  " << megabyte_text(balanced) << '\n'
            << "peak beyond the input         " << megabyte_text(used) << " (after planning " << megabyte_text(planned)
            << ")\n"
            << "to be expected                " << megabyte_text(memory.bar()) << ": plan "
            << megabyte_text(memory.plan) << ", batch " << megabyte_text(memory.batch) << ", classes "
            << megabyte_text(memory.classes) << ", and at most " << megabyte_text(Memory::slack) << '\n';
  if (options.model == "xgb") {
    std::cout << "What is beyond that is XGBoost's: its bins of all rows, and its trees.\n";
    return 0;
  }
  return used <= memory.bar() ? 0 : too_much;
}

}  // namespace
}  // namespace streaming_batches

int main(int argc, char** argv) {
  using namespace streaming_batches;
  return examples::status_of("streaming_batches", [&] {
    const auto options = parse_command_line(argc, argv);
    return options ? run(*options) : 0;
  });
}
