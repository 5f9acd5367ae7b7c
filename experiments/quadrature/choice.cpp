#include "experiments/quadrature/choice.hpp"

#include <algorithm>

#include "evidence/plot/style.hpp"

namespace sca::experiments {
namespace {

constexpr std::size_t most_lines = 6;

}  // namespace

FigureLine line_of(const RecordedSeries& s) { return {s.rule, s.window, s.band}; }

const std::array<FigureRow, 2>& figure_rows() {
  // One rule for each rate that theory knows, slow ones first; then, for targets without such rules, the
  // former.
  static const std::vector<FigureLine> own{
      {"random/monte-carlo", "cube", "fixed"},  {"qmc/halton", "cube", "fixed"},
      {"qmc/sobol-scrambled", "cube", "fixed"}, {"tensor/midpoint", "cube", "fixed"},
      {"lattice/tent", "cube", "fixed"},        {"tensor/gauss-legendre", "cube", "fixed"}};
  static const std::vector<FigureLine> total = [] {
    std::vector<FigureLine> lines{{"tensor/midpoint", "cube", "fixed"},
                                  {"random/monte-carlo", "cube", "balanced"},
                                  {"qmc/sobol-scrambled", "cube", "balanced"},
                                  {"equispaced/fejer", "triangle", "balanced"},
                                  {"equispaced/dolph-chebyshev", "none", "balanced"},
                                  {"fitted/least-squares", "none", "fixed"}};
    lines.insert(lines.end(), own.begin(), own.end());
    return lines;
  }();
  static const std::array<FigureRow, 2> both{
      FigureRow{"own", "own error / max |h|", own, &RecordedSize::own},
      FigureRow{"total", "total error / max |h|", total, &RecordedSize::total}};
  return both;
}

bool has_error(const RecordedSeries& series, const FigureRow& row) {
  return std::ranges::any_of(series.sizes, [&](const RecordedSize& s) { return (s.*row.error).has_value(); });
}

Choice chosen(const std::vector<RecordedSeries>& all, const FigureRow& row) {
  std::vector<FigureLine> there;
  for (const RecordedSeries& series : all) {
    if (has_error(series, row) && std::ranges::find(there, line_of(series)) == there.end())
      there.push_back(line_of(series));
  }
  Choice choice{{}, there.size()};
  for (const std::vector<FigureLine>* list : {&row.preferred, &std::as_const(there)}) {
    for (const FigureLine& line : *list) {
      const bool is_there = std::ranges::find(there, line) != there.end();
      const bool is_new = std::ranges::find(choice.shown, line) == choice.shown.end();
      if (is_there && is_new && choice.shown.size() < most_lines) choice.shown.push_back(line);
    }
  }
  return choice;
}

/// A look for every rule, the same in both rows; within a row no two rules share one.
std::map<FigureLine, std::size_t> looks(const std::array<Choice, 2>& choices) {
  std::map<FigureLine, std::size_t> result;
  std::map<std::string, std::size_t> of_rule;
  std::array<std::size_t, evidence::style::looks> uses{};
  for (const Choice& choice : choices) {
    std::array<bool, evidence::style::looks> taken{};
    std::vector<FigureLine> open;
    const auto give = [&](const FigureLine& line, std::size_t look) {
      taken[look] = true;
      ++uses[look];
      of_rule.try_emplace(line.rule, look);
      result[line] = look;
    };
    for (const FigureLine& line : choice.shown) {
      const auto known = of_rule.find(line.rule);
      known != of_rule.end() && !taken[known->second] ? give(line, known->second) : open.push_back(line);
    }
    for (const FigureLine& line : open) {
      const auto cost = [&](std::size_t look) {
        return taken[look] ? most_lines + uses[look] + 1 : uses[look];
      };
      std::size_t best = 0;
      for (std::size_t look = 1; look < taken.size(); ++look) {
        if (cost(look) < cost(best)) best = look;
      }
      give(line, best);
    }
  }
  return result;
}

std::string label(const FigureLine& line, const std::vector<FigureLine>& shown) {
  std::string name = line.rule.substr(line.rule.find('/') + 1);
  const auto same = [&](const FigureLine& other) { return other.rule == line.rule; };
  if (std::ranges::count_if(shown, same) == 1) return name;
  return name + ", " + (line.band == "balanced" ? line.band : line.window);
}

}  // namespace sca::experiments
