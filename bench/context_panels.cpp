#include "bench/context_panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace sca::bench {
namespace {

using evidence::Curve;
using evidence::Panel;
using evidence::PlotPoint;

std::string what(const Measurement& m) { return m.kernel.substr(0, m.kernel.find('/')); }

/// What a panel is of: all but the model.
std::string conditions(const Measurement& m) {
  return fmt::format("{}, {} thread{}", m.kernel.substr(m.kernel.find('/') + 1), m.threads,
                     m.threads == 1 ? "" : "s");
}

/// "decode_sca" as "all SCA": by its blocks.
std::string model_name(const Measurement& m) {
  const NetworkFacts& n = m.network;
  if (n.attention_blocks == 0) return "SCA alone";
  if (n.attention_blocks == n.blocks) return "attention alone";
  return fmt::format("{} SCA, {} attention", n.blocks - n.attention_blocks, n.attention_blocks);
}

PlotPoint cost(const Measurement& m) {
  std::vector<double> sorted = m.samples;
  std::ranges::sort(sorted);
  const std::size_t quarter = sorted.size() / 4;
  return {static_cast<double>(m.network.context), 1e3 * m.seconds(), 1e3 * sorted[quarter],
          1e3 * sorted[sorted.size() - 1 - quarter]};
}

/// To two digits: what is measured is known no better.
double about(double x) {
  const double unit = std::pow(10, std::floor(std::log10(x)) - 1);
  return unit * std::round(x / unit);
}

PlotPoint memory(const Measurement& m) {
  return {static_cast<double>(m.network.context), static_cast<double>(m.network.state_bytes)};
}

/// What a panel shows of a decode.
struct Quantity {
  const char *title, *axis;
  PlotPoint (*point)(const Measurement&);
  const char* exceeds;
  double (*rounded)(double);
};

/// A dotted line down through the panel's floor, where its label stands.
Curve marked(double x, const std::vector<Curve>& curves, const Quantity& quantity) {
  double top = 0;
  double bottom = std::numeric_limits<double>::infinity();
  for (const Curve& curve : curves) {
    for (const PlotPoint& point : curve.points) {
      top = std::max(top, point.y);
      bottom = std::min(bottom, point.y);
    }
  }
  return {.mark = evidence::Mark::bound,
          .look = 7,
          .label = fmt::format("attention {} {:.0f} tokens", quantity.exceeds, quantity.rounded(x)),
          .points = {{x, top}, {x, 1e-3 * bottom}}};
}

Panel panel(const std::vector<const Measurement*>& decodes, const Quantity& quantity) {
  Panel result{.title = quantity.title + conditions(*decodes.front()),
               .x = {.label = "context, tokens", .scale = evidence::Scale::log2},
               .y = {.label = quantity.axis},
               .curves = {}};
  std::map<std::string, std::size_t> looks;
  const Curve* of_attention = nullptr;
  const Curve* of_sca = nullptr;
  for (const Measurement* m : decodes) {
    const auto [found, is_new] = looks.try_emplace(what(*m), looks.size());
    if (is_new) result.curves.push_back({.look = found->second, .label = model_name(*m), .points = {}});
    result.curves[found->second].points.push_back(quantity.point(*m));
  }
  for (Curve& curve : result.curves) {
    std::ranges::sort(curve.points, {}, &PlotPoint::x);
    if (curve.label == "attention alone") of_attention = &curve;
    if (curve.label == "SCA alone") of_sca = &curve;
  }
  if (of_attention == nullptr || of_sca == nullptr) return result;
  if (const auto x = crossing(of_attention->points, of_sca->points))
    result.curves.push_back(marked(*x, result.curves, quantity));
  return result;
}

}  // namespace

std::vector<const Measurement*> swept_contexts(const std::vector<Measurement>& measurements) {
  std::map<std::string, std::int64_t> first;
  std::map<std::string, bool> is_swept;
  for (const Measurement& m : measurements) {
    if (m.network.context > 0 && m.is_timed())
      is_swept[m.kernel] |= first.try_emplace(m.kernel, m.network.context).first->second != m.network.context;
  }
  std::vector<const Measurement*> result;
  for (const Measurement& m : measurements) {
    if (m.is_timed() && is_swept[m.kernel]) result.push_back(&m);
  }
  return result;
}

std::vector<Panel> context_panels(const std::vector<const Measurement*>& decodes) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Measurement*>> by_conditions;
  for (const Measurement* m : decodes) {
    auto& all = by_conditions[conditions(*m)];
    if (all.empty()) order.push_back(conditions(*m));
    all.push_back(m);
  }
  std::vector<Panel> result;
  for (const std::string& one : order) {
    result.push_back(panel(by_conditions[one],
                           {"decode, ", "milliseconds a token", cost, "costs more from about", about}));
    result.push_back(panel(by_conditions[one],
                           {"memory, ", "state, bytes a sequence", memory, "keeps more from", std::ceil}));
  }
  return result;
}

std::string context_caption(const std::vector<const Measurement*>& decodes) {
  std::string text =
      "Decoding one token that sees so many, itself included, which nobody read: a decoder "
      "stands at the position. Caches have room for the context. Models: ";
  std::map<std::string, bool> said;
  const char* separator = "";
  for (const Measurement* m : decodes) {
    const NetworkFacts& n = m->network;
    if (std::exchange(said[what(*m)], true)) continue;
    text += fmt::format("{}{} (D = {}, {} blocks, {:.1f} M parameters)", separator, model_name(*m), n.D,
                        n.blocks, static_cast<double>(n.parameters) / 1e6);
    separator = ", ";
  }
  return text +
         ". Dotted: where the quartiles of attention alone and SCA alone part for good; bytes are counted.";
}

std::optional<double> crossing(const std::vector<PlotPoint>& rising, const std::vector<PlotPoint>& other) {
  const std::size_t count = std::min(rising.size(), other.size());
  const auto excess = [&](std::size_t i) {
    return std::log(rising[i].low.value_or(rising[i].y) / other[i].high.value_or(other[i].y));
  };
  std::size_t first = count;  // from which on all exceed
  while (first > 0 && rising[first - 1].x == other[first - 1].x && excess(first - 1) > 0) --first;
  if (first == 0 || first == count) return std::nullopt;
  const double share = excess(first - 1) / (excess(first - 1) - excess(first));
  return std::exp(std::lerp(std::log(rising[first - 1].x), std::log(rising[first].x), share));
}

}  // namespace sca::bench
