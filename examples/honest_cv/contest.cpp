// SPDX-License-Identifier: MIT
#include "contest.hpp"

#include <algorithm>
#include <utility>

#include <rebalance/core/resample.hpp>
#include <rebalance/evaluation/calibration.hpp>
#include <rebalance/evaluation/class_weights.hpp>
#include <rebalance/evaluation/confusion.hpp>
#include <rebalance/evaluation/curves.hpp>
#include <rebalance/evaluation/prior_shift.hpp>
#include <rebalance/evaluation/threshold.hpp>
#include <rebalance/model_selection/folds.hpp>
#include <rebalance/model_selection/leakage.hpp>
#include <rebalance/model_selection/stratified_group_k_fold.hpp>
#include <rebalance/model_selection/stratified_k_fold.hpp>
#include <rebalance/model_selection/time_series_split.hpp>
#include <rebalance/model_selection/transforms.hpp>

namespace honest_cv {

namespace {

using rebalance::AnyResampler;
using rebalance::Data;
using rebalance::Execution;
using rebalance::Folds;
using rebalance::LeakageReport;
using rebalance::PriorShift;
using rebalance::Standardize;
using rebalance::StratifiedGroupKFold;
using rebalance::StratifiedKFold;
using rebalance::TimeSeriesSplit;

/// What all arms share.
struct Setting {
  const DataSet& data;
  const Options& options;
  const Learner& learner;
  const Execution& how;
  Matrix scaled;  ///< the features, scaled by all rows: no honest arm may learn from them
};

// ---- scores -------------------------------------------------------------------------------------------

/// What one fitted model says of test rows.
struct Said {
  std::vector<double> raw;
  std::vector<double> corrected = {};  ///< empty: there is nothing to correct
  double threshold = 0.5;              ///< from which on a row is called positive
};

Scores scores_of(const std::vector<int>& y, const Said& said) {
  const auto at_threshold = rebalance::confusion(y, said.raw, 1, said.threshold);
  return {.average_precision = rebalance::average_precision(y, said.raw, 1),
          .f1 = at_threshold.f_beta(1),
          .mcc = at_threshold.mcc(),
          .geometric_mean = at_threshold.geometric_mean(),
          .brier = rebalance::brier_score(y, said.raw, 1),
          .corrected_brier = said.corrected.empty() ? none : rebalance::brier_score(y, said.corrected, 1)};
}

/// Which rows were tested, and what they are.
struct Tested {
  std::vector<Index> rows;
  std::vector<int> y;
  int fold = 0;
};

template <class HeldOut>
Tested tested(const HeldOut& test) {
  return {{test.rows.begin(), test.rows.end()}, {test.y.begin(), test.y.end()}, static_cast<int>(test.fold)};
}

/// Notes how an arm did on a test part.
void record(Arm& arm, const Tested& test, const Said& said, bool first_repeat) {
  arm.folds.push_back(scores_of(test.y, said));
  if (!first_repeat) return;
  auto& all = arm.predictions;
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(all.rows, test.rows);
  append(all.y, test.y);
  append(all.raw, said.raw);
  append(all.corrected, said.corrected.empty() ? said.raw : said.corrected);
  all.folds.resize(all.rows.size(), test.fold);
}

void record(Leaks& leaks, const LeakageReport& report) {
  ++leaks.reports;
  leaks.equal += std::ssize(report.equal) + std::ssize(report.equal_other_label);
  leaks.near += std::ssize(report.near);
  if (report.sound()) return;
  if (leaks.unsound++ == 0) leaks.first = report.text();
}

// ---- the arms -----------------------------------------------------------------------------------------

template <class Fold>
Said without_resampling(const Setting& setting, const Fold& fold) {
  const auto train = fold.train();
  return {setting.learner.fit(train.X, train.y, {})(fold.test().X)};
}

/// The model sees both classes with one weight, so its probabilities are those of a world where they are as frequent.
template <class Fold>
Said with_class_weights(const Setting& setting, const Fold& fold) {
  const auto train = fold.train();
  Said out{setting.learner.fit(train.X, train.y, rebalance::row_weights(train.y))(fold.test().X)};
  out.corrected = PriorShift({{0, 0.5}, {1, 0.5}}, rebalance::prior_of(train.y)).corrected(out.raw, 1);
  return out;
}

/// For models that take no weights: their scores as they are, cut where F1 is best among out-of-fold scores of the
/// training rows.
template <class Fold, class Splitter>
Said with_chosen_threshold(const Setting& setting, const Fold& fold, const Splitter& splitter) {
  rebalance::OutOfFold inner_scores(1);
  for (const auto& unscaled : fold.inner(splitter)) {
    const auto inner = unscaled.transformed(Standardize{});
    inner_scores.add(inner.test(), without_resampling(setting, inner).raw);
  }
  Said out = without_resampling(setting, fold);
  out.threshold = rebalance::choose_threshold(inner_scores, rebalance::best_f_beta(1)).threshold;
  return out;
}

template <class Training, class HeldOut>
Said resampled(const Setting& setting, const Training& train, const HeldOut& test) {
  Said out{setting.learner.fit(train.X, train.y, {})(test.X)};
  out.corrected = rebalance::prior_shift(train).corrected(out.raw, 1);
  return out;
}

/// Whether the rarer class can be raised to a quarter of the other in every training part, which may have some more of
/// it than the whole.
bool can_be_raised(const std::vector<int>& y) {
  const auto positives = std::count(y.begin(), y.end(), 1);
  const auto rarer = std::min(positives, std::ssize(y) - positives);
  return 5 * rarer < std::ssize(y) - rarer;
}

/// The sampler of one repeat. Samplers that draw, which are those with a seed, go to a quarter unless told otherwise:
/// it costs less calibration than balance, and little else.
AnyResampler sampler_of(const Setting& setting, std::uint64_t seed) {
  SamplerChoice choice = setting.options.sampler;
  const bool draws = has_option(choice.name, "seed") || has_option(choice.name, "smote.seed");
  if (draws && can_be_raised(setting.data.y)) set_default(choice, "strategy", "ratio=0.25");
  set_default(choice, "seed", std::to_string(seed));
  return make_sampler(choice);
}

/// X: the features of the set, as they are or scaled.
Data<double, int> data_of(const DataSet& set, const Matrix& X) {
  Data data(X, set.y);
  if (!set.groups.empty()) data.groups(set.groups);
  if (!set.times.empty()) data.times(set.times);
  return data;
}

/// What was said of the real rows alone; a plan tells which they are.
void keep_real_rows(Tested& test, Said& said, const rebalance::Plan& plan) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < test.rows.size(); ++i) {
    if (plan[test.rows[i]].synthetic()) continue;
    test.rows[kept] = plan[test.rows[i]].base;
    test.y[kept] = test.y[i];
    said.raw[kept++] = said.raw[i];
  }
  test.rows.resize(kept);
  test.y.resize(kept);
  said.raw.resize(kept);
}

// ---- the rounds ---------------------------------------------------------------------------------------

/// All arms over the folds of one repeat.
class Round {
 public:
  Round(const Setting& setting, int repeat, Contest& contest, const std::function<void()>& fold_done)
      : setting_(setting),
        first_(repeat == 0),
        seed_(setting.options.seed + static_cast<std::uint64_t>(repeat)),
        contest_(contest),
        fold_done_(fold_done),
        data_(data_of(setting.data, setting.data.X)),
        alike_(data_of(setting.data, setting.scaled)),
        sampler_(sampler_of(setting, seed_)) {}

  void hold() {
    const Index parts = setting_.options.folds;
    const StratifiedKFold by_row{.n_splits = parts, .seed = seed_};
    if (setting_.data.groups.empty() && setting_.data.times.empty()) honest_arms(by_row);
    if (!setting_.data.groups.empty()) honest_arms(StratifiedGroupKFold{.n_splits = parts, .seed = seed_});
    if (!setting_.data.times.empty()) honest_arms(TimeSeriesSplit{.n_splits = parts});
    if (contest_.torn) torn_groups(by_row);
    resampled_before(by_row);
  }

 private:
  template <class Splitter>
  void honest_arms(const Splitter& splitter) {
    for (const auto& unscaled : Folds(data_, splitter)) {
      const auto fold = unscaled.transformed(Standardize{});
      const auto test = fold.test();
      honest(contest_.plain, test, without_resampling(setting_, fold));
      honest(contest_.weighted, test,
             setting_.learner.takes_weights ? with_class_weights(setting_, fold)
                                            : with_chosen_threshold(setting_, fold, splitter));
      const auto train = fold.train(setting_.how, sampler_);
      honest(contest_.inside, test, resampled(setting_, train, test));
      report(contest_.inside, rebalance::leakage_report(setting_.how, alike_, train.plan, test.rows));
      if (contest_.plan.size() == 0) contest_.plan = train.plan;
      fold_done_();
    }
  }

  /// Wrong: rows of one group stand on both sides, though nothing is resampled before the split.
  void torn_groups(const StratifiedKFold& by_row) {
    for (const auto& unscaled : Folds(data_, by_row)) {
      const auto fold = unscaled.transformed(Standardize{});
      const auto train = fold.train(setting_.how, sampler_);
      const auto test = fold.test();
      record(arm(*contest_.torn), tested(test), resampled(setting_, train, test), first_);
      report(*contest_.torn, rebalance::leakage_report(setting_.how, alike_, train.plan, test.rows));
      fold_done_();
    }
  }

  /// Wrong: synthetic rows are tested, and others made from tested rows are trained on. Folds refuse what resample
  /// returned, so plain copies of it go in, as anybody's matrix would.
  void resampled_before(const StratifiedKFold& by_row) {
    const auto whole = rebalance::resample(setting_.how, Data(setting_.scaled, setting_.data.y), sampler_);
    const Matrix X = whole.X;
    const std::vector<int> y = whole.y;
    for (const auto& fold : Folds(X, y, by_row)) {
      const auto train = fold.train();
      const auto test = fold.test();
      Tested rows = tested(test);
      Said said{setting_.learner.fit(train.X, train.y, {})(test.X)};
      record(arm(contest_.before), rows, said, first_);
      report(contest_.before, rebalance::leakage_report(setting_.how, alike_, whole.plan, split_of(fold)));
      keep_real_rows(rows, said, whole.plan);
      record(arm(contest_.before_real), rows, said, first_);
      fold_done_();
    }
  }

  template <class HeldOut>
  void honest(std::size_t number, const HeldOut& test, const Said& said) {
    record(arm(number), tested(test), said, first_);
    if (!first_) return;
    if (!arm(number).out_of_fold) arm(number).out_of_fold.emplace(1);
    arm(number).out_of_fold->add(test, said.raw);
  }
  template <class Fold>
  static rebalance::Split split_of(const Fold& fold) {
    return {{fold.train_rows().begin(), fold.train_rows().end()}, {fold.test_rows().begin(), fold.test_rows().end()}};
  }
  void report(std::size_t number, const LeakageReport& found) { record(arm(number).leaks, found); }
  Arm& arm(std::size_t number) { return contest_.arms[number]; }

  const Setting& setting_;
  bool first_;
  std::uint64_t seed_;
  Contest& contest_;
  const std::function<void()>& fold_done_;
  Data<double, int> data_;
  Data<double, int> alike_;  // scaled, to tell which rows look alike
  AnyResampler sampler_;
};

/// The arms without results, in the order of the table.
Contest announced(const Setting& setting) {
  Contest out;
  const auto add = [&](std::string name, bool honest) {
    Arm& arm = out.arms.emplace_back();
    arm.name = std::move(name);
    arm.honest = honest;
    return out.arms.size() - 1;
  };
  const std::string& sampler = setting.options.sampler.name;
  out.plain = add("no resampling", true);
  out.weights = setting.learner.takes_weights;
  out.weighted = add(out.weights ? "class weights" : "threshold chosen in inner folds", true);
  out.inside = add(sampler + " inside the fold", true);
  if (!setting.data.groups.empty()) out.torn = add("the same, groups torn apart", false);
  out.before = add(sampler + " before the split", false);
  out.before_real = add("the same, real rows tested", false);
  out.sampler = sampler_of(setting, setting.options.seed).describe();
  return out;
}

}  // namespace

Contest hold_contest(const DataSet& data, const Options& options, const Learner& learner, const Execution& how,
                     const Progress& progress) {
  const Setting setting{data, options, learner, how, Standardize{}.fit(data.X)(data.X)};
  Contest contest = announced(setting);
  double done = 0;
  const double all = static_cast<double>(options.repeats) * options.folds * (contest.torn ? 3 : 2);
  const std::function<void()> fold_done = [&] { progress(++done / all); };
  for (int repeat = 0; repeat < options.repeats; ++repeat) Round(setting, repeat, contest, fold_done).hold();
  return contest;
}

}  // namespace honest_cv
