// SPDX-License-Identifier: MIT
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "../support/catch.hpp"
#include "../support/sets.hpp"
#include "../support/splitters.hpp"

namespace cross_validate_test {

using namespace rebalance;
using splitters::EveryNth;

const Matrix<double> X = sets::features(sets::Kind::continuous, 120, 3);
const std::vector<int> y = sets::labels({90, 30});

/// The mean of each column of the positive class: the smallest of models.
const auto fit = [](const auto& train) {
  Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(train.X.cols());
  for (Index row = 0; row < train.X.rows(); ++row)
    if (train.y[static_cast<std::size_t>(row)] == 1) sum += train.X.row(row);
  return sum;
};
const auto score = [](const Eigen::RowVectorXd& model, const auto& test) { return (test.X * model.transpose()).sum(); };

TEST_CASE("cross-validation is the loop over the folds, written once", "[cross_validate]") {
  std::vector<double> expected;
  for (const auto& fold : Folds(X, y, EveryNth{4}))
    expected.push_back(score(fit(fold.train(Smote{.seed = 9})), fold.test()));
  CHECK(cross_validate(X, y, EveryNth{4}, Smote{.seed = 9}, fit, score) == expected);
  CHECK(cross_validate(Data(X, y), EveryNth{4}, Smote{.seed = 9}, fit, score) == expected);
  CHECK(cross_validate(Folds(X, y, EveryNth{4}), AnyResampler(Smote{.seed = 9}), fit, score) == expected);
}

TEST_CASE("any number of threads scores the same, in the order of the folds", "[cross_validate]") {
  const Folds folds = Folds(X, y, EveryNth{7}).transformed(Standardize{});
  const auto chain = Chain{Smote{.seed = 9}, TomekLinks{}};
  const auto one = cross_validate(folds, chain, fit, score);
  CHECK(one.size() == 7);
  for (const int threads : {2, 3, 8})
    CHECK(cross_validate(Execution{.threads = threads}, folds, chain, fit, score) == one);
  const auto backends =
      cross_validate(Execution{.threads = 2, .backend = Backend::brute_force}, folds, chain, fit, score);
  CHECK(backends == one);
}

TEST_CASE("the baseline keeps every training row", "[cross_validate]") {
  const auto rows = cross_validate(
      X, y, EveryNth{4}, NoResampling{}, [](const auto& train) { return train.X; },
      [](const Matrix<double>& train, const auto& test) { return train.rows() * 1000 + test.X.rows(); });
  CHECK(rows == std::vector<Index>(4, 90030));
  CHECK(Folds(X, y, EveryNth{4})[1].train(NoResampling{}).X == Folds(X, y, EveryNth{4})[1].train().X);
}

TEST_CASE("scores may be any value, and models need not be copied", "[cross_validate]") {
  const auto model = [](const auto& train) { return std::make_unique<Index>(train.X.rows()); };
  const auto big = cross_validate(Execution{.threads = 3}, X, y, EveryNth{4}, Smote{}, model,
                                  [](const std::unique_ptr<Index>& rows, const auto&) { return *rows > 100; });
  CHECK(big == std::vector<bool>(4, true));
  struct Kept {
    Index fold;
    std::vector<Index> rows;
  };
  const auto kept = cross_validate(X, y, EveryNth{4}, Smote{}, model,
                                   [](const auto&, const auto& test) { return Kept{test.fold, test.rows}; });
  CHECK(kept[3].fold == 3);
  CHECK(kept[3].rows.front() == 3);
}

TEST_CASE("progress is told fold by fold, and stops the call when it is asked to", "[cross_validate]") {
  std::vector<double> shares;
  const Execution told{.progress = [&](std::string_view what, double share) {
    CHECK(what == "cross-validating");
    shares.push_back(share);
    return true;
  }};
  cross_validate(told, X, y, EveryNth{4}, Smote{}, fit, score);
  CHECK(shares == std::vector<double>{0.25, 0.5, 0.75, 1});

  std::atomic<int> fitted{0};
  const Execution stopped{.progress = [](std::string_view, double share) { return share < 0.5; }};
  const auto counting = [&](const auto& train) {
    ++fitted;
    return fit(train);
  };
  CHECK_THROWS_AS(cross_validate(stopped, X, y, EveryNth{4}, Smote{}, counting, score), Cancelled);
  CHECK(fitted == 2);
}

TEST_CASE("the error of the lowest fold surfaces on any number of threads", "[cross_validate]") {
  for (const int threads : {1, 4}) {
    const auto fails = [](const auto& train) -> int {
      if (train.fold >= 1) throw std::runtime_error("fold " + std::to_string(train.fold));
      return 0;
    };
    CHECK_THROWS_WITH(cross_validate(Execution{.threads = threads}, X, y, EveryNth{4}, Smote{}, fails,
                                     [](int, const auto&) { return 0; }),
                      "fold 1");
  }
}

}  // namespace cross_validate_test
