// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace honest_cv {

/// A place on the paper, in pixels from the upper left corner; or in a plot, in units of its axes.
struct Point {
  double x = 0, y = 0;
};

/// The colors of Okabe and Ito, which the color-blind can tell apart too.
namespace color {
inline constexpr const char *black = "#000000", *orange = "#E69F00", *sky = "#56B4E9", *green = "#009E73",
                            *blue = "#0072B2", *vermilion = "#D55E00", *gray = "#999999", *pale = "#DDDDDD";
}

struct Stroke {
  const char* color = color::black;
  double width = 1;
  const char* dash = "";  ///< lengths of dashes and gaps, as in "6 4"; empty: a whole line
  double opacity = 1;
};

/// Shapes tell apart what colors may not.
enum class Shape { dot, ring, square, diamond };
struct Marker {
  Shape shape = Shape::dot;
  const char* color = color::black;
  double size = 3;  ///< from the middle to the edge
  double opacity = 1;
};

enum class Anchor { start, middle, end };

/// A picture as an SVG file: white paper, then one shape on the other.
class Svg {
 public:
  Svg(double width, double height);

  void line(const std::vector<Point>& through, const Stroke& stroke);
  void rectangle(Point corner, double width, double height, const char* fill, double opacity = 1);
  void mark(Point at, const Marker& marker);
  /// Any text: what XML does not allow is replaced.
  void text(Point at, std::string_view words, double size = 13, Anchor anchor = Anchor::start);
  /// The same, read from below.
  void upright_text(Point at, std::string_view words, double size = 13);

  double width() const { return width_; }
  double height() const { return height_; }
  /// The file.
  std::string file() const { return out_ + "</svg>\n"; }

 private:
  void number(std::string_view attribute, double value);

  double width_, height_;
  std::string out_;
};

}  // namespace honest_cv
