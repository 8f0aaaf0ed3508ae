// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/evaluation/threshold.hpp>

#include "../common/message.hpp"
#include "../common/number_text.hpp"
#include "../common/text_table.hpp"
#include "plot.hpp"

namespace honest_cv {

namespace {

std::string with_deviation(const Average& average) {
  if (std::isnan(average.mean)) return "-";
  return score_text(average.mean) + " \u00b1" + score_text(average.deviation);
}

Line score_line(const Contest& contest, std::size_t number) {
  const Arm& arm = contest.arms[number];
  Line out{(arm.honest ? "  " : "! ") + arm.name};
  for (const auto score : {&Scores::average_precision, &Scores::f1, &Scores::mcc, &Scores::geometric_mean,
                           &Scores::brier, &Scores::corrected_brier})
    out.push_back(with_deviation(average(arm.folds, score)));
  out.push_back(arm.honest ? "" : "x " + decimal_text(inflation(contest, number), 1));
  return out;
}

Line threshold_line(const std::string& name, const rebalance::Threshold& chosen) {
  return {name, std::isinf(chosen.threshold) ? "none" : decimal_text(chosen.threshold, 4),
          score_text(chosen.precision()), score_text(chosen.recall()), decimal_text(chosen.alerts_per_1000(), 1)};
}

}  // namespace

Average average(const std::vector<Scores>& folds, double Scores::* score) {
  std::vector<double> values;
  for (const auto& fold : folds)
    if (!std::isnan(fold.*score)) values.push_back(fold.*score);
  return examples::average(values);
}

double prevalence(const std::vector<int>& y) {
  return std::accumulate(y.begin(), y.end(), 0.0) / static_cast<double>(y.size());
}

double inflation(const Contest& contest, std::size_t wrong) {
  const auto precision = [&](std::size_t arm) {
    return average(contest.arms[arm].folds, &Scores::average_precision).mean;
  };
  return precision(wrong) / precision(contest.inside);
}

void write_setting(std::ostream& out, const DataSet& data, const Options& options, const Contest& contest) {
  const auto positives = std::count(data.y.begin(), data.y.end(), 1);
  for (const auto& note : data.notes) out << "note: " << examples::on_one_line(note) << '\n';
  for (const auto& note : contest.plan.notes())
    out << "note: first fold, " << examples::on_one_line(note.sampler + ": " + note.text) << '\n';
  out << "data     " << examples::on_one_line(options.csv) << ": " << data.y.size() << " rows, " << data.columns.size()
      << " columns, " << positives << " of class " << examples::on_one_line(data.positive) << " ("
      << decimal_text(100 * prevalence(data.y), 2) << " %)\n";
  out << "model    " << options.model << '\n' << "sampler  " << examples::on_one_line(contest.sampler) << '\n';
  const char* way = options.group ? ", no group torn apart" : options.time ? ", each tested on what came later" : "";
  out << "folds    " << options.folds << way << ", repeated " << options.repeats
      << (options.repeats == 1 ? " time" : " times") << "\n\n";
}

void write_scores(std::ostream& out, const Contest& contest) {
  std::vector<Line> lines{{"  arm (!: wrong)", "AP", "F1", "MCC", "G-mean", "Brier raw", "corrected", "inflation"}};
  for (std::size_t number = 0; number < contest.arms.size(); ++number) lines.push_back(score_line(contest, number));
  write_table(out, lines);
  out << "AP: average precision. F1, MCC and G-mean at probability .5"
      << (contest.weights ? "" : ", or at the threshold chosen") << ". \u00b1: deviation of a fold.\n";
  const auto& folds = contest.arms[contest.plain].folds;
  const auto undefined =
      std::count_if(folds.begin(), folds.end(), [](const Scores& fold) { return std::isnan(fold.average_precision); });
  if (undefined > 0)
    out << "note: in " << undefined << " of " << folds.size()
        << " folds no test row is positive; they have no average precision and are left out of its mean\n";
}

void write_thresholds(std::ostream& out, const Contest& contest) {
  std::vector<Line> lines{{"  threshold on out-of-fold scores", "value", "precision", "recall", "alerts per 1000"}};
  for (const auto& arm : contest.arms) {
    const bool same_scores = &arm == &contest.arms[contest.weighted] && !contest.weights;  // as without resampling
    if (!arm.out_of_fold || same_scores) continue;
    lines.push_back({arm.name, "", "", "", ""});
    const auto& scores = *arm.out_of_fold;
    lines.push_back(threshold_line("  best F1", choose_threshold(scores, rebalance::best_f_beta(1))));
    lines.push_back(threshold_line("  best MCC", choose_threshold(scores, rebalance::best_mcc())));
    lines.push_back(threshold_line("  recall at least .8", choose_threshold(scores, rebalance::recall_at_least(0.8))));
    lines.push_back(threshold_line("  at most 50 alerts", choose_threshold(scores, rebalance::alerts_at_most(50))));
  }
  out << '\n';
  write_table(out, lines);
}

bool write_leaks(std::ostream& out, const Contest& contest) {
  bool clean = true;
  out << '\n';
  for (const auto& arm : contest.arms) {
    const Leaks& leaks = arm.leaks;
    if (leaks.reports == 0) continue;
    if (arm.honest) clean = clean && leaks.unsound == 0;
    out << "leakage report, " << arm.name << ": ";
    if (leaks.unsound > 0) {
      out << "leaks on " << leaks.unsound << " of " << leaks.reports << " folds; the first:\n" << leaks.first << '\n';
      continue;
    }
    out << "clean on " << leaks.reports << " of " << leaks.reports << " folds";
    if (leaks.equal + leaks.near > 0)
      out << ", but rows look alike:\n  " << leaks.equal << " test rows have the values of a training row and "
          << leaks.near << " nearly have them, over all folds; so it stands in the data";
    out << '\n';
  }
  return clean;
}

}  // namespace honest_cv
