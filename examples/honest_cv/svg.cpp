// SPDX-License-Identifier: MIT
#include "svg.hpp"

#include <cmath>
#include <cstdint>

#include <rebalance/core/utf8.hpp>

#include "../common/message.hpp"
#include "../common/number_text.hpp"

namespace honest_cv {

namespace {

/// To a hundredth of a pixel.
std::string pixels(double value) {
  std::string out;
  examples::append_number(out, std::round(value * 100) / 100 + 0.0);  // + 0.0: no minus zero
  return out;
}

std::string escaped(std::string_view words) {
  const std::string line = examples::on_one_line(words);  // XML allows no control characters
  std::string out;
  for (std::string_view rest = line; !rest.empty();) {
    const std::size_t size = rebalance::detail::utf8_length(rest);
    if (size == 0) out += '?';
    else if (rest[0] == '&') out += "&amp;";
    else if (rest[0] == '<') out += "&lt;";
    else if (rest[0] == '>') out += "&gt;";
    else out += rest.substr(0, size);
    rest.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

const char* name_of(Anchor anchor) {
  return anchor == Anchor::start ? "start" : anchor == Anchor::middle ? "middle" : "end";
}

}  // namespace

Svg::Svg(double width, double height) : width_(width), height_(height) {
  out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"";
  number("width", width);
  number("height", height);
  out_ += " viewBox=\"0 0 " + pixels(width) + ' ' + pixels(height) + "\" font-family=\"sans-serif\">\n";
  rectangle({0, 0}, width, height, "white");
}

void Svg::line(const std::vector<Point>& through, const Stroke& stroke) {
  out_ += "<polyline fill=\"none\" stroke-linejoin=\"round\" stroke=\"" + std::string(stroke.color) + '"';
  number("stroke-width", stroke.width);
  if (*stroke.dash) out_ += " stroke-dasharray=\"" + std::string(stroke.dash) + '"';
  if (stroke.opacity < 1) number("stroke-opacity", stroke.opacity);
  out_ += " points=\"";
  for (const auto& point : through) out_ += pixels(point.x) + ',' + pixels(point.y) + ' ';
  out_ += "\"/>\n";
}

void Svg::rectangle(Point corner, double width, double height, const char* fill, double opacity) {
  out_ += "<rect fill=\"" + std::string(fill) + '"';
  number("x", corner.x);
  number("y", corner.y);
  number("width", width);
  number("height", height);
  if (opacity < 1) number("fill-opacity", opacity);
  out_ += "/>\n";
}

void Svg::mark(Point at, const Marker& marker) {
  const double r = marker.size;
  if (marker.shape == Shape::dot || marker.shape == Shape::ring) {
    out_ += "<circle";
    number("cx", at.x);
    number("cy", at.y);
    number("r", r);
  } else {
    const bool tilted = marker.shape == Shape::diamond;
    const Point corners[] = {tilted ? Point{0, -r} : Point{-r, -r}, tilted ? Point{r, 0} : Point{r, -r},
                             tilted ? Point{0, r} : Point{r, r}, tilted ? Point{-r, 0} : Point{-r, r}};
    out_ += "<polygon points=\"";
    for (const auto& corner : corners) out_ += pixels(at.x + corner.x) + ',' + pixels(at.y + corner.y) + ' ';
    out_ += '"';
  }
  const std::string paint = marker.color;
  out_ += marker.shape == Shape::ring ? " fill=\"white\" stroke-width=\"1.6\" stroke=\"" + paint + '"'
                                      : " fill=\"" + paint + '"';
  if (marker.opacity < 1) number("opacity", marker.opacity);
  out_ += "/>\n";
}

void Svg::text(Point at, std::string_view words, double size, Anchor anchor) {
  out_ += "<text";
  number("x", at.x);
  number("y", at.y);
  number("font-size", size);
  out_ += " text-anchor=\"" + std::string(name_of(anchor)) + "\">" + escaped(words) + "</text>\n";
}

void Svg::upright_text(Point at, std::string_view words, double size) {
  out_ += "<text transform=\"translate(" + pixels(at.x) + ' ' + pixels(at.y) + ") rotate(-90)\"";
  number("font-size", size);
  out_ += " text-anchor=\"middle\">" + escaped(words) + "</text>\n";
}

void Svg::number(std::string_view attribute, double value) {
  out_ += ' ' + std::string(attribute) + "=\"" + pixels(value) + '"';
}

}  // namespace honest_cv
