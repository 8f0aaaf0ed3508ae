// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <rebalance/audit/fidelity_report.hpp>
#include <rebalance/audit/plot.hpp>
#include <rebalance/audit/two_samples.hpp>
#include <rebalance/core/classes.hpp>
#include <rebalance/core/digest.hpp>
#include <rebalance/core/matrix.hpp>
#include <rebalance/core/plan.hpp>
#include <rebalance/core/quantiles.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Rows of a class before and after.
struct PageCount {
  Label label;
  Index before = 0, after = 0;
};

/// The rows of a class that are drawn.
struct PageRows {
  Matrix<double> real, made, others;  ///< of the class, added to it, of other classes
  std::vector<Index> segments;        ///< rows of `made` that are drawn between their parents
  Matrix<double> bases, neighbors;    ///< these parents, one row each for each segment
};

/// Throws InvalidPlan where a report speaks of another plan or other data.
[[gnu::cold]] inline void require_report_of(const Fidelity& fidelity, const Plan& plan, const Classes& classes,
                                            Index columns) {
  std::vector<Label> present, told;
  for (std::uint32_t c = 0; c < classes.size(); ++c)
    if (classes.count(c) > 0) present.push_back(classes.label(c));
  for (const ClassFidelity& of_class : fidelity.classes) told.push_back(of_class.label);
  if (fidelity.plan_digest != digest(plan))
    throw InvalidPlan(
        "audit_page: the report is of another plan; give it what fidelity(data, plan) returned for this one");
  if (present != told || static_cast<Index>(fidelity.column_names.size()) != columns || fidelity.rows != classes.rows())
    throw InvalidPlan("audit_page: the report is of other data; give it what fidelity(data, plan) returned for these");
}

/// Above 1 if a figure is unusual: what is found over what is usual or, where little is bad, the other way round.
inline double quotient_of(double over, double under) {
  if (under > 0) return over / under;
  return over > 0 ? 1e9 : 0;
}

/// The columns, most unusual first.
[[gnu::cold]] inline std::vector<std::size_t> by_deviation(const std::vector<ColumnFidelity>& columns) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    double most = quotient_of(columns[j].variance.usual, columns[j].variance.found);
    for (const ColumnFigure& kind : column_figures)
      most = std::max(most, quotient_of((columns[j].*kind.figure).found, (columns[j].*kind.figure).usual));
    order.emplace_back(-most, j);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> out;
  for (const auto& [deviation, j] : order) out.push_back(j);
  return out;
}

[[gnu::cold]] inline std::vector<double> values_in(const Matrix<double>& rows, std::size_t column) {
  std::vector<double> out;
  for (Index row = 0; row < rows.rows(); ++row) out.push_back(rows(row, static_cast<Index>(column)));
  return out;
}

/// The page that `audit_page` returns, part by part. It says everything twice, in words or marks and in color.
class Page {
 public:
  [[gnu::cold]] Page(const std::string& title, const Fidelity& fidelity) : fidelity_(fidelity) {
    out_ =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
        escaped(title) + "</title>\n<style>\n" + style + "</style>\n</head>\n<body>\n";
    add("h1", escaped(title));
  }

  [[gnu::cold]] void counts(const std::vector<PageCount>& counts) {
    add("h2", "Rows");
    out_ +=
        "<table>\n<tr><th>class</th><th>before</th><th>after</th><th>of these new</th><th>share of new "
        "rows</th></tr>\n";
    for (const PageCount& count : counts) {
      Index synthetic = 0;
      for (const ClassFidelity& of_class : fidelity_.classes)
        if (of_class.label == count.label) synthetic = of_class.synthetic;
      const double share = count.after == 0 ? 0 : static_cast<double>(synthetic) / static_cast<double>(count.after);
      out_ += text({"<tr><th>", escaped(count.label.text), "</th>", cell(text({count.before})),
                    cell(text({count.after})), cell(text({synthetic})), cell(figure_percent(share)), "</tr>\n"});
    }
    out_ += "</table>\n";
  }

  [[gnu::cold]] void findings() {
    add("h2", "What is unusual");
    const auto findings = fidelity_.findings();
    if (findings.empty()) add("p", "Nothing: every figure is one that sets drawn from the real rows have too.");
    else list(findings);
    add("p",
        text(
            {"Usual is what real rows are beside real rows: of ", fidelity_.repetitions,
             " sets drawn from the real rows of the class, as large as that of the new ones, 95 in 100 are within. For "
             "figures of columns the worst column of each set counts, so that many columns raise no more alarms than "
             "one. Of a dozen kinds of figure some is a little above in "
             "about one of four clean classes. "
             "Nothing here speaks of privacy: treat new rows as the personal data they are made of."}));
  }

  [[gnu::cold]] void class_section(const ClassFidelity& of_class, const PageRows& rows, Index most_curves) {
    add("h2", "Class " + escaped(of_class.label.text));
    add("p", rows_compared(of_class) + ".");
    class_table(of_class);
    column_table(of_class);
    add("h3", "Ratio of variances");
    ratios(of_class);
    const auto order = by_deviation(of_class.columns);
    add("h3", "Distribution functions");
    curves(of_class, rows, order, most_curves);
    segments(of_class, rows, order);
  }

  [[gnu::cold]] void notes(const std::vector<Note>& notes) {
    add("h2", "Notes of the plan");
    std::vector<std::string> lines;
    for (const Note& note : notes)
      lines.push_back(note.sampler + (note.label.text.empty() ? "" : ", class " + note.label.text) + ": " + note.text);
    if (lines.empty()) add("p", "None.");
    else list(lines);
  }

  std::string file() && { return std::move(out_) + "</body>\n</html>\n"; }

 private:
  static constexpr const char* style =
      "body{font:15px/1.45 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 "
      "1rem}\n"
      "h1{font-size:1.6rem}h2{margin-top:2.2rem;border-bottom:1px solid #ccc}\n"
      "table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}\n"
      "th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #e5e5e5}\n"
      "th:first-child{text-align:left;overflow-wrap:anywhere}tr.usual{color:#555}\n"
      "td.unusual{font-weight:bold;background:#fdeee4}\n"
      "figure{display:inline-block;margin:.4rem .5rem .8rem 0;vertical-align:top}\n"
      "figcaption{font-size:.82rem;color:#333;overflow-wrap:anywhere}figure.small{width:222px}\n"
      "svg{background:#fff}svg text{font:10px sans-serif;fill:#555}.frame{fill:none;stroke:#bbb}\n"
      "polyline{fill:none;stroke-width:1.6}.real{stroke:#0072B2}.new{stroke:#D55E00;stroke-dasharray:5 3}\n"
      ".bound{stroke:#999;stroke-width:1;stroke-dasharray:2 "
      "3}.law{stroke:#000;stroke-width:1.4}.way{stroke:#ccc;stroke-width:1}\n"
      "circle.real{fill:#fff}circle.new{fill:#D55E00;stroke:none}circle.other{fill:#ddd}\n"
      "@media print{body{margin:0;max-width:none}figure,tr{break-inside:avoid}td.unusual{print-color-adjust:exact}}\n";

  static constexpr const char *more = "&#9650;&#8201;", *less = "&#9660;&#8201;";  // triangles up and down

  void add(std::string_view tag, std::string_view content) { out_ += text({"<", tag, ">", content, "</", tag, ">\n"}); }
  static std::string cell(std::string_view content) { return text({"<td>", content, "</td>"}); }
  /// A figure in a table; an unusual one is marked.
  static std::string cell(const std::string& content, bool unusual, const char* mark = more) {
    return unusual ? text({"<td class=\"unusual\" title=\"unusual\">", mark, content, "</td>"}) : cell(content);
  }
  [[gnu::cold]] void list(const std::vector<std::string>& lines) {
    out_ += "<ul>\n";
    for (const std::string& line : lines) add("li", escaped(line));
    out_ += "</ul>\n";
  }
  [[gnu::cold]] void picture(const Plot& plot, std::string_view caption, std::string_view look = "") {
    out_ +=
        text({"<figure class=\"", look, "\">\n", plot.element(), "<figcaption>", caption, "</figcaption></figure>\n"});
  }

  static std::string written_law(const ComparedVariance& variance) {
    return variance.by_law ? figure(*variance.by_law) : "&ndash;";
  }

  [[gnu::cold]] void class_table(const ClassFidelity& of_class) {
    out_ += "<table>\n<tr><th>new rows beside real ones</th><th>found</th><th>usual</th></tr>\n";
    const ComparedVariance& mean = of_class.mean_variance;
    out_ += text({"<tr><th>mean ratio of variances (", written_law(mean), " by law)</th>",
                  cell(figure(mean.found), mean.unusual(), less), cell("at least " + figure(mean.usual)), "</tr>\n"});
    for (const ClassFigure& kind : class_figures) {
      const Compared& value = of_class.*kind.figure;
      const bool share = kind.finding != nullptr;
      out_ += text({"<tr><th>", kind.name, "</th>", cell(written_figure(value.found, share), value.unusual()),
                    cell("up to " + written_figure(value.usual, share)), "</tr>\n"});
    }
    out_ += "</table>\n";
  }

  [[gnu::cold]] void column_table(const ClassFidelity& of_class) {
    const ColumnFidelity& first = of_class.columns[0];
    out_ +=
        "<table>\n<tr><th>column</th><th>Kolmogorov-Smirnov</th><th>Wasserstein, sd</th><th>mean shift, sd</th>"
        "<th>outside real range</th><th>values no real row has</th><th>ratio of variances</th><th>by law</th></tr>\n";
    out_ += text({"<tr class=\"usual\"><th>usual up to</th>", cell(figure(first.kolmogorov_smirnov.usual)),
                  cell(figure(first.wasserstein.usual)), cell(figure(first.mean_shift.usual)),
                  cell(figure_percent(first.outside.usual)), cell("(in each column)"),
                  cell("at least " + figure(first.variance.usual)), cell(""), "</tr>\n"});
    for (std::size_t j = 0; j < of_class.columns.size(); ++j) {
      const ColumnFidelity& column = of_class.columns[j];
      out_ += text({"<tr><th>", escaped(fidelity_.column_names[j]), "</th>"});
      for (const ColumnFigure& kind : column_figures) {
        const Compared& value = column.*kind.figure;
        std::string words = written_figure(value.found, kind.share);
        if (kind.figure == &ColumnFidelity::unknown) words += " (" + figure_percent(value.usual) + ")";
        out_ += cell(words, value.unusual());
      }
      out_ += text({cell(figure(column.variance.found), column.variance.unusual(), less),
                    cell(written_law(column.variance)), "</tr>\n"});
    }
    out_ += "</table>\n";
  }

  /// All columns from left to right.
  [[gnu::cold]] void ratios(const ClassFidelity& of_class) {
    constexpr double top = 1.5;
    const auto last = static_cast<double>(of_class.columns.size());
    Plot plot(900, 190, {0, last + 1}, {0, top}, "Ratio of variances of each column, and by the law of interpolation");
    plot.line({{0, 1}, {last + 1, 1}}, "bound");
    const double usual = of_class.columns[0].variance.usual;
    plot.line({{0, usual}, {last + 1, usual}}, "bound");
    for (std::size_t j = 0; j < of_class.columns.size(); ++j) {
      const ColumnFidelity& column = of_class.columns[j];
      const double x = static_cast<double>(j) + 1;
      if (column.variance.by_law) plot.dash({x, *column.variance.by_law}, 9, "law");
      plot.dot({x, column.variance.found}, 2.6, column.variance.unusual() ? "new" : "real");
    }
    plot.name_ends_of_y();
    picture(
        plot,
        text({"New to real variance of every column in the order of the table, from left to right. Black strokes: by "
              "the law of interpolation. Dotted lines: 1, and what is usual at least, ",
              figure(usual), "; full dots lie below it. Above ", top, " dots stand at the edge."}));
  }

  [[gnu::cold]] void curves(const ClassFidelity& of_class, const PageRows& rows, const std::vector<std::size_t>& order,
                            Index most) {
    const std::size_t drawn = std::min(order.size(), static_cast<std::size_t>(most));
    add("p", text({"Share of rows below each value: <svg width=\"30\" height=\"10\"><polyline class=\"real\" "
                   "points=\"0,5 30,5\"/>"
                   "</svg> real, <svg width=\"30\" height=\"10\"><polyline class=\"new\" points=\"0,5 30,5\"/></svg> "
                   "new. Drawn are ",
                   drawn, " of ", order.size(), " columns, most unusual first."}));
    for (std::size_t i = 0; i < drawn; ++i) {
      const std::size_t j = order[i];
      auto real = values_in(rows.real, j), made = values_in(rows.made, j);
      std::vector<double> all = real;
      all.insert(all.end(), made.begin(), made.end());
      Plot plot(222, 140, PlotRange::of(all), {0, 1}, "Distribution functions of real and new rows");
      plot.line(distribution(std::move(real)), "real");
      plot.line(distribution(std::move(made)), "new");
      plot.name_ends_of_x();
      plot.name_ends_of_y();
      const ColumnFidelity& column = of_class.columns[j];
      picture(plot,
              text({"<b>", escaped(fidelity_.column_names[j]), "</b><br>distance ",
                    figure(column.kolmogorov_smirnov.found), ", variance ", figure(column.variance.found)}),
              "small");
    }
  }

  /// A distribution function in at most a hundred steps.
  [[gnu::cold]] static std::vector<PlotPoint> distribution(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    std::vector<PlotPoint> out;
    const std::size_t n = values.size(), steps = std::min<std::size_t>(n, 100);
    for (std::size_t i = 0; i < steps; ++i) {
      const double value = values[i * n / steps];
      out.push_back({value, static_cast<double>(i) / static_cast<double>(steps)});
      out.push_back({value, static_cast<double>(i + 1) / static_cast<double>(steps)});
    }
    out.push_back({values.back(), 1});
    return out;
  }

  /// The most unusual column and, of the others, the one least like it.
  [[gnu::cold]] void segments(const ClassFidelity& of_class, const PageRows& rows,
                              const std::vector<std::size_t>& order) {
    const auto varies = [&](std::size_t j) { return moments(values_in(rows.real, j)).deviation > 0; };
    const auto first = std::find_if(order.begin(), order.end(), varies);
    if (first == order.end()) return;
    const std::vector<double> real_x = values_in(rows.real, *first);
    std::size_t second = *first;
    double least = 2;
    for (std::size_t j = 0; j < order.size(); ++j) {
      const double like = std::abs(correlation(real_x, values_in(rows.real, j)));
      if (j != *first && like < least) least = like, second = j;  // a constant column has none: NaN is not less
    }
    if (second == *first) return;
    add("h3", "New rows between their parents");
    draw_segments(of_class, rows, *first, second);
  }

  [[gnu::cold]] void draw_segments(const ClassFidelity& of_class, const PageRows& rows, std::size_t column_x,
                                   std::size_t column_y) {
    const auto at = [&](const Matrix<double>& from, Index row) {
      return PlotPoint{from(row, static_cast<Index>(column_x)), from(row, static_cast<Index>(column_y))};
    };
    const auto range = [&](std::size_t column) {
      auto values = values_in(rows.real, column);
      for (const Matrix<double>* others : {&rows.made, &rows.bases, &rows.neighbors})
        for (const double value : values_in(*others, column)) values.push_back(value);
      return PlotRange::of(values).wider();
    };
    const PlotRange range_x = range(column_x), range_y = range(column_y);
    Plot plot(900, 480, range_x, range_y, "New rows between their parents, real rows, and rows of other classes");
    const auto in_sight = [&](PlotPoint point) {
      return point.x >= range_x.least && point.x <= range_x.most && point.y >= range_y.least && point.y <= range_y.most;
    };
    for (Index row = 0; row < rows.others.rows(); ++row)
      if (in_sight(at(rows.others, row))) plot.dot(at(rows.others, row), 2.5, "other");
    for (Index i = 0; i < rows.bases.rows(); ++i) plot.line({at(rows.bases, i), at(rows.neighbors, i)}, "way");
    const Index real_step = std::max<Index>(1, rows.real.rows() / 400);
    Index real_drawn = 0;
    for (Index row = 0; row < rows.real.rows(); row += real_step, ++real_drawn) plot.dot(at(rows.real, row), 3, "real");
    for (const Index row : rows.segments) plot.dot(at(rows.made, row), 2.6, "new");
    plot.name_ends_of_x();
    plot.name_ends_of_y();
    picture(plot,
            text({"<b>", escaped(fidelity_.column_names[column_x]), "</b> to the right, <b>",
                  escaped(fidelity_.column_names[column_y]),
                  "</b> up: the most unusual column and the one least correlated "
                  "with it. Full dots: ",
                  rows.segments.size(), " of ", of_class.synthetic,
                  " new rows, on the way from base to neighbor; rings: ", real_drawn, " of ", of_class.real,
                  " real rows; pale dots: rows of other classes in sight, of ", rows.others.rows(), " looked at."}));
  }

  const Fidelity& fidelity_;
  std::string out_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
