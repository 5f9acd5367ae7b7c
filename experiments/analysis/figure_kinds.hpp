#pragma once

#include "experiments/analysis/figure_data.hpp"

namespace sca::experiments::ablation {

// The figures of a report. Nothing where the records do not hold what it shows.

std::optional<evidence::Figure> ratio_figure(const FigureData& data);
std::optional<evidence::Figure> m_figure(const FigureData& data);
std::optional<evidence::Figure> grid_figure(const FigureData& data);    // ratio x M
std::optional<evidence::Figure> state_figure(const FigureData& data);   // accuracy against state bytes
std::optional<evidence::Figure> steps_figure(const FigureData& data);   // steps to half-way
std::optional<evidence::Figure> length_figure(const FigureData& data);  // beyond the training length
std::optional<evidence::Figure> rates_figure(const FigureData& data);   // learning rates

/// N at 50 % recall against K M, K H and 2KHM.
std::optional<evidence::Figure> capacity_figure(const Analysis& analysis);

}  // namespace sca::experiments::ablation
