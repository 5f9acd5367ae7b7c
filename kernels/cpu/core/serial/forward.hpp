#pragma once

#include <algorithm>
#include <span>

#include "kernels/cpu/core/serial/turn.hpp"

namespace sca::kernels::serial {

/// A head's Z, R and I; re and im [H, M].
template <class Real>
struct State {
  Real& weight;
  std::span<Real> re, im;
};

/// Steps 2 to 4: token t goes into the state.
template <class Stored, class Real = RealOf<Stored>>
void absorb(const Head<Stored>& head, std::int64_t t, const Weight<Real>& weight, const State<Real>& state) {
  const Stored* key = head.key(t);
  state.weight = head.discount * state.weight + weight.value;
  for_each_turn(head, key, [&](std::int64_t h, std::int64_t i, Real cosine, Real sine) {
    const Real value = head.value(weight.value, key[h]);
    const auto j = static_cast<std::size_t>(i);
    state.re[j] = head.discount * state.re[j] + value * cosine;
    state.im[j] = head.discount * state.im[j] + value * sine;
  });
}

/// Step 5: what token t's query reads.
template <class Stored, class Real = RealOf<Stored>>
void read(const Head<Stored>& head, std::int64_t t, const State<Real>& state, Stored* output) {
  const std::int64_t H = head.in.shape.H;
  const std::int64_t M = head.in.shape.M;
  const Stored* query = head.query(t);
  const Real inverse = inverse_weight(head.in.rules, state.weight);
  for (std::int64_t h = 0; h < H; ++h) {
    Real sum_re = 0;
    Real sum_im = 0;
    for (std::int64_t i = h * M; i < (h + 1) * M; ++i) {
      const Real re = state.re[static_cast<std::size_t>(i)] * inverse;
      const Real im = state.im[static_cast<std::size_t>(i)] * inverse;
      const Real q_re = load(query[2 * i]);
      const Real q_im = load(query[2 * i + 1]);
      sum_re += head.omega[i] * (re * q_re + im * q_im);
      sum_im += head.omega[i] * (im * q_re - re * q_im);
    }
    output[h] = store<Stored>(sum_re / head.root);
    output[H + h] = store<Stored>(sum_im / head.root);
  }
}

/// All tokens of one head, from `state` at `position` on.
template <class Stored>
void forward(const Head<Stored>& head, const State<RealOf<Stored>>& state, std::int64_t position,
             const sca_tokens& output) {
  const sca_core_shape& shape = head.in.shape;
  for (std::int64_t t = 0; t < shape.L; ++t) {
    absorb(head, t, weigh(head, t, position + t), state);
    read(head, t, state, row<Stored>(output, head.b, t) + head.k * 2 * shape.H);
  }
}

/// Forward and step. Without a state of the caller's, one head's state at a time is in the workspace.
template <class Stored>
int forward(const sca_core_forward* call) {
  using Real = RealOf<Stored>;
  const sca_core_shape& shape = call->in.shape;
  const auto width = static_cast<std::size_t>(shape.H * shape.M);
  sca_core_state* kept = call->state;
  for (std::int64_t i = 0; i < shape.B * shape.K; ++i) {
    Real* own = static_cast<Real*>(call->workspace);
    Real* weight = kept == nullptr ? own : static_cast<Real*>(kept->weight) + i;
    const std::size_t at = static_cast<std::size_t>(i) * width;
    Real* re = kept == nullptr ? own + 1 : static_cast<Real*>(kept->re) + at;
    Real* im = kept == nullptr ? own + 1 + width : static_cast<Real*>(kept->im) + at;
    if (kept == nullptr) std::fill_n(own, 1 + 2 * width, Real(0));
    forward(Head<Stored>(call->in, i / shape.K, i % shape.K),
            State<Real>{*weight, std::span(re, width), std::span(im, width)},
            kept == nullptr ? 0 : kept->position, call->output);
  }
  if (kept != nullptr) kept->position += shape.L;
  return 0;
}

}  // namespace sca::kernels::serial
