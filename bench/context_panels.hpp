#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/measurement.hpp"
#include "evidence/plot/figure.hpp"

namespace sca::bench {

/// Of a decode that was timed at more than one context.
std::vector<const Measurement*> swept_contexts(const std::vector<Measurement>& measurements);

/// Two panels for each precision, implementation and number of threads among them: what a decoded token costs
/// against the context that it sees, and the bytes of state that a sequence keeps. A line for each model;
/// dotted where a model of attention alone begins to cost more than one of SCA alone.
std::vector<evidence::Panel> context_panels(const std::vector<const Measurement*>& decodes);

/// What the caption says of them.
std::string context_caption(const std::vector<const Measurement*>& decodes);

/// From where on `rising` exceeds `other` at every point, the low end of its shade the high end of the
/// other's where they have shades: between two points by a straight line in logarithms. Nothing if it does
/// not at the last, or does at all of them.
///
/// shape    both at the same x, ascending
/// domain   positive
std::optional<double> crossing(const std::vector<evidence::PlotPoint>& rising,
                               const std::vector<evidence::PlotPoint>& other);

}  // namespace sca::bench
