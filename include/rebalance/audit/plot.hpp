// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <rebalance/audit/fidelity_report.hpp>
#include <rebalance/core/arithmetic.hpp>
#include <rebalance/core/error.hpp>
#include <rebalance/core/utf8.hpp>

namespace rebalance {
inline namespace REBALANCE_ABI {
namespace detail {

/// Any bytes as text of an HTML page or an attribute of it: what has a meaning there is escaped, control characters are
/// spaces, and what is not UTF-8 is replaced.
[[gnu::cold]] inline std::string escaped(std::string_view words) {
  std::string out;
  while (!words.empty()) {
    const std::size_t length = utf8_length(words);
    if (length == 0) out += "\xEF\xBF\xBD";  // the replacement character
    else if (words[0] == '&') out += "&amp;";
    else if (words[0] == '<') out += "&lt;";
    else if (words[0] == '>') out += "&gt;";
    else if (words[0] == '"') out += "&quot;";
    else if (words[0] == '\'') out += "&#39;";
    else if (static_cast<unsigned char>(words[0]) < 0x20 || words[0] == '\x7F') out += ' ';
    else out += words.substr(0, length);
    words.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

/// A place: in pixels from the upper left corner, or in the units of a plot.
struct PlotPoint {
  double x = 0, y = 0;
};

/// What a plot shows of each axis.
struct PlotRange {
  double least = 0, most = 1;
  /// Both ends of some values; of equal ones a unit around them.
  static PlotRange of(const std::vector<double>& values) {
    PlotRange out{values.front(), values.front()};
    for (const double value : values) {
      out.least = std::min(out.least, value);
      out.most = std::max(out.most, value);
    }
    if (out.least == out.most) {
      const double room = std::max(0.5, std::abs(out.least) * 1e-9);  // of a large value 0.5 is nothing
      return {out.least - room, out.most + room};
    }
    return out;
  }
  /// With room at both ends, so that no mark stands on the frame.
  PlotRange wider() const {
    const double room = (most - least) / 40;
    return {least - room, most + room};
  }
};

/// A plot as an SVG element of an HTML page: a frame with the ends of its axes named, and marks in their units. Looks
/// are left to the style sheet of the page: each mark names a class of it.
class Plot {
 public:
  /// `about` tells those who cannot see it what it shows.
  [[gnu::cold]] Plot(double width, double height, PlotRange x, PlotRange y, std::string_view about)
      : width_(width), height_(height), x_(x), y_(y) {
    out_ = text({"<svg viewBox=\"0 0 ", width, " ", height, "\" width=\"", width, "\" height=\"", height,
                 "\" role=\"img\" aria-label=\"", escaped(about), "\">\n"});
    out_ += text({"<rect class=\"frame\" x=\"", left, "\" y=\"", top, "\" width=\"", width - left - right,
                  "\" height=\"", height - top - bottom, "\"/>\n"});
  }

  /// Writes what stands at both ends of an axis.
  [[gnu::cold]] void name_ends_of_x() {
    label({left, height_ - 4}, "start", figure(x_.least));
    label({width_ - right, height_ - 4}, "end", figure(x_.most));
  }
  [[gnu::cold]] void name_ends_of_y() {
    label({left - 4, height_ - bottom}, "end", figure(y_.least));
    label({left - 4, top + 9}, "end", figure(y_.most));
  }

  [[gnu::cold]] void line(const std::vector<PlotPoint>& through, std::string_view look) {
    out_ += text({"<polyline class=\"", look, "\" points=\""});
    for (const PlotPoint& point : through) {
      const PlotPoint at = pixels(point);
      out_ += text({at.x, ",", at.y, " "});
    }
    out_ += "\"/>\n";
  }
  [[gnu::cold]] void dot(PlotPoint point, double radius, std::string_view look) {
    const PlotPoint at = pixels(point);
    out_ += text({"<circle class=\"", look, "\" cx=\"", at.x, "\" cy=\"", at.y, "\" r=\"", radius, "\"/>\n"});
  }
  /// A short level stroke.
  [[gnu::cold]] void dash(PlotPoint point, double length, std::string_view look) {
    const PlotPoint at = pixels(point);
    out_ += text({"<line class=\"", look, "\" x1=\"", at.x - length / 2, "\" y1=\"", at.y, "\" x2=\"",
                  at.x + length / 2, "\" y2=\"", at.y, "\"/>\n"});
  }

  std::string element() const { return out_ + "</svg>\n"; }

 private:
  static constexpr double left = 46, right = 6, top = 6, bottom = 18;

  /// To a tenth of a pixel; what lies beyond the plot is drawn at its edge.
  PlotPoint pixels(PlotPoint point) const {
    const auto part = [](double value, PlotRange range) {
      return std::clamp((value - range.least) / (range.most - range.least), 0.0, 1.0);
    };
    const auto tenth = [](double value) { return std::round(value * 10) / 10; };
    return {tenth(left + rounded((width_ - left - right) * part(point.x, x_))),
            tenth(height_ - bottom - rounded((height_ - top - bottom) * part(point.y, y_)))};
  }
  void label(PlotPoint at, std::string_view anchor, std::string_view words) {
    out_ += text({"<text x=\"", at.x, "\" y=\"", at.y, "\" text-anchor=\"", anchor, "\">", words, "</text>\n"});
  }

  double width_, height_;
  PlotRange x_, y_;
  std::string out_;
};

}  // namespace detail
}  // inline namespace
}  // namespace rebalance
