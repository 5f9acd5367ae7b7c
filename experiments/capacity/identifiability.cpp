// How many unknowns of a prefix the state leaves free to first order: what the Jacobian's rank is short of.

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "experiments/capacity/certified_rank.hpp"
#include "experiments/capacity/draws.hpp"
#include "experiments/capacity/enclosed.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/random.hpp"
#include "theory/capacity.hpp"
#include "theory/channel_state.hpp"

namespace sca::experiments::capacity {
namespace {

using reference::ComplexMatrix;

/// H channels with M nodes each, t tokens, weights known or among the unknowns. One instance of full rank
/// proves it for almost all, minors being analytic: large shapes take few.
struct Shape {
  std::size_t channels, points;
  bool are_weights_known;
  std::size_t most_instances;

  std::size_t unknowns(std::size_t t) const { return t * (are_weights_known ? channels : channels + 1); }
  std::size_t equations() const { return 2 * points * channels + (are_weights_known ? 0 : 1); }
};

constexpr Shape shapes[] = {{1, 1, true, 64},  {1, 2, true, 64}, {1, 4, true, 64},  {1, 2, false, 64},
                            {4, 2, false, 64}, {8, 4, false, 8}, {16, 2, false, 8}, {64, 2, false, 1}};

/// Random instances with generic weights.
struct Layer {
  std::size_t channels, points, t;
  std::vector<Interval> theta, scalars, weights;  // [H, M], [H, t], [t]

  Layer(const Shape& shape, std::size_t tokens, std::uint64_t seed)
      : channels(shape.channels),
        points(shape.points),
        t(tokens),
        theta(exact(uniform(0, released_node, channels * points, derived(seed, 1)))),
        scalars(exact(uniform(silu_floor, largest_scalar, channels * t, derived(seed, 2)))),
        weights(exact(uniform(0.5, 2, t, derived(seed, 3)))) {}
};

/// d (R, I[, Z]) / d (scalars[, weights]): rows channel by channel, then Z.
///
/// shape    [equations, unknowns]
ComplexMatrix jacobian(const Shape& shape, const Layer& layer) {
  const auto [channels, points, t] = std::tuple(layer.channels, layer.points, layer.t);
  ComplexMatrix result(shape.equations(), shape.unknowns(t));
  for (std::size_t h = 0; h < channels; ++h) {
    for (std::size_t m = 0; m < points; ++m) {
      const Interval& theta = layer.theta[h * points + m];
      const std::size_t row = 2 * (h * points + m);
      for (std::size_t k = 0; k < t; ++k) {
        const Interval& value = layer.scalars[h * t + k];
        const auto slope = encoding_derivative(theta, value, Interval(1)) * layer.weights[k];
        result(row, h * t + k).re = slope.re;
        result(row + 1, h * t + k).re = slope.im;
        if (shape.are_weights_known) continue;
        const auto encoding = expi(Interval(theta * softsign(value))) * value;
        result(row, channels * t + k).re = encoding.re;
        result(row + 1, channels * t + k).re = encoding.im;
      }
    }
  }
  if (shape.are_weights_known) return result;
  for (std::size_t k = 0; k < t; ++k) result(result.rows - 1, channels * t + k).re = Interval(1);
  return result;
}

Series free_unknowns(const Shape& shape, const SeriesKey& key, const Settings& settings) {
  Series series{
      .key = key,
      .words = {"tokens t", "unknowns that the state leaves free, a channel", "exact",
                shape.are_weights_known ? "none while t <= 2M, then t - 2M"
                                        : "none while t(H + 1) <= 2MH + 1, then the difference over H",
                "companion.md, section 7 (a dimension count: local and generic)"},
      .sizes = {},
      .remark = {}};
  const auto channels = static_cast<double>(shape.channels);
  const auto is_overfull = [&](std::size_t t) { return shape.unknowns(t) > shape.equations(); };
  for (std::size_t t = 1, beyond = 0; beyond < 2; ++t) {
    if (is_overfull(t)) ++beyond;
    EnclosedSamples samples;
    for (std::size_t i = 0; i < std::min(settings.instances, shape.most_instances); ++i) {
      samples.add(decided([&]() -> std::optional<Sample> {
        const auto rank = certified_full_rank(
            jacobian(shape, Layer(shape, t, derived(settings.seed, shape.channels, t, i))));
        if (!rank) return std::nullopt;
        return Sample{.value = Enclosure(static_cast<double>(shape.unknowns(t) - *rank) / channels)};
      }));
    }
    series.sizes.push_back(std::move(samples).size(static_cast<double>(t)));
    series.sizes.back().exact =
        is_overfull(t) ? static_cast<double>(shape.unknowns(t) - shape.equations()) / channels : 0;
  }
  return series;
}

}  // namespace

std::vector<Unit> identifiability_units(const Settings& settings) {
  std::vector<Unit> units;
  for (const Shape& shape : shapes) {
    const SeriesKey key{
        shape.are_weights_known ? "identifiability/known-weights" : "identifiability/unknown-weights",
        fmt::format("H = {}, M = {}", shape.channels, shape.points)};
    units.push_back({key, [=, &shape] { return free_unknowns(shape, key, settings); }});
  }
  return units;
}

}  // namespace sca::experiments::capacity
