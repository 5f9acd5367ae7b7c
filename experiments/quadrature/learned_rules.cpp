#include <cmath>

#include "experiments/quadrature/rules.hpp"
#include "experiments/quadrature/varpro.hpp"
#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

constexpr std::size_t starts = 4;
constexpr std::size_t most_unknowns = 16;  // coordinates of nodes: the searches take seconds from there on
constexpr double layer_low = 0.001;        // the layer's range of theta
constexpr double layer_high = 3;

/// |c_v|_2: how much a readout suffers from K(v).
double weight_of(const Target& target, std::size_t v) {
  double squared = 0;
  for (std::size_t l = 0; l < target.d; ++l) squared += std::pow(target.coefficients[v * target.d + l], 2);
  return std::sqrt(squared);
}

Samples free_samples(const Problem& problem, std::size_t d) {
  Samples samples{d, {}, {}};
  for (const Target& target : problem.calibration) {
    for (std::size_t v = 0; v < target.size(); ++v) {
      if (target.ideal[v] == 1) continue;
      const auto x = target.difference(v);
      samples.x.insert(samples.x.end(), x.begin(), x.end());
      samples.scales.push_back(weight_of(target, v));
    }
  }
  return samples;
}

/// One of how many prefixes is learned from: channels of one prefix are samples as good as another prefix's.
std::size_t target_share(const Problem& problem) {
  return std::min<std::size_t>(problem.targets.front().d, 4);
}

/// All channels have one rule.
Samples channel_samples(const Problem& problem) {
  Samples samples{1, {}, {}};
  for (const Target& target :
       std::span(problem.calibration).first(problem.calibration.size() / target_share(problem))) {
    for (std::size_t v = 0; v < target.size(); ++v) {
      if (target.ideal[v] == 1) continue;
      for (std::size_t l = 0; l < target.d; ++l) {
        samples.x.push_back(target.channelwise[v * target.d + l]);
        samples.scales.push_back(std::abs(target.coefficients[v * target.d + l]));
      }
    }
  }
  return samples;
}

bool is_enough(const Samples& samples, std::size_t p) {
  return p * samples.q <= most_unknowns && p * (samples.q + 1) < samples.size();
}

/// Nodes in pairs +-theta: p pairs are M = 2p nodes.
void run_free(const Problem& problem, Series& series) {
  const std::size_t d = series.key.d;
  const Samples samples = free_samples(problem, d);
  for (const std::size_t M : problem.nodes) {
    if (M % 2 != 0 || !is_enough(samples, M / 2)) continue;
    const double reach = half_width(problem.targets.front(), problem.phase);
    const LearnedRule rule = learned_rule(samples, M / 2, {}, reach, starts, derived(problem.seed, M, d));
    SizeResult size;
    size.M = static_cast<double>(M);
    for (const Target& target : problem.targets) {
      std::vector<std::complex<double>> off;
      for (std::size_t v = 0; v < target.size(); ++v)
        off.emplace_back(rule.kernel(target.difference(v).data(), d) - target.ideal[v]);
      size.total.push_back(readout_error(target, off));
    }
    series.sizes.push_back(std::move(size));
  }
}

/// The layer reads the real part with a query of its own for cosine and sine: M nodes are M cosines.
void run_layer(const Problem& problem, Series& series) {
  const Samples samples = channel_samples(problem);
  for (const std::size_t M : problem.nodes) {
    if (!is_enough(samples, M)) continue;
    const LearnedRule rule = learned_rule(samples, M, {true, layer_low, layer_high}, layer_high, starts,
                                          derived(problem.seed, M, series.key.d, 1));
    SizeResult size;
    size.M = static_cast<double>(M);
    for (const Target& target : problem.targets) {
      size.total.push_back(channelwise_error(target, [&](std::size_t v, std::size_t l) {
        return rule.kernel(&target.channelwise[v * target.d + l], 1);
      }));
    }
    series.sizes.push_back(std::move(size));
  }
}

}  // namespace

std::vector<Rule> learned_rules() {
  return {{.id = "learned/free", .window = "none", .band = "balanced", .run = run_free, .most_dimensions = 8},
          {.id = "learned/layer", .window = "none", .band = "fixed", .run = run_layer, .most_dimensions = 8}};
}

}  // namespace sca::experiments
