#include "evidence/plot/clip.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sca::evidence {
namespace {

/// How far inside each of the square's four edges.
std::array<double, 4> insides(const Place& p) { return {p.x, 1 - p.x, p.y, 1 - p.y}; }

Place between(const Place& a, const Place& b, double share) {
  return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

std::optional<std::pair<Place, Place>> clipped_segment(const Place& a, const Place& b) {
  double enter = 0;
  double leave = 1;
  const auto from = insides(a);
  const auto to = insides(b);
  for (std::size_t edge = 0; edge < 4; ++edge) {
    if (from[edge] < 0 && to[edge] < 0) return std::nullopt;
    const double crossing = from[edge] / (from[edge] - to[edge]);
    if (from[edge] < 0) enter = std::max(enter, crossing);
    if (to[edge] < 0) leave = std::min(leave, crossing);
  }
  if (enter > leave) return std::nullopt;
  return std::pair{between(a, b, enter), between(a, b, leave)};
}

bool is_same(const Place& a, const Place& b) { return a.x == b.x && a.y == b.y; }

}  // namespace

std::vector<std::vector<Place>> clipped_line(const std::vector<Place>& line) {
  std::vector<std::vector<Place>> parts;
  if (line.size() == 1 && clipped_segment(line[0], line[0])) parts.push_back(line);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto segment = clipped_segment(line[i - 1], line[i]);
    if (!segment) continue;
    if (parts.empty() || !is_same(parts.back().back(), segment->first)) parts.push_back({segment->first});
    parts.back().push_back(segment->second);
  }
  return parts;
}

std::vector<Place> clipped_polygon(std::vector<Place> polygon) {
  for (std::size_t edge = 0; edge < 4; ++edge) {
    std::vector<Place> kept;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      const Place& a = polygon[i];
      const Place& b = polygon[(i + 1) % polygon.size()];
      const double from = insides(a)[edge];
      const double to = insides(b)[edge];
      if (from >= 0) kept.push_back(a);
      if ((from < 0) != (to < 0)) kept.push_back(between(a, b, from / (from - to)));
    }
    polygon = std::move(kept);
  }
  return polygon;
}

}  // namespace sca::evidence
