// SPDX-License-Identifier: MIT
#include "attack.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace privacy_attack {

namespace {

constexpr double least_angle = 1e-3;  // below it, two lines may as well be one
constexpr double most_blur = 1e-3;    // above it, where they meet is not known well enough

/// A synthetic row was made once, on one line. Long lines take their rows first: what is left for chance are few.
std::vector<Line> true_lines(std::vector<Line> lines, Index rows) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.rows.size() > b.rows.size(); });
  std::vector<bool> taken(static_cast<std::size_t>(rows), false);
  std::erase_if(lines, [&](const Line& line) {
    const auto is_taken = [&](Index row) { return taken[static_cast<std::size_t>(row)]; };
    if (std::ssize(line.rows) - std::count_if(line.rows.begin(), line.rows.end(), is_taken) < 3) return true;
    for (const Index row : line.rows) taken[static_cast<std::size_t>(row)] = true;
    return false;
  });
  return lines;
}

/// Where two lines meet, and how exactly that is known.
struct Meeting {
  Row place;
  double blur;
  std::size_t first, second;  // numbers of the lines
};

/// How far a line may be off at a distance from its begin.
double blur_at(const Line& line, double distance, double blur) {
  return blur * (1 + 2 * std::max(std::abs(distance), std::abs(distance - line.length)) / line.length);
}

bool is_inside(const Line& line, double distance, double slack) {
  return distance > slack && distance < line.length - slack;
}

/// The nearest points of two lines, if they are one point as far as can be told, and both lines have all their rows on
/// one side of it, as a real row must have the rows made from it.
std::optional<Meeting> meeting(const std::vector<Line>& lines, std::size_t first, std::size_t second, double blur) {
  const Line& a = lines[first];
  const Line& b = lines[second];
  const double cosine = a.direction.dot(b.direction);
  const double square_of_sine = (a.direction - cosine * b.direction).squaredNorm();
  if (square_of_sine < least_angle * least_angle) return {};
  const Row between = b.begin - a.begin;
  const double along_a = between.dot(a.direction), along_b = between.dot(b.direction);
  const double on_a = (along_a - cosine * along_b) / square_of_sine;
  const double on_b = (cosine * along_a - along_b) / square_of_sine;

  const Row place = a.begin + on_a * a.direction, other = b.begin + on_b * b.direction;
  const double off = blur_at(a, on_a, blur) + blur_at(b, on_b, blur);
  if ((place - other).squaredNorm() > off * off) return {};
  const double slack = off / std::sqrt(square_of_sine);
  if (slack > most_blur || is_inside(a, on_a, slack) || is_inside(b, on_b, slack)) return {};
  return Meeting{(place + other) / 2, slack, first, second};
}

std::vector<Meeting> all_meetings(const std::vector<Line>& lines, double blur) {
  std::vector<Meeting> out;
  for (std::size_t second = 1; second < lines.size(); ++second)
    for (std::size_t first = 0; first < second; ++first)
      if (auto found = meeting(lines, first, second, blur)) out.push_back(*std::move(found));
  return out;
}

/// A place, and all lines that meet there.
struct Crossing {
  Row place;
  double blur;
  std::set<std::size_t> lines;
};

/// Meetings in one place are one crossing. The most exact come first and say where it is.
std::vector<Crossing> crossings_of(std::vector<Meeting> meetings, Index columns) {
  std::stable_sort(meetings.begin(), meetings.end(),
                   [](const Meeting& a, const Meeting& b) { return a.blur < b.blur; });
  std::vector<Crossing> out;
  const Row axis = slanted_axis(columns);
  std::multimap<double, std::size_t> by_position;  // along the axis
  for (const Meeting& meeting : meetings) {
    const double position = meeting.place.dot(axis), reach = 2 * meeting.blur;
    std::size_t number = out.size();
    auto near = by_position.lower_bound(position - reach);
    for (; near != by_position.end() && near->first <= position + reach; ++near)
      if ((out[near->second].place - meeting.place).norm() <= meeting.blur + out[near->second].blur)
        number = near->second;
    if (number == out.size()) {
      by_position.emplace(position, number);
      out.push_back({meeting.place, meeting.blur, {}});
    }
    out[number].lines.insert({meeting.first, meeting.second});
  }
  return out;
}

}  // namespace

std::vector<bool> rows_between_others(const Matrix& X, double epsilon) {
  std::vector<bool> out(static_cast<std::size_t>(X.rows()), false);
  for (const Line& line : find_lines(places_of(X, epsilon)))
    for (std::size_t i = 1; i + 1 < line.rows.size(); ++i) out[static_cast<std::size_t>(line.rows[i])] = true;
  return out;
}

Rebuilt rebuild(const Matrix& synthetic, double epsilon) {
  const Places places = places_of(synthetic, epsilon);
  const std::vector<Line> lines = true_lines(find_lines(places), synthetic.rows());
  const auto spread = (places.rows.array() != 0).colwise().any().count();
  const std::size_t enough = spread > 2 ? 2 : 3;
  std::vector<Row> found;
  for (const Crossing& crossing : crossings_of(all_meetings(lines, places.blur), synthetic.cols()))
    if (crossing.lines.size() >= enough) found.push_back(crossing.place);

  Rebuilt out{static_cast<Index>(lines.size()), Matrix(static_cast<Index>(found.size()), synthetic.cols())};
  for (Index i = 0; i < out.rows.rows(); ++i)
    for (Index j = 0; j < out.rows.cols(); ++j) {
      const auto column = static_cast<std::size_t>(j);
      out.rows(i, j) =
          found[static_cast<std::size_t>(i)][j] * places.scaling.scale()[column] + places.scaling.shift()[column];
    }
  return out;
}

}  // namespace privacy_attack
