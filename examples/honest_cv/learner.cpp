// SPDX-License-Identifier: MIT
#include "learner.hpp"

#include "../common/message.hpp"

namespace honest_cv {

#ifndef HONEST_CV_XGBOOST
Learner boosted_trees(std::uint64_t) {
  throw examples::Failure("this program was built without XGBoost; install libxgboost-dev and build it again");
}
#endif

#ifndef HONEST_CV_OPENCV
Learner random_trees(std::uint64_t) {
  throw examples::Failure("this program was built without OpenCV's trees; install libopencv-ml-dev and build it again");
}
#endif

Learner named_learner(std::string_view name, std::uint64_t seed, const rebalance::Execution& how) {
  if (name == "knn") return nearest_neighbor_share(5, how);
  if (name == "logit") return logistic_regression(1);
  if (name == "xgb") return boosted_trees(seed);
  if (name == "rtrees") return random_trees(seed);
  throw examples::WrongUsage("--model " + examples::in_quotes(name) + " is unknown; there are knn, logit, xgb, rtrees");
}

}  // namespace honest_cv
