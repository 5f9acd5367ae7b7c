#pragma once

#include "evidence/plot/axis.hpp"

namespace sca::evidence {

/// Where a panel stands in its figure, in pixels from the figure's upper left corner.
struct Frame {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

/// What of its axes a panel spells out: neighbours that share an axis do not repeat it.
struct Spelling {
  bool x_label = true;
  bool y = true;
};

/// gnuplot's commands for one panel of a multiplot of the given size.
std::string panel_script(const Panel& panel, const Range& x, const Range& y, const Frame& frame,
                         const Spelling& spelling, const Drawing& size);

}  // namespace sca::evidence
