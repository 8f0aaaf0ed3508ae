// SPDX-License-Identifier: MIT
#include "plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "../common/number_text.hpp"

namespace honest_cv {

namespace {

constexpr double tick_size = 5;

/// With as many decimals as the distance of the ticks needs.
std::string tick_text(double value, double distance) {
  if (std::abs(value) < 1e6 && distance >= 1e-4)
    return examples::decimal_text(value, std::max(0, static_cast<int>(std::ceil(-std::log10(distance) - 1e-9))));
  char out[32];
  std::snprintf(out, sizeof out, "%.3g", value);
  return out;
}

}  // namespace

std::vector<double> Axis::ticks(int about) const {
  const double rough = (high - low) / about;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double distance = 10 * power;
  for (const double round : {5.0, 2.0, 1.0})
    if (round * power >= 0.999 * rough) distance = round * power;
  std::vector<double> out;
  for (double n = std::ceil(low / distance - 1e-9); n * distance <= high + 1e-9 * distance; ++n)
    out.push_back(n * distance + 0.0);
  return out;
}

Axis axis_around(const std::vector<double>& values, std::string label) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double margin = *high > *low ? 0.04 * (*high - *low) : std::max(1.0, std::abs(*low));
  return {*low - margin, *high + margin, std::move(label)};
}

Panel::Panel(Svg& paper, Point corner, double width, double height, Axis x, Axis y)
    : paper_(paper), corner_(corner), width_(width), height_(height), x_(std::move(x)), y_(std::move(y)) {}

void Panel::draw_axes(int rows) {
  const Stroke grid{.color = color::pale};
  const double left = corner_.x, bottom = corner_.y + height_;
  const auto across = x_.ticks(8), upward = y_.ticks(rows);
  for (const double tick : across) {
    const double x = on_paper({tick, y_.low}).x;
    paper_.line({{x, corner_.y}, {x, bottom}}, grid);
    paper_.line({{x, bottom}, {x, bottom + tick_size}}, {});
    const double distance = across.size() > 1 ? across[1] - across[0] : 1;
    paper_.text({x, bottom + tick_size + 14}, tick_text(tick, distance), 13, Anchor::middle);
  }
  for (const double tick : upward) {
    const double y = on_paper({x_.low, tick}).y;
    paper_.line({{left, y}, {left + width_, y}}, grid);
    paper_.line({{left - tick_size, y}, {left, y}}, {});
    const double distance = upward.size() > 1 ? upward[1] - upward[0] : 1;
    paper_.text({left - tick_size - 4, y + 4.5}, tick_text(tick, distance), 13, Anchor::end);
  }
  paper_.line({{left, corner_.y}, {left, bottom}, {left + width_, bottom}}, {});
  paper_.text({left + width_ / 2, bottom + 40}, x_.label, 14, Anchor::middle);
  paper_.upright_text({left - 52, corner_.y + height_ / 2}, y_.label, 14);
}

void Panel::line(const std::vector<Point>& through, const Stroke& stroke) {
  std::vector<Point> points;
  for (const auto& point : through) points.push_back(on_paper(point));
  paper_.line(points, stroke);
}

void Panel::mark(Point at, const Marker& marker) { paper_.mark(on_paper(at), marker); }

void Panel::bar(double from, double to, double top, const char* fill, double opacity) {
  const Point corner = on_paper({from, top}), opposite = on_paper({to, y_.low});
  paper_.rectangle(corner, opposite.x - corner.x, opposite.y - corner.y, fill, opacity);
}

Point Panel::on_paper(Point at) const {
  return {corner_.x + width_ * (at.x - x_.low) / (x_.high - x_.low),
          corner_.y + height_ * (y_.high - at.y) / (y_.high - y_.low)};
}

void draw_keys(Svg& paper, Point corner, const std::vector<Key>& keys) {
  constexpr double length = 34;
  double y = corner.y + key_height / 2;
  for (const auto& key : keys) {
    if (key.stroke.width > 0) paper.line({{corner.x, y}, {corner.x + length, y}}, key.stroke);
    if (key.marker.size > 0) paper.mark({corner.x + length / 2, y}, key.marker);
    paper.text({corner.x + length + 10, y + 4.5}, key.meaning, 13);
    y += key_height;
  }
}

void draw_title(Svg& paper, std::string_view title, std::string_view subtitle) {
  paper.text({20, 30}, title, 18);
  paper.text({20, 51}, subtitle, 13);
}

std::string score_text(double score) {
  const std::string text = examples::decimal_text(std::abs(score), 3);
  const std::string sign = score <= -0.0005 ? "-" : "";
  return sign + (text.starts_with("0.") ? text.substr(1) : text);
}

}  // namespace honest_cv
