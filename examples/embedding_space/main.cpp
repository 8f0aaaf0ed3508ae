// SPDX-License-Identifier: MIT
//
// Searches neighbors in one space and makes rows in another. Euclidean distance between raw columns may mean little:
// units differ, noise drowns what tells rows apart. The neighbors of SMOTE may be looked for in a space of yours
// instead, here principal components, fitted on the training side of each fold, while new rows stand between their
// parents in the features as they are. Whether that helps is measured, not promised.

#include <iostream>
#include <numeric>
#include <string>
#include <vector>

#include "../common/average.hpp"
#include "../common/command_line.hpp"
#include "../common/message.hpp"
#include "../common/number_text.hpp"
#include "../common/text_table.hpp"
#include "comparison.hpp"
#include "options.hpp"

namespace embedding_space {
namespace {

/// Mean and deviation over the folds of all repeats.
std::string summary(const std::vector<double>& folds) {
  if (folds.empty()) return "-";
  const auto [mean, deviation] = examples::average(folds);
  return decimal_text(mean, 3) + " \u00b1" + decimal_text(deviation, 3);
}

int run(const Options& options) {
  const NumericSet set = read_numeric_set(options.set);
  const std::vector<Arm> arms = compare_spaces(set, options);
  const auto positives = std::accumulate(set.y.begin(), set.y.end(), 0);
  std::cout << "data     " << on_one_line(options.set.csv) << ": " << set.X.rows() << " rows, " << set.X.cols()
            << " columns, " << positives << " of class " << on_one_line(set.positive) << '\n'
            << "folds    " << options.folds << ", " << options.repeats
            << " times; SMOTE to equal classes, k = " << options.k_neighbors << "\n\n";
  std::vector<Line> lines{{"neighbors are searched among", "strays", "AP of knn", "AP of logit"}};
  for (const Arm& arm : arms)
    lines.push_back({arm.space, summary(arm.strays), summary(arm.knn_score), summary(arm.logit_score)});
  write_table(std::cout, lines);
  std::cout
      << "\nstrays: share of synthetic rows whose nearest held-out row is of another class, by the columns as they "
         "are\nAP: average precision on held-out rows; \u00b1: deviation of one fold. Differences within it mean "
         "little\n";
  return 0;
}

}  // namespace
}  // namespace embedding_space

int main(int argc, char** argv) {
  using namespace embedding_space;
  return examples::status_of("embedding_space", [&] {
    const auto options = parse_command_line(argc, argv);
    return options ? run(*options) : 0;
  });
}
