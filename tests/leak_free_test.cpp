// SPDX-License-Identifier: MIT
//
// Rooms together: whatever splitter and sampler, what Folds hands out is what the leakage report calls sound.

#include <string>
#include <utility>
#include <vector>

#include <rebalance/rebalance.hpp>

#include "support/catch.hpp"
#include "support/sets.hpp"

namespace leak_free_test {

using namespace rebalance;

const Matrix<double> X = sets::features(sets::Kind::continuous, 240, 4);
const std::vector<int> y = sets::labels({180, 60});

/// Eight rows to a patient, observed one after the other; a label is known two days later.
struct Grouped {
  std::vector<int> patient;
  std::vector<double> begin;
  std::vector<double> end;
};
const Grouped grouped = [] {
  Grouped out;
  for (int row = 0; row < 240; ++row) {
    out.patient.push_back(row * 7 % 30);
    out.begin.push_back(row);
    out.end.push_back(row + 2);
  }
  return out;
}();

const std::vector<AnyResampler> samplers{NoResampling{},
                                         Smote{.seed = 1},
                                         BorderlineSmote{.kind = 2, .seed = 1},
                                         Adasyn{.seed = 1},
                                         RandomOverSampler{.seed = 1, .shrinkage = 1.0},
                                         RandomUnderSampler{.seed = 1},
                                         TomekLinks{},
                                         SmoteEnn{.smote = {.seed = 1}},
                                         Chain{Smote{.strategy = ratio(0.6), .seed = 1}, TomekLinks{}}};

template <class S>
void check_sound(const Data<double, int>& data, const S& splitter, const LeakageRules& rules) {
  const Folds folds(data, splitter);
  for (const auto& fold : folds)
    for (const AnyResampler& sampler : samplers) {
      CAPTURE(splitter.describe(), fold.number(), sampler.describe());
      const auto report = leakage_report(data, fold.train(sampler).plan, fold.test_rows(), rules);
      INFO(report.text());
      CHECK(report.ok());
    }
}

TEST_CASE("no splitter and no sampler lets a row through", "[leak_free]") {
  const LeakageRules plain{.order = TimeOrder::any};
  const Data data(X, y);
  check_sound(data, KFold{.n_splits = 3, .seed = 1}, plain);
  check_sound(data, StratifiedKFold{.n_splits = 3}, plain);
  check_sound(data, RepeatedStratifiedKFold{.n_splits = 2, .n_repeats = 2, .seed = 1}, plain);
  check_sound(data, StratifiedHoldout{.seed = 1}, plain);
  const Data patients = Data(X, y).groups(grouped.patient);
  check_sound(patients, GroupKFold{.n_splits = 3}, plain);
  check_sound(patients, StratifiedGroupKFold{.n_splits = 3, .seed = 1}, plain);
  const Data days = Data(X, y).times(grouped.begin);
  check_sound(days, TimeSeriesSplit{.n_splits = 3, .gap = 5}, {.embargo = 4, .order = TimeOrder::forward});
  const Data labels = Data(X, y).times(grouped.begin, grouped.end);
  check_sound(labels, PurgedKFold{.n_splits = 3, .embargo = 5}, {.embargo = 5, .order = TimeOrder::purged});
}

TEST_CASE("a splitter that does not look at groups is found out, on every fold", "[leak_free]") {
  const Data data = Data(X, y).groups(grouped.patient);
  for (const auto& fold : Folds(data, StratifiedKFold{.n_splits = 5, .seed = 1})) {
    const auto report = leakage_report(data, fold.train(Smote{.seed = 1}).plan, fold.test_rows());
    CHECK_FALSE(report.ok());
    CHECK_FALSE(report.sound());
    CHECK(report.shared_groups > 0);
  }
}

TEST_CASE("inner folds leak neither to their outer test side nor among themselves", "[leak_free]") {
  const Data data = Data(X, y).groups(grouped.patient);
  const StratifiedGroupKFold outer{.n_splits = 3, .seed = 1};
  for (const auto& fold : Folds(data, outer))
    for (const auto& inner : fold.inner(StratifiedGroupKFold{.n_splits = 2, .seed = 2})) {
      const auto train = inner.train(Smote{.seed = 1});
      CHECK(leakage_report(data, train.plan, inner.test_rows()).ok());
      CHECK(leakage_report(data, train.plan, fold.test_rows()).ok());
    }
}

}  // namespace leak_free_test
