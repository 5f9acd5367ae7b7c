#pragma once

#include "kernels/cpu/core/serial/forward.hpp"

namespace sca::kernels::serial {

/// One head's share of the parameters' gradients; theta and omega [H, M]. Sums over tokens and sequences.
template <class Real>
struct ParameterGradients {
  std::span<Real> theta, omega;
  Real &rate, &score_scale, &score_bias, &phase_scale;
};

/// The derivatives by the state after the token at hand; re and im [H, M].
template <class Real>
struct StateGradient {
  Real weight = 0;
  std::span<Real> re, im;
};

/// Step 5 backwards: adds the token's part to the state's gradient, to omega's and to the query's.
template <class Stored, class Real = RealOf<Stored>>
void read_backward(const Head<Stored>& head, std::int64_t t, const State<Real>& state, const Stored* upstream,
                   StateGradient<Real>& by_state, std::span<Real> by_query, std::span<Real> by_omega) {
  const std::int64_t H = head.in.shape.H;
  const std::int64_t M = head.in.shape.M;
  const Stored* query = head.query(t);
  const Real inverse = inverse_weight(head.in.rules, state.weight);
  Real by_inverse = 0;  // times the inverse
  for (std::int64_t h = 0; h < H; ++h) {
    const Real g_re = load(upstream[h]) / head.root;
    const Real g_im = load(upstream[H + h]) / head.root;
    for (std::int64_t i = h * M; i < (h + 1) * M; ++i) {
      const auto j = static_cast<std::size_t>(i);
      const Real re = state.re[j] * inverse;
      const Real im = state.im[j] * inverse;
      const Real q_re = load(query[2 * i]);
      const Real q_im = load(query[2 * i + 1]);
      by_omega[j] += g_re * (re * q_re + im * q_im) + g_im * (im * q_re - re * q_im);
      by_query[2 * j] += head.omega[i] * (g_re * re + g_im * im);
      by_query[2 * j + 1] += head.omega[i] * (g_re * im - g_im * re);
      const Real by_re = head.omega[i] * (g_re * q_re - g_im * q_im);
      const Real by_im = head.omega[i] * (g_re * q_im + g_im * q_re);
      by_inverse += re * by_re + im * by_im;
      by_state.re[j] += by_re * inverse;
      by_state.im[j] += by_im * inverse;
    }
  }
  if (head.in.rules.unnormalised == 0 && !(state.weight < static_cast<Real>(head.in.rules.weight_floor)))
    by_state.weight -= by_inverse * inverse;
}

/// The derivatives by a token's phases and by what e^{i phase} is multiplied by.
/// shape    phase [H, M], of which the first M alone where channels share them; value [H]
template <class Real>
struct TurnGradient {
  std::span<Real> phase, value;

  Real& of_phase(const sca_core_inputs& in, std::int64_t i) const {
    return phase[static_cast<std::size_t>(in.rules.inner_product_phase != 0 ? i % in.shape.M : i)];
  }
};

template <class Stored, class Real = RealOf<Stored>>
void turn_backward(const Head<Stored>& head, const Stored* key, Real weight,
                   const StateGradient<Real>& by_state, const TurnGradient<Real>& by_turn) {
  std::ranges::fill(by_turn.phase, Real(0));
  std::ranges::fill(by_turn.value, Real(0));
  for_each_turn(head, key, [&](std::int64_t h, std::int64_t i, Real cosine, Real sine) {
    const auto j = static_cast<std::size_t>(i);
    by_turn.value[static_cast<std::size_t>(h)] += by_state.re[j] * cosine + by_state.im[j] * sine;
    by_turn.of_phase(head.in, i) +=
        head.value(weight, key[h]) * (by_state.im[j] * cosine - by_state.re[j] * sine);
  });
}

/// Step 3 backwards: writes the key's gradient, adds to theta's and the phase scale's; the derivative by the
/// weight.
template <class Stored, class Real = RealOf<Stored>>
Real encode_backward(const Head<Stored>& head, std::int64_t t, Real weight,
                     const StateGradient<Real>& by_state, const TurnGradient<Real>& by_turn, Stored* by_key,
                     const ParameterGradients<Real>& by) {
  const std::int64_t M = head.in.shape.M;
  const bool is_plain = head.in.rules.plain_summary != 0;
  const Stored* key = head.key(t);
  turn_backward(head, key, weight, by_state, by_turn);
  Real by_weight = by_state.weight;
  for (std::int64_t h = 0; h < head.in.shape.H; ++h) {
    const Real over = Real(1) / (Real(1) + std::abs(head.phase_scale * load(key[h])));
    const Real u = encoded(head, key[h]);
    Real by_u = 0;
    for (std::int64_t i = h * M; i < (h + 1) * M; ++i) {
      const Real by_phase = by_turn.of_phase(head.in, i);
      by.theta[static_cast<std::size_t>(i)] += by_phase * u;
      by_u += by_phase * head.theta[i];
    }
    const Real by_x = by_u * over * over;
    const Real by_value = by_turn.value[static_cast<std::size_t>(h)];
    by.phase_scale += by_x * load(key[h]);
    by_weight += is_plain ? by_value : by_value * load(key[h]);
    by_key[h] =
        store<Stored>(is_plain ? by_x * head.phase_scale : by_value * weight + by_x * head.phase_scale);
  }
  return by_weight;
}

/// Step 2 backwards: adds to the gradients of the rate and the score's parameters; the score's own.
template <class Stored, class Real = RealOf<Stored>>
Real weigh_backward(const Head<Stored>& head, std::int64_t t, const Weight<Real>& weight, Real by_weight,
                    const ParameterGradients<Real>& by) {
  if (weight.value < weight.unclipped || weight.unclipped < weight.value) return 0;
  by.rate -= by_weight * weight.unclipped * weight.distance;
  const Real fall = std::exp(-std::abs(weight.argument));
  const Real slope = (weight.argument < 0 ? fall : Real(1)) / (Real(1) + fall);
  const bool is_linear = weight.argument > static_cast<Real>(head.in.rules.softplus_switch);
  const Real by_argument = by_weight * weight.decay * (is_linear ? Real(1) : slope);
  by.score_scale += by_argument * head.score(t);
  by.score_bias += by_argument;
  return by_argument * head.score_scale;
}

/// R_t = discount R_{t-1} + ... backwards, with discount = e^{-rate}.
template <class Stored, class Real = RealOf<Stored>>
void discount_backward(const Head<Stored>& head, const State<Real>& before, StateGradient<Real>& by_state,
                       const ParameterGradients<Real>& by) {
  if (!head.is_recursive()) return;
  Real by_discount = by_state.weight * before.weight;
  by_state.weight *= head.discount;
  for (std::size_t j = 0; j < before.re.size(); ++j) {
    by_discount += by_state.re[j] * before.re[j] + by_state.im[j] * before.im[j];
    by_state.re[j] *= head.discount;
    by_state.im[j] *= head.discount;
  }
  by.rate -= head.discount * by_discount;
}

/// The workspace: a head's states before and after every token, its state's gradient, a token's turns', and a
/// query head's gradients at every token, which its memory heads add to.
template <class Real>
struct Workspace {
  Workspace(void* memory, const sca_core_shape& shape)
      : width(static_cast<std::size_t>(shape.H * shape.M)),
        states(static_cast<Real*>(memory)),
        gradient(states + static_cast<std::size_t>(shape.L + 1) * (1 + 2 * width)),
        turn{{gradient + 2 * width, width}, {gradient + 3 * width, static_cast<std::size_t>(shape.H)}},
        query(turn.value.data() + turn.value.size()) {}

  static std::size_t bytes(const sca_core_shape& shape) {
    const auto width = static_cast<std::size_t>(shape.H * shape.M);
    const auto L = static_cast<std::size_t>(shape.L);
    const auto H = static_cast<std::size_t>(shape.H);
    return ((L + 1) * (1 + 2 * width) + 3 * width + H + L * 2 * width) * sizeof(Real);
  }
  /// After t tokens.
  State<Real> state(std::int64_t t) const {
    Real* first = states + static_cast<std::size_t>(t) * (1 + 2 * width);
    return {*first, std::span(first + 1, width), std::span(first + 1 + width, width)};
  }
  std::span<Real> by_query(std::int64_t t) const {
    return {query + static_cast<std::size_t>(t) * 2 * width, 2 * width};
  }

  std::size_t width;
  Real *states, *gradient;
  TurnGradient<Real> turn;
  Real* query;
};

template <class Stored, class Real = RealOf<Stored>>
void backward(const Head<Stored>& head, const sca_core_backward& call, const Workspace<Real>& workspace,
              const ParameterGradients<Real>& by) {
  const sca_core_shape& shape = head.in.shape;
  std::fill_n(&workspace.state(0).weight, 1 + 2 * workspace.width, Real(0));
  for (std::int64_t t = 0; t < shape.L; ++t) {
    std::copy_n(&workspace.state(t).weight, 1 + 2 * workspace.width, &workspace.state(t + 1).weight);
    absorb(head, t, weigh(head, t, t), workspace.state(t + 1));
  }
  std::fill_n(workspace.gradient, 2 * workspace.width, Real(0));
  StateGradient<Real> by_state{
      0, {workspace.gradient, workspace.width}, {workspace.gradient + workspace.width, workspace.width}};
  for (std::int64_t t = shape.L; t-- > 0;) {
    const Stored* upstream = row<Stored>(call.output_gradient, head.b, t) + head.k * 2 * shape.H;
    read_backward(head, t, workspace.state(t + 1), upstream, by_state, workspace.by_query(t), by.omega);
    const Weight<Real> weight = weigh(head, t, t);
    Stored* by_key = row<Stored>(call.key, head.b, t) + head.k * shape.H;
    const Real by_weight = encode_backward(head, t, weight.value, by_state, workspace.turn, by_key, by);
    row<Stored>(call.score, head.b, t)[head.k] =
        store<Stored>(weigh_backward(head, t, weight, by_weight, by));
    discount_backward(head, workspace.state(t), by_state, by);
  }
}

template <class Stored>
int backward(const sca_core_backward* call) {
  using Real = RealOf<Stored>;
  const sca_core_shape& shape = call->in.shape;
  const Workspace<Real> workspace(call->workspace, shape);
  const auto reals = [](void* data) { return static_cast<Real*>(data); };
  const auto K = static_cast<std::size_t>(shape.K);
  for (void* one : {call->theta, call->omega}) std::fill_n(reals(one), K * workspace.width, Real(0));
  for (void* one : {call->rate, call->score_scale, call->score_bias, call->phase_scale})
    std::fill_n(reals(one), K, Real(0));
  const std::int64_t group = shape.K / shape.Kq;
  for (std::int64_t i = 0; i < shape.B * shape.K; ++i) {
    const std::int64_t b = i / shape.K;
    const std::int64_t k = i % shape.K;
    const std::size_t at = static_cast<std::size_t>(k) * workspace.width;
    const ParameterGradients<Real> by{{reals(call->theta) + at, workspace.width},
                                      {reals(call->omega) + at, workspace.width},
                                      reals(call->rate)[k],
                                      reals(call->score_scale)[k],
                                      reals(call->score_bias)[k],
                                      reals(call->phase_scale)[k]};
    if (k % group == 0)
      std::fill_n(workspace.query, static_cast<std::size_t>(shape.L) * 2 * workspace.width, Real(0));
    backward(Head<Stored>(call->in, b, k), *call, workspace, by);
    if (k % group != group - 1) continue;
    for (std::int64_t t = 0; t < shape.L; ++t) {
      const std::span<Real> from = workspace.by_query(t);
      Stored* to =
          row<Stored>(call->query, b, t) + k / group * 2 * static_cast<std::int64_t>(workspace.width);
      std::transform(from.begin(), from.end(), to, [](Real x) { return store<Stored>(x); });
    }
  }
  return 0;
}

}  // namespace sca::kernels::serial
