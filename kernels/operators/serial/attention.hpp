#pragma once

#include <algorithm>
#include <cmath>

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

/// What stands in place of a later key's score under a mask, and is added to a masked key's.
inline constexpr double masked_score = -1e4;

/// One query head of one sequence, with the key head that it reads.
template <class Real>
struct AttentionHead {
  template <class Call>
  AttentionHead(const Call& call, std::int64_t position_, std::int64_t kv_stride, std::int64_t b,
                std::int64_t h)
      : hd(call.hd),
        L(call.L),
        position(position_),
        q_step(call.heads * hd),
        kv_step(call.kv_heads * hd),
        q_at(b * L * q_step + h * hd),
        kv_at(b * kv_stride + h / (call.heads / call.kv_heads) * hd),
        root(std::sqrt(static_cast<Real>(hd))),
        q(call.q + q_at),
        k(call.k + kv_at),
        v(call.v + kv_at),
        mask(call.mask == nullptr ? nullptr : call.mask + b * L) {}

  std::int64_t keys(std::int64_t t) const { return mask == nullptr ? position + t + 1 : L; }

  Real score(std::int64_t t, std::int64_t i) const {
    if (i > position + t) return static_cast<Real>(masked_score);
    Real dot = 0;
    for (std::int64_t j = 0; j < hd; ++j) dot += q[t * q_step + j] * k[i * kv_step + j];
    const Real score = dot / root;
    return mask == nullptr ? score : score + (Real(1) - mask[i]) * static_cast<Real>(masked_score);
  }

  std::int64_t hd, L, position;
  std::int64_t q_step, kv_step;  // elements between tokens
  std::int64_t q_at, kv_at;      // this head's first element in q, in k and v
  Real root;
  const Real *q, *k, *v, *mask;
};

/// Query t: y [hd], and log sum e^score.
template <class Real>
Real attend(const AttentionHead<Real>& head, std::int64_t t, Real* y) {
  const std::int64_t keys = head.keys(t);
  Real top = head.score(t, 0);
  for (std::int64_t i = 1; i < keys; ++i) {
    const Real score = head.score(t, i);
    if (top < score) top = score;
  }
  Real total = 0;
  for (std::int64_t i = 0; i < keys; ++i) total += std::exp(head.score(t, i) - top);
  std::fill_n(y, head.hd, Real(0));
  for (std::int64_t i = 0; i < keys; ++i) {
    const Real weight = std::exp(head.score(t, i) - top) / total;
    for (std::int64_t j = 0; j < head.hd; ++j) y[j] += weight * head.v[i * head.kv_step + j];
  }
  return top + std::log(total);
}

template <class Real>
void attention(const AttentionForward<Real>& call) {
  for (std::int64_t i = 0; i < call.B * call.heads; ++i) {
    const std::int64_t b = i / call.heads;
    const std::int64_t h = i % call.heads;
    const AttentionHead<Real> head(call, call.position, call.kv_stride, b, h);
    for (std::int64_t t = 0; t < call.L; ++t) {
      const Real log_sum = attend(head, t, call.y + head.q_at + t * head.q_step);
      if (call.log_sum != nullptr) call.log_sum[(b * call.L + t) * call.heads + h] = log_sum;
    }
  }
}

/// Query t: writes its gradient, adds to its keys' and values'.
template <class Real>
void attend_backward(const AttentionHead<Real>& head, const AttentionBackward<Real>& call, std::int64_t t,
                     Real log_sum) {
  const std::int64_t at = head.q_at + t * head.q_step;
  const Real* by_y = call.y_gradient + at;
  Real* by_q = call.q_gradient + at;
  std::fill_n(by_q, head.hd, Real(0));
  Real mean = 0;  // of the weights' gradients, under the weights
  for (std::int64_t j = 0; j < head.hd; ++j) mean += by_y[j] * call.y[at + j];
  for (std::int64_t i = 0; i < head.keys(t); ++i) {
    const std::int64_t row = i * head.kv_step;
    const Real weight = std::exp(head.score(t, i) - log_sum);
    Real* by_v = call.v_gradient + head.kv_at + row;
    Real by_weight = 0;
    for (std::int64_t j = 0; j < head.hd; ++j) {
      by_weight += by_y[j] * head.v[row + j];
      by_v[j] += weight * by_y[j];
    }
    if (i > t) continue;  // a masked query's later key: its score is a constant
    const Real by_dot = weight * (by_weight - mean) / head.root;
    Real* by_k = call.k_gradient + head.kv_at + row;
    for (std::int64_t j = 0; j < head.hd; ++j) {
      by_q[j] += by_dot * head.k[row + j];
      by_k[j] += by_dot * head.q[t * head.q_step + j];
    }
  }
}

template <class Real>
void attention_backward(const AttentionBackward<Real>& call) {
  const std::int64_t kv_stride = call.L * call.kv_heads * call.hd;
  std::fill_n(call.k_gradient, call.B * kv_stride, Real(0));
  std::fill_n(call.v_gradient, call.B * kv_stride, Real(0));
  for (std::int64_t i = 0; i < call.B * call.heads; ++i) {
    const std::int64_t b = i / call.heads;
    const std::int64_t h = i % call.heads;
    const AttentionHead<Real> head(call, 0, kv_stride, b, h);
    for (std::int64_t t = 0; t < call.L; ++t)
      attend_backward(head, call, t, call.log_sum[(b * call.L + t) * call.heads + h]);
  }
}

}  // namespace sca::kernels::serial
