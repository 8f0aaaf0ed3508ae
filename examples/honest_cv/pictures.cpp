// SPDX-License-Identifier: MIT
#include "pictures.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>
#include <vector>

#include <rebalance/evaluation/calibration.hpp>
#include <rebalance/evaluation/curves.hpp>

#include "../common/csv_record.hpp"
#include "../common/number_text.hpp"
#include "plot.hpp"
#include "report.hpp"

namespace honest_cv {

namespace {

constexpr double paper_width = 720;
constexpr Point panel_corner{84, 74};
constexpr double panel_width = 610;

std::string data_name(const Options& options) { return std::filesystem::path(options.csv).filename().string(); }

// ---- precision and recall ------------------------------------------------------------------------------

/// As average precision counts it: in steps. Between two thresholds there is nothing.
std::vector<Point> steps_of(const Predictions& predictions) {
  std::vector<Point> out;
  double recall = 0;
  for (const auto& point : rebalance::precision_recall_curve(predictions.y, predictions.raw, 1)) {
    out.push_back({recall, point.precision});
    out.push_back({recall = point.recall, point.precision});
  }
  return out;
}

/// An arm and how its curve is drawn.
struct Curve {
  std::size_t arm;
  Stroke stroke;
};

std::vector<Curve> curves_of(const Contest& contest) {
  std::vector<Curve> out{{contest.before, {.color = color::vermilion, .width = 2.5, .dash = "14 5"}},
                         {contest.before_real, {.color = color::orange, .width = 2.5, .dash = "10 3 2 3"}}};
  if (contest.torn) out.push_back({*contest.torn, {.color = color::sky, .width = 2.5, .dash = "7 3 2 3 2 3"}});
  out.push_back({contest.inside, {.color = color::blue, .width = 2.5}});
  out.push_back({contest.plain, {.color = color::black, .width = 1.8, .dash = "5 4"}});
  return out;
}

std::string curve_meaning(const Arm& arm) {
  const double precision = rebalance::average_precision(arm.predictions.y, arm.predictions.raw, 1);
  return arm.name + ": average precision " + score_text(precision) + (arm.honest ? "" : "  (wrong)");
}

// ---- reliability ---------------------------------------------------------------------------------------

constexpr Index reliability_bins = 10;

/// One set of probabilities of the same rows, and how it is drawn.
struct Forecast {
  const char* name;
  const std::vector<double>& p;
  Stroke stroke;
  Shape shape;
};

Key forecast_key(const Forecast& forecast, const std::vector<int>& y) {
  const auto error = rebalance::calibration_error(y, forecast.p, 1, reliability_bins);
  return {std::string(forecast.name) + ": calibration error " + score_text(error.ece) + " (chance alone: up to " +
              score_text(error.null_high) + ")",
          forecast.stroke,
          {forecast.shape, forecast.stroke.color, 5}};
}

void draw_forecast(Panel& panel, const Forecast& forecast, const std::vector<int>& y) {
  std::vector<Point> points;
  for (const auto& bin : rebalance::reliability(y, forecast.p, 1, reliability_bins))
    points.push_back({bin.mean_predicted, bin.observed});
  panel.line(points, forecast.stroke);
  for (const auto& point : points) panel.mark(point, {forecast.shape, forecast.stroke.color, 5});
}

constexpr int histogram_bins = 20;

std::vector<double> shares_of(const std::vector<double>& p) {
  std::vector<double> out(histogram_bins, 0);
  for (const double value : p)
    out[static_cast<std::size_t>(std::min<int>(histogram_bins - 1, static_cast<int>(value * histogram_bins)))] +=
        1 / static_cast<double>(p.size());
  return out;
}

/// Bars side by side, the first forecast to the left.
void draw_histogram(Panel& panel, const std::vector<Forecast>& forecasts) {
  constexpr double width = 1.0 / histogram_bins, gap = 0.1 * width;
  const double bar = (width - 2 * gap) / static_cast<double>(forecasts.size());
  for (std::size_t f = 0; f < forecasts.size(); ++f) {
    const auto shares = shares_of(forecasts[f].p);
    for (int b = 0; b < histogram_bins; ++b) {
      const double left = b * width + gap + bar * static_cast<double>(f);
      panel.bar(left, left + bar, shares[static_cast<std::size_t>(b)], forecasts[f].stroke.color, 1);
    }
  }
}

// ---- scatter -------------------------------------------------------------------------------------------

Eigen::ArrayXd column_of(const DataSet& data, Index column) { return data.X.col(column).array(); }

double correlation(const Eigen::ArrayXd& a, const Eigen::ArrayXd& b) {
  const Eigen::ArrayXd x = a - a.mean(), y = b - b.mean();
  const double scale = std::sqrt(x.square().sum() * y.square().sum());
  return scale > 0 ? (x * y).sum() / scale : 0;
}

/// The column that goes along with the class most, and the one that does so most beside it.
std::pair<Index, Index> most_telling(const DataSet& data) {
  const Eigen::ArrayXd y = Eigen::Map<const Eigen::ArrayXi>(data.y.data(), data.X.rows()).cast<double>();
  const auto best = [&](const auto& worth) {
    Index out = 0;
    for (Index j = 1; j < data.X.cols(); ++j)
      if (worth(j) > worth(out)) out = j;
    return out;
  };
  const auto telling = [&](Index j) { return std::abs(correlation(column_of(data, j), y)); };
  const Index first = best(telling);
  const Index second = best([&](Index j) {
    return j == first ? -1 : telling(j) * (1 - std::abs(correlation(column_of(data, j), column_of(data, first))));
  });
  return {first, second};
}

/// The two columns to draw: those asked for, or the most telling.
std::pair<Index, Index> drawn_columns(const DataSet& data, const Options& options) {
  if (options.columns.empty()) return most_telling(data);
  const auto number = [&](const std::string& name) {
    return std::find(data.columns.begin(), data.columns.end(), name) - data.columns.begin();
  };
  return {number(options.columns[0]), number(options.columns[1])};
}

/// Evenly chosen places where there are more than can be drawn.
std::vector<std::size_t> some_of(std::size_t size, std::size_t most) {
  std::vector<std::size_t> out;
  const std::size_t count = std::min(size, most);
  for (std::size_t i = 0; i < count; ++i) out.push_back(i * size / count);
  return out;
}

/// The rows of a resampled training part, in three kinds.
struct Rows {
  std::vector<rebalance::Origin> negative, positive, synthetic;
};

/// Synthetic rows that do not lie between two parents have a rule of their own and are left out.
Rows rows_of(const DataSet& data, const rebalance::Plan& plan) {
  Rows out;
  for (Index row = 0; row < plan.size(); ++row) {
    const auto& origin = plan[row];
    if (plan.rule(row)) continue;
    if (origin.synthetic()) out.synthetic.push_back(origin);
    else (data.y[static_cast<std::size_t>(origin.base)] == 1 ? out.positive : out.negative).push_back(origin);
  }
  return out;
}

/// Where rows lie in the plane of two columns.
struct Plane {
  const DataSet& data;
  Index across, upward;

  Point at(Index row) const { return {data.X(row, across), data.X(row, upward)}; }
  Point at(const rebalance::Origin& origin) const {
    const Point from = at(origin.base), to = at(origin.neighbor);
    return {from.x + origin.step * (to.x - from.x), from.y + origin.step * (to.y - from.y)};
  }
  Axis axis(Index column) const {
    const auto values = column_of(data, column);
    return axis_around({values.begin(), values.end()}, data.columns[static_cast<std::size_t>(column)]);
  }
};

/// Marks some of the rows, and says how many of how many.
Key draw_rows(Panel& panel, const Plane& plane, const std::vector<rebalance::Origin>& rows,
              const std::vector<std::size_t>& drawn, const std::string& name, const Marker& marker) {
  for (const std::size_t i : drawn) panel.mark(plane.at(rows[i]), marker);
  const std::string shown = drawn.size() < rows.size() ? std::to_string(drawn.size()) + " of " : "";
  return {name + ", " + shown + std::to_string(rows.size()), {.width = 0}, marker};
}

}  // namespace

std::string precision_recall_picture(const Options& options, const Contest& contest) {
  constexpr double height = 400;
  const auto curves = curves_of(contest);
  Svg paper(paper_width, panel_corner.y + height + 60 + key_height * static_cast<double>(curves.size() + 2) + 12);
  draw_title(paper, "What resampling before the split pretends",
             "Test rows of all folds together: " + data_name(options) + ", model " + options.model + ", sampler " +
                 options.sampler.name);
  Panel panel(paper, panel_corner, panel_width, height, {0, 1, "recall: share of positive rows that are found"},
              {0, 1, "precision: share of alerts that are right"});
  panel.draw_axes();

  std::vector<Key> keys;
  const auto draw_prevalence = [&](std::size_t arm, const char* name, const Stroke& stroke) {
    const double share = prevalence(contest.arms[arm].predictions.y);
    panel.line({{0, share}, {1, share}}, stroke);
    keys.push_back({std::string(name) + ": " + score_text(share), stroke});
  };
  for (const auto& curve : curves) {
    panel.line(steps_of(contest.arms[curve.arm].predictions), curve.stroke);
    keys.push_back({curve_meaning(contest.arms[curve.arm]), curve.stroke});
  }
  draw_prevalence(contest.inside, "share of positive rows in the data, the precision of guessing",
                  {.color = color::gray, .width = 2, .dash = "2 4"});
  draw_prevalence(contest.before, "the same after resampling, before the split  (wrong)",
                  {.color = color::vermilion, .width = 1.5, .dash = "2 4"});
  draw_keys(paper, {panel_corner.x - 40, panel_corner.y + height + 58}, keys);
  return paper.file();
}

std::string reliability_picture(const Options& options, const Contest& contest) {
  constexpr double height = 340, histogram_height = 90, between = 76;
  const Arm& arm = contest.arms[contest.inside];
  const auto& y = arm.predictions.y;
  const std::vector<Forecast> forecasts = {
      {"as the model says", arm.predictions.raw, {.color = color::vermilion, .width = 2, .dash = "7 4"}, Shape::square},
      {"corrected for the shares of classes",
       arm.predictions.corrected,
       {.color = color::blue, .width = 2},
       Shape::ring}};
  const Point histogram_corner{panel_corner.x, panel_corner.y + height + between};
  Svg paper(paper_width, histogram_corner.y + histogram_height + 60 + 3 * key_height + 12);
  draw_title(paper, "Resampling shifts probabilities, and the shift can be taken back",
             "Test rows of all folds together: " + data_name(options) + ", model " + options.model + ", " + arm.name);
  Panel panel(paper, panel_corner, panel_width, height, {0, 1, "predicted probability, mean of a tenth of the rows"},
              {0, 1, "share that was positive"});
  panel.draw_axes();
  const Stroke perfect{.color = color::gray, .width = 1.5, .dash = "2 4"};
  panel.line({{0, 0}, {1, 1}}, perfect);
  for (const auto& forecast : forecasts) draw_forecast(panel, forecast, y);

  Panel histogram(paper, histogram_corner, panel_width, histogram_height, {0, 1, "predicted probability"},
                  {0, 1, "share of rows"});
  histogram.draw_axes(2);
  draw_histogram(histogram, forecasts);
  std::vector<Key> keys;
  for (const auto& forecast : forecasts) keys.push_back(forecast_key(forecast, y));
  keys.push_back({"where predictions come true", perfect});
  draw_keys(paper, {panel_corner.x - 40, histogram_corner.y + histogram_height + 58}, keys);
  return paper.file();
}

std::string scatter_picture(const DataSet& data, const Options& options, const Contest& contest) {
  constexpr double height = 440;
  const auto [across, upward] = drawn_columns(data, options);
  const Plane plane{data, across, upward};
  const Rows rows = rows_of(data, contest.plan);
  Svg paper(paper_width, panel_corner.y + height + 60 + 4 * key_height + 12);
  draw_title(paper, "Where the new rows come from",
             "Training part of the first fold: " + data_name(options) + ", " + options.sampler.name);
  Panel panel(paper, panel_corner, panel_width, height, plane.axis(across), plane.axis(upward));
  panel.draw_axes();

  const Stroke segment{.color = color::sky, .width = 1, .opacity = 0.7};
  const auto synthetic = some_of(rows.synthetic.size(), 60);
  std::vector<Key> keys;
  keys.push_back(draw_rows(panel, plane, rows.negative, some_of(rows.negative.size(), 1500), "real, negative",
                           {Shape::dot, color::gray, 2.2, 0.6}));
  for (const std::size_t i : synthetic)
    panel.line({plane.at(rows.synthetic[i].base), plane.at(rows.synthetic[i].neighbor)}, segment);
  keys.push_back(draw_rows(panel, plane, rows.positive, some_of(rows.positive.size(), 500), "real, positive",
                           {Shape::ring, color::vermilion, 4}));
  keys.push_back(draw_rows(panel, plane, rows.synthetic, synthetic, "synthetic", {Shape::diamond, color::blue, 4}));
  keys.push_back({"from one parent of a synthetic row to the other", segment});
  draw_keys(paper, {panel_corner.x - 40, panel_corner.y + height + 58}, keys);
  return paper.file();
}

std::string scores_table(const DataSet& data, const Contest& contest) {
  std::string out = "row,fold,arm,positive,score,corrected\n";
  for (const auto& arm : contest.arms) {
    if (!arm.honest) continue;
    const Predictions& all = arm.predictions;
    for (std::size_t i = 0; i < all.rows.size(); ++i) {
      out +=
          std::to_string(data.rows[static_cast<std::size_t>(all.rows[i])]) + ',' + std::to_string(all.folds[i]) + ',';
      append_field(out, arm.name);
      out += ',' + std::to_string(all.y[i]) + ',';
      append_number(out, all.raw[i]);
      out += ',';
      append_number(out, all.corrected[i]);
      out += '\n';
    }
  }
  return out;
}

}  // namespace honest_cv
