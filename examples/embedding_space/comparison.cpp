// SPDX-License-Identifier: MIT
#include "comparison.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include <rebalance/core/column_scaling.hpp>
#include <rebalance/evaluation/curves.hpp>
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/model_selection/stratified_k_fold.hpp>
#include <rebalance/over_sampling/smote.hpp>

#include "../common/learner.hpp"
#include "../common/message.hpp"
#include "principal_components.hpp"

namespace embedding_space {

namespace {

using rebalance::Smote;
using rebalance::Standardize;
using Fold = rebalance::Fold<double, int>;

/// A space by its name, and the fold whose samplers search there.
struct Space {
  std::string name;
  std::function<Fold(const Fold&)> prepare;
};

std::vector<Space> spaces_to_try(const Options& options, Index columns) {
  std::vector<Space> out{{"columns as they are", [](const Fold& fold) { return fold; }},
                         {"standardized", [](const Fold& fold) { return fold.in_space(Standardize{}); }}};
  for (const Index components : options.components) {
    if (components > columns)
      throw WrongUsage("--components " + std::to_string(components) + ": there are only " + std::to_string(columns) +
                       " columns");
    const PrincipalComponents principal{components};
    const std::string name = std::to_string(components) + " principal components";
    out.push_back({name, [principal](const Fold& fold) { return fold.in_space(principal); }});
    out.push_back({name + ", standardized first",
                   [principal](const Fold& fold) { return fold.in_space(Standardize{}).in_space(principal); }});
  }
  return out;
}

/// The label of the nearest of some rows. The judges are rows that no space and no sampler has seen.
int label_of_nearest(const Eigen::RowVectorXd& row, const Matrix& judges, const std::vector<int>& labels) {
  Index nearest = 0;
  (judges.rowwise() - row).rowwise().squaredNorm().minCoeff(&nearest);
  return labels[static_cast<std::size_t>(nearest)];
}

template <class Training, class HeldOut>
double share_of_strays(const Training& train, const HeldOut& test) {
  double synthetic = 0, strays = 0;
  for (Index row = 0; row < train.plan.size(); ++row) {
    if (!train.plan[row].synthetic()) continue;
    ++synthetic;
    strays += label_of_nearest(train.X.row(row), test.X, test.y) != train.y[static_cast<std::size_t>(row)];
  }
  return strays / synthetic;
}

class Comparison {
 public:
  Comparison(const NumericSet& set, const Options& options)
      : options_(options), spaces_(spaces_to_try(options, set.X.cols())) {
    const rebalance::Execution how{.threads = options.threads};
    knn_ = nearest_neighbor_share(5, how);
    logit_ = logistic_regression(1);
    arms_.push_back({"no resampling", {}, {}, {}});
    for (const Space& space : spaces_) arms_.push_back({space.name, {}, {}, {}});
  }

  void add(const Fold& fold, std::uint64_t seed) {
    const auto test = fold.test();
    score(arms_[0], fold.train(), test);
    const Smote smote{.k_neighbors = options_.k_neighbors, .seed = seed};
    for (std::size_t i = 0; i < spaces_.size(); ++i) {
      const auto train = spaces_[i].prepare(fold).train(rebalance::Execution{.threads = options_.threads}, smote);
      arms_[i + 1].strays.push_back(share_of_strays(train, test));
      score(arms_[i + 1], train, test);
    }
  }

  std::vector<Arm> arms() && { return std::move(arms_); }

 private:
  template <class Training, class HeldOut>
  void score(Arm& arm, const Training& train, const HeldOut& test) const {
    const auto precision = [&](const Learner& learner) {
      return rebalance::average_precision(test.y, learner.fit(train.X, train.y, {})(test.X), 1);
    };
    arm.knn_score.push_back(precision(knn_));
    arm.logit_score.push_back(precision(logit_));
  }

  const Options& options_;
  std::vector<Space> spaces_;
  Learner knn_, logit_;
  std::vector<Arm> arms_;
};

}  // namespace

std::vector<Arm> compare_spaces(const NumericSet& set, const Options& options) {
  Comparison comparison(set, options);
  for (Index repeat = 0; repeat < options.repeats; ++repeat) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(repeat);
    for (const auto& fold :
         rebalance::Folds(set.X, set.y, rebalance::StratifiedKFold{.n_splits = options.folds, .seed = seed}))
      comparison.add(fold, seed);
  }
  return std::move(comparison).arms();
}

}  // namespace embedding_space
