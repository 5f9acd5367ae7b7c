#include "evidence/cases/regimes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "evidence/hash.hpp"

namespace sca::evidence {
namespace {

/// f(token's index in its row, its k, s and q) for every token.
template <class F>
void each_token(const CoreCase& one, CoreInput& input, F f) {
  const reference::LayerConfig& c = one.config;
  for (std::size_t i = 0; i < one.B * one.L; ++i) {
    const std::span<double> z = input.z_act.row(i, c.C());
    f(i % one.L, z.subspan(0, c.KH()), z.subspan(c.KH(), c.K), z.subspan(c.KH() + c.K));
  }
}

void scale(std::span<double> values, double factor) {
  for (double& x : values) x *= factor;
}

double as_float(double x) { return static_cast<double>(static_cast<float>(x)); }

void dyadic(const CoreCase& one, CoreInput& input) {
  each_token(one, input, [](std::size_t, auto k, auto s, auto q) {
    for (const auto part : {k, s, q}) {
      for (double& x : part) x = std::round(x * 8) / 8;
    }
  });
}

/// Every second token takes the one before it back.
void cancelling(const CoreCase& one, CoreInput& input) {
  std::vector<double> k_before;
  std::vector<double> s_before;
  each_token(one, input, [&](std::size_t t, auto k, auto s, auto) {
    if (t % 2 == 1) {
      for (std::size_t i = 0; i < k.size(); ++i) k[i] = -k_before[i];
      std::ranges::copy(s_before, s.begin());
    }
    k_before.assign(k.begin(), k.end());
    s_before.assign(s.begin(), s.end());
  });
  for (double& slope : input.parameters.decay_slopes.data) slope = -30;  // equal weights
}

void saturated(const CoreCase& one, CoreInput& input) {
  scale(input.parameters.phase_scale.data, 0x1p12);
  each_token(one, input, [](std::size_t, auto k, auto, auto) { scale(k, 16); });
}

/// A ratio of two uniform numbers: no variance.
void heavy_tailed(const CoreCase& one, CoreInput& input) {
  std::uint64_t next = 0;
  each_token(one, input, [&](std::size_t, auto k, auto, auto q) {
    for (const auto part : {k, q}) {
      for (double& x : part) x = as_float(x / (std::abs(signed_unit(one.seed, 77, next++)) + 0x1p-12));
    }
  });
}

void clamped_low(const CoreCase&, CoreInput& input) {
  for (double& bias : input.parameters.score_bias.data) bias = as_float(bias * 0.25 - 12);
}

void clamped_high(const CoreCase& one, CoreInput& input) {
  for (double& gamma : input.parameters.score_scale.data) gamma = as_float(std::abs(gamma) + 1);
  each_token(one, input, [](std::size_t, auto, auto s, auto) {
    for (double& x : s) x = as_float(4000 + 1000 * x);
  });
}

/// e^(-lambda d) below the smallest float32 within a few tokens.
void underflowing(const CoreCase&, CoreInput& input) {
  for (double& slope : input.parameters.decay_slopes.data) slope = as_float(slope + 45);
  for (double& slope : input.parameters.anchor_slopes.data) slope = as_float(slope + 45);
}

void denormal(const CoreCase& one, CoreInput& input) {
  each_token(one, input, [](std::size_t, auto k, auto, auto) {
    for (double& x : k) x = as_float(x * 0x1p-138);
  });
}

void huge(const CoreCase& one, CoreInput& input) {
  each_token(one, input, [](std::size_t, auto k, auto, auto) { scale(k, 0x1p70); });
}

void zero_keys(const CoreCase& one, CoreInput& input) {
  each_token(one, input, [](std::size_t t, auto k, auto, auto) {
    if (t % 3 != 1) scale(k, 0);
  });
}

void one_hot(const CoreCase& one, CoreInput& input) {
  each_token(one, input, [](std::size_t t, auto, auto, auto q) {
    for (std::size_t i = 0; i < q.size(); ++i) q[i] = i == t % q.size() ? 1 : 0;
  });
}

void near_coincident(const CoreCase& one, CoreInput& input) {
  each_token(one, input, [](std::size_t, auto k, auto, auto) {
    for (std::size_t i = 0; i < k.size(); ++i) k[i] = as_float(0.75 + k[i] * 0x1p-20);
  });
}

/// Where the dialect takes nodes as they are: phases for which a sine needs its argument reduced, by a few
/// digits, by many, and by all that there are; where it maps them into their range, nodes at its ends. A
/// channel has one kind.
void wide_nodes(const CoreCase& one, CoreInput& input) {
  constexpr std::array factors{0x1p6, 0x1p16, 0x1p22, 0x1p30};
  for (std::size_t i = 0; i < one.config.KH(); ++i)
    scale(input.parameters.theta_raw.row(i, one.config.M), factors[mixed(one.seed + i) % factors.size()]);
}

/// Scores whose softplus is at its switch, or whose weights are at an edge of the released clamp, within a
/// few roundings.
void at_edges(const CoreCase& one, CoreInput& input) {
  const std::array edges{20.0, std::log(std::expm1(1e-4)), 5000.0};
  each_token(one, input, [&](std::size_t t, auto, auto s, auto) {
    for (std::size_t k = 0; k < s.size(); ++k)
      s[k] = as_float(edges[mixed(mixed(one.seed + t) + k) % edges.size()] * (1 + s[k] * 0x1p-23));
  });
  for (double& slope : input.parameters.decay_slopes.data) slope = -30;  // no decay
  for (double& slope : input.parameters.anchor_slopes.data) slope = -30;
  for (double& gamma : input.parameters.score_scale.data) gamma = 1;
  for (double& beta : input.parameters.score_bias.data) beta = 0;
}

constexpr std::array all{
    Regime{"uniform", "ordinary numbers", [](const CoreCase&, CoreInput&) {}, 6},
    Regime{"dyadic", "few bits: much is exact", dyadic, 2},
    Regime{"cancelling", "every second token takes the one before it back", cancelling, 4},
    Regime{"saturated", "phases at the end of their range", saturated, 3},
    Regime{"heavy-tailed", "keys and queries without variance", heavy_tailed, 3},
    Regime{"clamped-low", "weights below the clamp", clamped_low, 3},
    Regime{"clamped-high", "weights above the clamp", clamped_high, 2},
    Regime{"underflowing", "decay below the smallest float", underflowing, 3},
    Regime{"denormal", "keys below the smallest normal float32", denormal, 2},
    Regime{"huge", "keys of 2^70", huge, 1},
    Regime{"zero-keys", "two keys of three are zero", zero_keys, 2},
    Regime{"one-hot", "queries of a single one", one_hot, 2},
    Regime{"near-coincident", "keys that agree in 20 bits", near_coincident, 3},
    Regime{"wide-nodes", "theta up to 96 and 2^31, or at the ends of its range", wide_nodes, 3},
    Regime{"edges", "scores at softplus' switch, weights at the clamp's edges", at_edges, 3},
};

}  // namespace

std::span<const Regime> regimes() { return all; }

}  // namespace sca::evidence
