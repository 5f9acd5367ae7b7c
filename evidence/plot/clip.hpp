#pragma once

#include <vector>

namespace sca::evidence {

/// A place in a panel: the plot is the unit square.
struct Place {
  double x = 0;
  double y = 0;
};

/// The parts of a line within the unit square, in order.
std::vector<std::vector<Place>> clipped_line(const std::vector<Place>& line);

/// The part of a polygon within it; empty if none.
std::vector<Place> clipped_polygon(std::vector<Place> polygon);

}  // namespace sca::evidence
