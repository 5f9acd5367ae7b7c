#pragma once

#include <array>
#include <map>

#include "experiments/quadrature/recorded.hpp"

namespace sca::experiments {

/// A rule with its window and band: what a line of a panel shows.
struct FigureLine {
  std::string rule, window, band;
  auto operator<=>(const FigureLine&) const = default;
};
FigureLine line_of(const RecordedSeries& series);

/// A kind of error: a row of panels.
struct FigureRow {
  std::string of;     // "own" or "total"
  std::string label;  // of the axis
  std::vector<FigureLine> preferred;
  std::optional<RecordedError> RecordedSize::*error;
};
/// Own errors and total ones.
const std::array<FigureRow, 2>& figure_rows();

bool has_error(const RecordedSeries& series, const FigureRow& row);

/// What a row shows: its preferred lines, one for each rate that theory knows, then the others in the
/// records' order, six at most.
struct Choice {
  std::vector<FigureLine> shown;
  std::size_t of = 0;  // how many there are
};
Choice chosen(const std::vector<RecordedSeries>& all, const FigureRow& row);

/// A look for every line, none twice in a row; a rule keeps its look from row to row where it can.
std::map<FigureLine, std::size_t> looks(const std::array<Choice, 2>& choices);

/// A line's name: the rule's, with the window or band where the rule alone is not unique.
std::string label(const FigureLine& line, const std::vector<FigureLine>& shown);

}  // namespace sca::experiments
