#pragma once

#include <string>

#include "experiments/analysis/figures.hpp"

namespace sca::experiments::ablation {

/// report.md: the answer, contrasts, predictions, audit, learning rates, figures, the probe, every run.
std::string report_text(const Analysis& analysis, const FigureSet& figures, bool are_drawn);

}  // namespace sca::experiments::ablation
