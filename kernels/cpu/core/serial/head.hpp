#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "kernels/cpu/core/storage.hpp"

namespace sca::kernels::serial {

/// One memory head of one sequence: its parameters, and where its numbers stand in a token's rows.
template <class Stored>
struct Head {
  using Real = RealOf<Stored>;

  Head(const sca_core_inputs& call, std::int64_t sequence, std::int64_t index)
      : in(call),
        b(sequence),
        k(index),
        width(call.shape.H * call.shape.M),
        query_head(index / (call.shape.K / call.shape.Kq)),
        is_anchor(index >= call.shape.K - call.rules.anchors),
        theta(reals(call.parameters.theta) + index * width),
        omega(reals(call.parameters.omega) + index * width),
        rate(reals(call.parameters.rate)[index]),
        score_scale(reals(call.parameters.score_scale)[index]),
        score_bias(reals(call.parameters.score_bias)[index]),
        phase_scale(reals(call.parameters.phase_scale)[index]),
        discount(is_recursive() ? std::exp(-rate) : Real(1)),
        root(call.rules.over_root_h != 0 ? std::sqrt(static_cast<Real>(call.shape.H)) : Real(1)) {}

  bool is_recursive() const { return in.rules.recursive_decay != 0 && !is_anchor; }

  const Stored* key(std::int64_t t) const { return row<Stored>(in.key, b, t) + k * in.shape.H; }
  Real score(std::int64_t t) const { return load(row<Stored>(in.score, b, t)[k]); }
  const Stored* query(std::int64_t t) const { return row<Stored>(in.query, b, t) + query_head * width * 2; }

  /// What goes into R and I beside e^{i phase}.
  Real value(Real weight, Stored key_of_channel) const {
    return in.rules.plain_summary != 0 ? weight : weight * load(key_of_channel);
  }
  /// The distance d of the token at `position`.
  Real distance(std::int64_t position) const {
    if (is_anchor) return static_cast<Real>(position);
    if (is_recursive()) return 0;
    const std::int64_t left = in.rules.horizon - 1 - position;
    return static_cast<Real>(in.rules.saturate_distance != 0 ? std::max(left, std::int64_t{0}) : left);
  }

  const sca_core_inputs& in;
  std::int64_t b, k, width, query_head;
  bool is_anchor;
  const Real *theta, *omega;
  Real rate, score_scale, score_bias, phase_scale, discount, root;

 private:
  static const Real* reals(const void* data) { return static_cast<const Real*>(data); }
};

/// A token's weight, and what its derivatives need.
template <class Real>
struct Weight {
  Real argument;  // of softplus
  Real gate;
  Real distance;
  Real decay;
  Real unclipped;
  Real value;
};

template <class Real>
Real softplus(Real x, Real linear_above) {
  if (x > linear_above) return x;
  if (std::isinf(linear_above)) return std::max(x, Real(0)) + std::log1p(std::exp(-std::abs(x)));
  return std::log1p(std::exp(x));
}

template <class Stored, class Real = RealOf<Stored>>
Weight<Real> weigh(const Head<Stored>& head, std::int64_t t, std::int64_t position) {
  const sca_core_rules& rules = head.in.rules;
  Weight<Real> weight;
  weight.argument = head.score_scale * head.score(t) + head.score_bias;
  weight.gate = softplus(weight.argument, static_cast<Real>(rules.softplus_switch));
  weight.distance = head.distance(position);
  weight.decay = std::exp(-(head.rate * weight.distance));
  weight.unclipped = weight.gate * weight.decay;
  weight.value = weight.unclipped;
  // Written so that a NaN stays one.
  if (weight.value < static_cast<Real>(rules.weight_low)) weight.value = static_cast<Real>(rules.weight_low);
  if (weight.value > static_cast<Real>(rules.weight_high))
    weight.value = static_cast<Real>(rules.weight_high);
  return weight;
}

/// 1 / max(Z, floor), or 1.
template <class Real>
Real inverse_weight(const sca_core_rules& rules, Real weight) {
  if (rules.unnormalised != 0) return 1;
  return Real(1) /
         (weight < static_cast<Real>(rules.weight_floor) ? static_cast<Real>(rules.weight_floor) : weight);
}

}  // namespace sca::kernels::serial
