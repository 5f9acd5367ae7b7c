#include "experiments/analysis/figures.hpp"

#include <fmt/format.h>

#include "experiments/analysis/figure_kinds.hpp"

namespace sca::experiments::ablation {
namespace {

struct FigureKind {
  const char* name;
  std::optional<evidence::Figure> (*make)(const FigureData& data);
  const char* needs;
};

constexpr FigureKind figure_kinds[] = {
    {"ratio", ratio_figure, "two ratios of one task"},
    {"m", m_figure, "two values of M at one task and ratio"},
    {"grid", grid_figure, "two ratios and two values of M"},
    {"state", state_figure, "two ratios of one task"},
    {"steps", steps_figure, "a task with an accuracy"},
    {"length", length_figure, "a task with values by length"},
    {"rates", rates_figure, "pilot runs with two learning rates"},
};

void add_figures(const Analysis& analysis, std::int64_t D, std::int64_t blocks, bool is_only,
                 FigureSet& set) {
  const FigureData data(analysis, D, blocks);
  for (const FigureKind& kind : figure_kinds) {
    auto figure = kind.make(data);
    const std::string size = is_only ? "" : fmt::format(", D = {}, {} blocks", D, blocks);
    if (!figure) {
      set.left_out.push_back(fmt::format("{}{}: it needs {}.", kind.name, size, kind.needs));
      continue;
    }
    figure->title += size;
    const std::string name = is_only ? kind.name : fmt::format("{}-{}-{}", kind.name, D, blocks);
    set.drawn.push_back({name, std::move(*figure)});
  }
}

}  // namespace

FigureSet report_figures(const Analysis& analysis) {
  const auto sizes = sizes_of(analysis);
  FigureSet set;
  for (const auto& [D, blocks] : sizes) add_figures(analysis, D, blocks, sizes.size() == 1, set);
  if (auto figure = capacity_figure(analysis)) {
    set.drawn.push_back({"capacity", std::move(*figure)});
  } else {
    set.left_out.emplace_back("capacity: it needs mqar at several N, with recall above and below one half.");
  }
  return set;
}

}  // namespace sca::experiments::ablation
