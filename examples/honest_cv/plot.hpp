// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "svg.hpp"

namespace honest_cv {

/// The values an axis shows, and what they are.
struct Axis {
  double low = 0, high = 1;
  std::string label;

  /// Round numbers that divide the axis into about so many parts.
  std::vector<double> ticks(int about) const;
};

/// From the smallest of the values to the largest, and a little more on both sides.
Axis axis_around(const std::vector<double>& values, std::string label);

/// A rectangle of the paper with two axes. What is drawn in it is told in their units.
class Panel {
 public:
  Panel(Svg& paper, Point corner, double width, double height, Axis x, Axis y);

  /// Grid, ticks and labels. `rows`: about how many ticks the upright axis has.
  void draw_axes(int rows = 5);
  void line(const std::vector<Point>& through, const Stroke& stroke);
  void mark(Point at, const Marker& marker);
  /// From the lower axis up to `top`.
  void bar(double from, double to, double top, const char* fill, double opacity);

 private:
  Point on_paper(Point at) const;

  Svg& paper_;
  Point corner_;
  double width_, height_;
  Axis x_, y_;
};

/// What a line or a marker means.
struct Key {
  std::string meaning;
  Stroke stroke{.width = 0};  ///< width 0: no line
  Marker marker{.size = 0};   ///< size 0: no marker
};

inline constexpr double key_height = 22;

/// The keys, one below the other. Stands outside the panels, so that it hides nothing.
void draw_keys(Svg& paper, Point corner, const std::vector<Key>& keys);

/// A large line and a small one below it.
void draw_title(Svg& paper, std::string_view title, std::string_view subtitle);

/// `.135`, the way tables of scores write it; `1.000`.
std::string score_text(double score);

}  // namespace honest_cv
