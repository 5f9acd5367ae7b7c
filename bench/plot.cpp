#include "bench/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench/context_panels.hpp"
#include "evidence/input/error.hpp"

namespace sca::bench {
namespace {

using evidence::Curve;
using evidence::Mark;

/// Everything but the length and who computes.
std::string title_of(const Measurement& m) {
  return fmt::format("{} B={} K={}/{} H={} M={}, {} thread{}", m.kernel.substr(0, m.kernel.rfind('/')),
                     m.shape.B, m.shape.K, m.shape.Kq, m.shape.H, m.shape.M, m.threads,
                     m.threads == 1 ? "" : "s");
}

std::string how(const Measurement& m) { return m.kernel.substr(m.kernel.rfind('/') + 1); }

/// Lengths against nanoseconds a token: median and quartiles.
evidence::PlotPoint point(const Measurement& m) {
  std::vector<double> sorted = m.samples;
  std::ranges::sort(sorted);
  const double scale = 1e9 / m.tokens();
  const std::size_t quarter = sorted.size() / 4;
  return {static_cast<double>(m.shape.L), m.seconds() * scale, sorted[quarter] * scale,
          sorted[sorted.size() - 1 - quarter] * scale};
}

using Numbers = std::map<std::string, std::size_t>;

evidence::Panel panel(const std::string& title, std::vector<const Measurement*> points,
                      const Numbers& looks) {
  std::ranges::stable_sort(points, {}, [](const Measurement* m) { return m->shape.L; });
  std::map<std::string, Curve> curves;
  std::map<double, double> floors;
  for (const Measurement* m : points) {
    Curve& curve = curves[how(*m)];
    curve.look = looks.at(how(*m));
    curve.label = how(*m);
    curve.points.push_back(point(*m));
    floors[static_cast<double>(m->shape.L)] = floor_seconds(m->work, m->rates) * 1e9 / m->tokens();
  }
  const bool is_step = points.front()->shape.L == points.back()->shape.L;
  evidence::Panel result{
      .title = title,
      .x = {.label = is_step ? "L, one length" : "L, tokens", .scale = evidence::Scale::log2},
      .y = {.label = "nanoseconds a token"},
      .curves = {}};
  for (const auto& [name, curve] : curves) result.curves.push_back(curve);
  Curve floor{.mark = Mark::theory, .label = "floor", .points = {}};
  for (const auto& [length, time] : floors) floor.points.push_back({length, time});
  result.curves.push_back(floor);
  return result;
}

/// A network at one length: where there is more to see, it is left to the table.
bool is_one_point(const std::vector<const Measurement*>& points) {
  return points.front()->network.parameters > 0 && points.front()->shape.L == points.back()->shape.L;
}

}  // namespace

evidence::Figure cost_figure(const std::vector<Measurement>& measurements,
                             const nlohmann::ordered_json& provenance) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Measurement*>> panels;
  Numbers looks;
  const std::vector<const Measurement*> swept = swept_contexts(measurements);
  for (const Measurement& m : measurements) {
    if (!m.is_timed() || std::ranges::find(swept, &m) != swept.end()) continue;
    auto& points = panels[title_of(m)];
    if (points.empty()) order.push_back(title_of(m));
    points.push_back(&m);
    looks.try_emplace(how(m), looks.size());
  }
  const auto is_little = [&](const std::string& title) { return is_one_point(panels[title]); };
  if (!swept.empty() || !std::ranges::all_of(order, is_little)) std::erase_if(order, is_little);
  if (order.empty() && swept.empty())
    throw evidence::InputError("--plot", "records", "a kernel with times", "none");
  evidence::Figure figure{.title = "What a token costs", .columns = 2, .panels = {}, .caption = {}};
  for (const std::string& title : order) figure.panels.push_back(panel(title, panels[title], looks));
  std::ranges::move(context_panels(swept), std::back_inserter(figure.panels));
  figure.columns = std::min<std::size_t>(figure.columns, figure.panels.size());
  figure.caption = {"Lines: the median of the samples; shade: their quartiles."};
  if (!order.empty())
    figure.caption.back() += " Thin: the machine's floor, from rates measured in the same run.";
  if (!swept.empty()) figure.caption.push_back(context_caption(swept));
  figure.caption.push_back(evidence::origin_line(provenance));
  return figure;
}

}  // namespace sca::bench
