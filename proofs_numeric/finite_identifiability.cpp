#include <fmt/format.h>

#include <algorithm>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"
#include "theory/channel_state.hpp"

namespace sca::proofs {
namespace {

using reference::ComplexMatrix;

/// H channels with their own nodes and scalars, t weights shared by all.
struct Layer {
  std::size_t channels, points, tokens;
  Interval theta(std::size_t h, std::size_t m) const {
    // In (0, 3], as released.
    return to_interval((hashed(71 + static_cast<unsigned>(h), static_cast<unsigned>(m)) + 3) *
                       Rational(3, 5));
  }
  Interval scalar(std::size_t h, std::size_t k) const {
    // Distinct within a channel, above SiLU's minimum.
    return to_interval(Rational(static_cast<long>(k), 2) - Rational(1, 5) +
                       (hashed(201 + static_cast<unsigned>(h), static_cast<unsigned>(k)) + 2) / 10);
  }
  Interval weight(std::size_t k) const { return to_interval(1 + Rational(static_cast<long>(k), 3)); }
};

/// d (R_m, I_m) / d (k_1 … k_t) of one channel. shape [2M, t]
ComplexMatrix scalar_block(const Layer& layer, std::size_t h) {
  ComplexMatrix block(2 * layer.points, layer.tokens);
  for (std::size_t m = 0; m < layer.points; ++m) {
    for (std::size_t k = 0; k < layer.tokens; ++k) {
      const auto slope = encoding_derivative(layer.theta(h, m), layer.scalar(h, k), Interval(1));
      block(2 * m, k).re = layer.weight(k) * slope.re;
      block(2 * m + 1, k).re = layer.weight(k) * slope.im;
    }
  }
  return block;
}

/// d (R_m, I_m) / d (alpha_1 … alpha_t) of one channel. shape [2M, t]
ComplexMatrix weight_block(const Layer& layer, std::size_t h) {
  ComplexMatrix block(2 * layer.points, layer.tokens);
  for (std::size_t m = 0; m < layer.points; ++m) {
    for (std::size_t k = 0; k < layer.tokens; ++k) {
      const Interval value = layer.scalar(h, k);
      const auto wave = expi(Interval(layer.theta(h, m) * softsign(value)));
      block(2 * m, k).re = value * wave.re;
      block(2 * m + 1, k).re = value * wave.im;
    }
  }
  return block;
}

/// d (R, I, Z) / d (scalars, weights), shape [2MH + 1, t(H + 1)]: the first t equations of every channel,
/// then the others, then Z, so that the leading minor has no zero column. The normalised state has one
/// equation less (Z) for one unknown less (the weights' common factor): the count and the rank's defect are
/// the same.
ComplexMatrix jacobian(const Layer& layer) {
  const std::size_t t = layer.tokens;
  const std::size_t equations = 2 * layer.points;
  const std::size_t lead = std::min(t, equations);
  ComplexMatrix result(equations * layer.channels + 1, t * (layer.channels + 1));
  for (std::size_t h = 0; h < layer.channels; ++h) {
    const ComplexMatrix scalars = scalar_block(layer, h);
    const ComplexMatrix weights = weight_block(layer, h);
    for (std::size_t e = 0; e < equations; ++e) {
      const std::size_t row =
          e < lead ? h * lead + e : layer.channels * lead + h * (equations - lead) + (e - lead);
      for (std::size_t k = 0; k < t; ++k) {
        result(row, h * t + k) = scalars(e, k);
        result(row, layer.channels * t + k) = weights(e, k);
      }
    }
  }
  for (std::size_t k = 0; k < t; ++k) result(result.rows - 1, layer.channels * t + k).re = Interval(1);
  return result;
}

/// Full column rank where the count allows it; one token more is more unknowns than equations.
Findings unknown_weights(const Layer& layer) {
  const auto [channels, points, tokens] = layer;
  const std::string what = fmt::format("unknown shared weights, H={}, M={}, t={}", channels, points, tokens);
  Findings findings = rank_is(what, jacobian(layer), tokens * (channels + 1));
  findings.push_back(
      evidence::exactly(what + " is the most that the count allows",
                        !identifiable_with_unknown_weights(tokens + 1, channels, points),
                        fmt::format("one more: {} unknowns, {} equations", (tokens + 1) * (channels + 1),
                                    2 * points * channels + 1)));
  return findings;
}

Findings known_weights(const Layer& layer) {
  const std::string what = fmt::format("known weights, M={}, t={}", layer.points, layer.tokens);
  Findings findings = rank_is(what, scalar_block(layer, 0), layer.tokens);
  findings.push_back(evidence::exactly(what + " is the most that the count allows",
                                       !identifiable_with_known_weights(layer.tokens + 1, layer.points)));
  return findings;
}

/// k e^{3 i softsign(k)} at softsign(k) = pi/6 is i k, and so it is at -k: (-k) e^{-i pi/2} = i k.
Finding global_collision() {
  const Rational phase_in_pi = Rational(3) * Rational(1, 6);
  return evidence::exactly("globally it fails already at t=1, M=1, theta=3: k and -k share a state",
                           phase_in_pi == Rational(1, 2),
                           "softsign(k) = pi/6, phase pi/2: cos = 0, k sin is even");
}

Findings check_finite_identifiability(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  const auto add = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
  const std::size_t surplus = variant == Variant::stated ? 0 : 1;  // the twin asks for one token more
  for (const std::size_t points : {1U, 2U, 4U}) add(known_weights({1, points, 2 * points + surplus}));
  for (Layer layer : {Layer{1, 1, 1}, Layer{1, 2, 2}, Layer{2, 2, 3}, Layer{3, 3, 4}, Layer{64, 2, 3}}) {
    layer.tokens += surplus;
    add(unknown_weights(layer));
  }
  findings.push_back(global_collision());
  return findings;
}

}  // namespace

// Local and generic: a nonzero minor at one point is nonzero almost everywhere, the states being analytic
// away from k = 0.
Claim finite_identifiability() {
  return {"finite/identifiability", Reach::instances, {}, check_finite_identifiability};
}

}  // namespace sca::proofs
