// SPDX-License-Identifier: MIT
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "../common/xgboost_calls.hpp"
#include "learner.hpp"

namespace honest_cv {

namespace {

/// The rows as XGBoost wants them, in single precision.
class Table {
 public:
  explicit Table(const Matrix& X) {
    const rebalance::Matrix<float> single = X.cast<float>();
    DMatrixHandle handle = nullptr;
    check_xgboost(XGDMatrixCreateFromMat(single.data(), static_cast<bst_ulong>(X.rows()),
                                         static_cast<bst_ulong>(X.cols()), std::numeric_limits<float>::quiet_NaN(),
                                         &handle));
    handle_.reset(handle);
  }

  template <class T>
  void set(const char* field, const std::vector<T>& values) {
    const std::vector<float> single(values.begin(), values.end());
    check_xgboost(XGDMatrixSetFloatInfo(handle_.get(), field, single.data(), static_cast<bst_ulong>(single.size())));
  }
  DMatrixHandle handle() const { return handle_.get(); }

 private:
  MatrixHandle handle_;
};

class Booster {
 public:
  Booster(const Table& train, std::uint64_t seed) {
    const DMatrixHandle tables[] = {train.handle()};
    BoosterHandle handle = nullptr;
    check_xgboost(XGBoosterCreate(tables, 1, &handle));
    handle_.reset(handle);
    set("seed", std::to_string(seed));
    for (const auto& [name, value] :
         std::initializer_list<std::pair<const char*, const char*>>{{"objective", "binary:logistic"},
                                                                    {"eta", "0.1"},
                                                                    {"max_depth", "6"},
                                                                    {"tree_method", "hist"},
                                                                    {"nthread", "1"},
                                                                    {"verbosity", "0"}})
      set(name, value);
    for (int round = 0; round < 100; ++round) check_xgboost(XGBoosterUpdateOneIter(handle, round, train.handle()));
  }

  std::vector<double> probabilities(const Matrix& X) const {
    const Table table(X);
    bst_ulong size = 0;
    const float* values = nullptr;  // owned by the booster
    check_xgboost(XGBoosterPredict(handle_.get(), table.handle(), 0, 0, 0, &size, &values));
    return {values, values + size};
  }

 private:
  void set(const char* name, const std::string& value) {
    check_xgboost(XGBoosterSetParam(handle_.get(), name, value.c_str()));
  }

  ModelHandle handle_;
};

}  // namespace

Learner boosted_trees(std::uint64_t seed) {
  return {"xgb", true,
          [seed](const Matrix& X, const std::vector<int>& y, const std::vector<double>& weights) -> Predictor {
            Table train(X);
            train.set("label", y);
            if (!weights.empty()) train.set("weight", weights);
            const auto booster = std::make_shared<const Booster>(train, seed);
            return [booster](const Matrix& rows) { return booster->probabilities(rows); };
          }};
}

}  // namespace honest_cv
