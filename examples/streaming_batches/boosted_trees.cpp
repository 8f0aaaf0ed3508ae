// SPDX-License-Identifier: MIT
#include "models.hpp"

#ifdef STREAMING_BATCHES_XGBOOST

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "../common/xgboost_calls.hpp"

namespace streaming_batches {

namespace {

/// What XGBoost's callbacks are given: it asks for a batch, and this puts one where it looks.
class Feed {
 public:
  explicit Feed(Batches& batches) : batches_(batches) {
    DMatrixHandle handle = nullptr;
    check_xgboost(XGProxyDMatrixCreate(&handle));
    proxy_.reset(handle);
  }

  /// XGBoost's own representation of all rows: a bin number for each value.
  MatrixHandle quantized(int threads) {
    const std::string config = "{\"missing\": NaN, \"nthread\": " + std::to_string(threads) + ", \"max_bin\": 256}";
    DMatrixHandle handle = nullptr;
    const int status = XGQuantileDMatrixCreateFromCallback(this, proxy_.get(), nullptr, &Feed::restart, &Feed::next,
                                                           config.c_str(), &handle);
    MatrixHandle out(handle);
    if (error_) std::rethrow_exception(error_);
    check_xgboost(status);
    return out;
  }

  Taken taken() const { return taken_; }

 private:
  static void restart(DataIterHandle self) {
    Feed& feed = *static_cast<Feed*>(self);
    feed.batches_.restart();
    feed.rows_ = feed.count_ = 0;
  }
  /// No exception may pass through XGBoost: it is kept, and the stream ends.
  static int next(DataIterHandle self) {
    Feed& feed = *static_cast<Feed*>(self);
    try {
      return feed.put_next();
    } catch (...) {
      feed.error_ = std::current_exception();
      return 0;
    }
  }

  bool put_next() {
    if (!batches_.next()) {
      taken_ = {rows_, count_, taken_.passes + 1};
      return false;
    }
    const auto& X = batches_.rows();
    const std::string array = "{\"data\": [" + std::to_string(reinterpret_cast<std::uintptr_t>(X.data())) +
                              ", true], \"shape\": [" + std::to_string(X.rows()) + ", " + std::to_string(X.cols()) +
                              "], \"typestr\": \"<f4\", \"version\": 3}";
    check_xgboost(XGProxyDMatrixSetDataDense(proxy_.get(), array.c_str()));
    labels_.assign(batches_.labels().begin(), batches_.labels().end());
    check_xgboost(XGDMatrixSetFloatInfo(proxy_.get(), "label", labels_.data(), static_cast<bst_ulong>(labels_.size())));
    rows_ += X.rows();
    ++count_;
    return true;
  }

  Batches& batches_;
  MatrixHandle proxy_;
  std::vector<float> labels_;
  Index rows_ = 0, count_ = 0;  // of this pass, and its batches
  Taken taken_;
  std::exception_ptr error_;
};

/// Trains, and returns what XGBoost says of the last round.
std::string train(const MatrixHandle& rows, const Options& options) {
  const DMatrixHandle tables[] = {rows.get()};
  BoosterHandle booster = nullptr;
  check_xgboost(XGBoosterCreate(tables, 1, &booster));
  const ModelHandle owner(booster);
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, std::string>>{{"objective", "binary:logistic"},
                                                                  {"eval_metric", "logloss"},
                                                                  {"eta", "0.3"},
                                                                  {"max_depth", "6"},
                                                                  {"tree_method", "hist"},
                                                                  {"max_bin", "256"},
                                                                  {"seed", std::to_string(options.seed)},
                                                                  {"nthread", std::to_string(options.threads)},
                                                                  {"verbosity", "0"}})
    check_xgboost(XGBoosterSetParam(booster, name, value.c_str()));
  const int rounds = 20;
  for (int round = 0; round < rounds; ++round) check_xgboost(XGBoosterUpdateOneIter(booster, round, rows.get()));
  DMatrixHandle sets[] = {rows.get()};
  const char* names[] = {"train"};
  const char* said = nullptr;  // owned by the booster
  check_xgboost(XGBoosterEvalOneIter(booster, rounds, sets, names, 1, &said));
  return said;
}

}  // namespace

Taken fit_boosted_trees(Batches& batches, const Options& options, std::ostream& out) {
  Feed feed(batches);
  const MatrixHandle rows = feed.quantized(options.threads);
  out << "rounds " << train(rows, options) << '\n';
  return feed.taken();
}

}  // namespace streaming_batches

#else

#include "../common/message.hpp"

namespace streaming_batches {

Taken fit_boosted_trees(Batches&, const Options&, std::ostream&) {
  throw Failure("this program was built without XGBoost; install libxgboost-dev and build it again");
}

}  // namespace streaming_batches

#endif
