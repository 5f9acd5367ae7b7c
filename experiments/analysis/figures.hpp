#pragma once

#include <string>
#include <vector>

#include "evidence/plot/figure.hpp"
#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

struct ReportFigure {
  std::string name;  // of its file, without .svg
  evidence::Figure figure;
};

/// What the records let draw, and what they do not: a line each.
struct FigureSet {
  std::vector<ReportFigure> drawn;
  std::vector<std::string> left_out;
};

FigureSet report_figures(const Analysis& analysis);

}  // namespace sca::experiments::ablation
