// SPDX-License-Identifier: MIT
//
// Rebuilds real rows of the rarer class from synthetic ones. SMOTE puts rows on the straight line between two real
// rows: three synthetic rows on one line give the line away, and where two such lines end and meet there is a real row.
// No model, no auxiliary data, no guessing.
//
// The idea is that of Ganev et al., "SMOTE and Mirrors: Exposing Privacy Leakage from Synthetic Minority Oversampling",
// arXiv 2510.15083 (their attacks are called DistinSMOTE and ReconSMOTE); the geometry here is our own and simpler.

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <rebalance/model_selection/folds.hpp>
#include <rebalance/model_selection/stratified_holdout.hpp>

#include "../common/command_line.hpp"
#include "../common/message.hpp"
#include "options.hpp"
#include "report.hpp"

namespace privacy_attack {
namespace {

/// The rows among these that are to be picked, copied.
template <class Pick>
Matrix rows_where(const Matrix& X, const Pick& pick) {
  std::vector<Index> rows;
  for (Index row = 0; row < X.rows(); ++row)
    if (pick(row)) rows.push_back(row);
  return X(rows, Eigen::all);
}

/// Half of the class is held out; everything else is trained on.
rebalance::Split half_of_class(const NumericSet& set, std::uint64_t seed) {
  const rebalance::Data data(set.X, set.y);
  rebalance::Split split = rebalance::StratifiedHoldout{.test_size = 0.5, .seed = seed}.split(data.facts())[0];
  const auto other = [&](Index row) { return set.y[static_cast<std::size_t>(row)] == 0; };
  std::copy_if(split.test.begin(), split.test.end(), std::back_inserter(split.train), other);
  std::erase_if(split.test, other);
  std::sort(split.train.begin(), split.train.end());
  return split;
}

template <class Fold, class Sampler>
Rows victims(const Fold& fold, const Sampler& sampler, bool single_precision) {
  const auto train = fold.train(sampler);
  const auto test = fold.test();
  const auto positive = [](const auto& side) {
    return [&side](Index row) { return side.y[static_cast<std::size_t>(row)] == 1; };
  };
  const auto real = fold.train();
  Rows out{rows_where(real.X, positive(real)), rows_where(test.X, positive(test)),
           rows_where(train.X, [&](Index row) { return positive(train)(row) && train.plan[row].synthetic(); }),
           std::numeric_limits<double>::epsilon()};
  if (single_precision) {
    out.synthetic = out.synthetic.template cast<float>().template cast<double>().eval();
    out.epsilon = std::numeric_limits<float>::epsilon();
  }
  if (out.training.rows() < 2 || out.synthetic.rows() < 3)
    throw Failure("half of the class has " + std::to_string(out.training.rows()) + " rows and the sampler made " +
                  std::to_string(out.synthetic.rows()) +
                  " of them; the attack needs 2 and 3: name the rarer class with --positive");
  return out;
}

int run(const Options& options) {
  const NumericSet set = read_numeric_set(options.set);
  const auto sampler = make_sampler(options.sampler);
  const rebalance::Folds folds(set.X, set.y, std::vector{half_of_class(set, options.seed)});
  const Rows rows = victims(folds[0], sampler, options.single_precision);

  std::cout << "data     " << on_one_line(options.set.csv) << ": class " << on_one_line(set.positive) << ", "
            << rows.training.rows() << " training rows, " << rows.held_out.rows() << " held out, " << set.X.cols()
            << " columns\n"
            << "sampler  " << on_one_line(sampler.describe()) << ": " << rows.synthetic.rows() << " synthetic rows"
            << (options.single_precision ? ", in single precision\n" : "\n");
  write_distances(std::cout, rows);
  write_detection(std::cout, rows);
  write_reconstruction(std::cout, rows);
  std::cout << "\nTreat synthetic rows as personal data. None of these figures, however low, shows that they are not:\n"
               "they are the success of one simple attack.\n";
  return 0;
}

}  // namespace
}  // namespace privacy_attack

int main(int argc, char** argv) {
  using namespace privacy_attack;
  return examples::status_of("privacy_attack", [&] {
    const auto options = parse_command_line(argc, argv);
    return options ? run(*options) : 0;
  });
}
