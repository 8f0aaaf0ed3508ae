// SPDX-License-Identifier: MIT
// A stranger's first program: cross-validates with resampling inside the folds, then keeps a plan.
#include <rebalance/core/resample.hpp>
#include <rebalance/evaluation/curves.hpp>
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/model_selection/stratified_k_fold.hpp>
#include <rebalance/neighbors/kd_tree.hpp>  // includes nanoflann, which this way has to find as well
#include <rebalance/over_sampling/random_over_sampler.hpp>

#include <iostream>
#include <string>
#include <vector>

using namespace rebalance;

int main() {
  Eigen::MatrixXd X(40, 2);  // ten ill patients with higher values than thirty healthy ones
  std::vector<std::string> y;
  for (Index i = 0; i < X.rows(); ++i) {
    y.push_back(i % 4 == 0 ? "ill" : "healthy");
    X.row(i) << (y.back() == "ill" ? 5 : 0) + i % 7 * 0.5, i % 5;
  }

  double precision = 0;
  for (const auto& fold : Folds(X, y, StratifiedKFold{.n_splits = 5, .seed = 7})) {
    const auto train = fold.train(RandomOverSampler{.seed = 42});
    const auto test = fold.test();
    const std::vector<double> score(test.X.col(0).begin(), test.X.col(0).end());
    precision += average_precision(test.y, score, "ill") / 5;
    if (train.y.size() != 48) return 1;  // eight ill and 24 healthy were there to train with
  }
  const Plan plan = make_plan(X, y, RandomOverSampler{.seed = 42});
  std::cout << "average precision " << precision << ", " << plan.size() << " rows\n";
  return precision > 0.99 && materialize(plan, X).rows() == 60 ? 0 : 1;
}
