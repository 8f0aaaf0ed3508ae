// SPDX-License-Identifier: MIT
#include <opencv2/core.hpp>
#include <opencv2/ml.hpp>

#include "learner.hpp"

namespace honest_cv {

namespace {

/// The rows as OpenCV wants them: a matrix of its own, in single precision.
cv::Mat table_of(const Matrix& X) {
  cv::Mat out(static_cast<int>(X.rows()), static_cast<int>(X.cols()), CV_32F);
  Eigen::Map<rebalance::Matrix<float>>(out.ptr<float>(), X.rows(), X.cols()) = X.cast<float>();
  return out;
}

/// The trees take no weight for a single row, only one for each class: its share of all weight.
cv::Mat class_shares(const std::vector<int>& y, const std::vector<double>& weights) {
  double share[2] = {0, 0};
  for (std::size_t row = 0; row < y.size(); ++row) share[y[row]] += weights[row];
  return (cv::Mat_<double>(1, 2) << share[0] / (share[0] + share[1]), share[1] / (share[0] + share[1]));
}

std::vector<double> vote_share(const cv::ml::RTrees& trees, const Matrix& X) {
  cv::Mat votes;  // a row of class labels, then a row of votes for each row of X
  trees.getVotes(table_of(X), votes, 0);
  const int positive = votes.at<int>(0, 0) == 1 ? 0 : 1;
  std::vector<double> out;
  for (int row = 1; row < votes.rows; ++row)
    out.push_back(votes.at<int>(row, positive) / static_cast<double>(votes.at<int>(row, 0) + votes.at<int>(row, 1)));
  return out;
}

}  // namespace

Learner random_trees(std::uint64_t seed) {
  return {"rtrees", true,
          [seed](const Matrix& X, const std::vector<int>& y, const std::vector<double>& weights) -> Predictor {
            cv::setNumThreads(1);
            cv::setRNGSeed(static_cast<int>(seed & 0x7fffffff));
            const auto trees = cv::ml::RTrees::create();
            trees->setMaxDepth(25);  // the most it takes
            trees->setMinSampleCount(2);
            trees->setTermCriteria({cv::TermCriteria::MAX_ITER, 100, 0});
            if (!weights.empty()) trees->setPriors(class_shares(y, weights));
            trees->train(table_of(X), cv::ml::ROW_SAMPLE, cv::Mat(y, true));
            return [trees](const Matrix& rows) { return vote_share(*trees, rows); };
          }};
}

}  // namespace honest_cv
