#pragma once

#include <cmath>

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

/// One head of one token, and the angles of its position: x [hd], cosine and sine [half].
template <class Real>
struct Rotation {
  template <class Call>
  Rotation(const Call& call, std::int64_t token, std::int64_t head)
      : half(call.hd / 2),
        x(call.x + (token * call.heads + head) * call.hd),
        cosine(call.cosine + angles(call, token)),
        sine(call.sine + angles(call, token)) {}

  Real first(std::int64_t j) const { return x[j] * cosine[j] - x[j + half] * sine[j]; }
  Real second(std::int64_t j) const { return x[j + half] * cosine[j] + x[j] * sine[j]; }
  /// sqrt(mean of squares + epsilon)
  Real root(double epsilon) const {
    Real sum = 0;
    for (std::int64_t j = 0; j < half; ++j) sum += first(j) * first(j) + second(j) * second(j);
    return std::sqrt(sum / static_cast<Real>(2 * half) + static_cast<Real>(epsilon));
  }

  std::int64_t half;
  const Real *x, *cosine, *sine;

 private:
  template <class Call>
  static std::int64_t angles(const Call& call, std::int64_t token) {
    return (call.position + token % call.L) * (call.hd / 2);
  }
};

template <class Real>
void position(const PositionForward<Real>& call) {
  for (std::int64_t token = 0; token < call.B * call.L; ++token) {
    Real* row = call.y + token / call.L * call.y_stride + token % call.L * call.heads * call.hd;
    for (std::int64_t head = 0; head < call.heads; ++head) {
      const Rotation<Real> rotation(call, token, head);
      const Real root = call.normalises ? rotation.root(call.epsilon) : Real(1);
      Real* y = row + head * call.hd;
      for (std::int64_t j = 0; j < rotation.half; ++j) {
        y[j] = rotation.first(j) / root;
        y[j + rotation.half] = rotation.second(j) / root;
      }
    }
  }
}

template <class Real>
void position_backward(const PositionBackward<Real>& call) {
  for (std::int64_t token = 0; token < call.B * call.L; ++token) {
    for (std::int64_t head = 0; head < call.heads; ++head) {
      const Rotation<Real> rotation(call, token, head);
      const std::int64_t half = rotation.half;
      const std::int64_t at = (token * call.heads + head) * call.hd;
      const Real* by_y = call.y_gradient + at;
      Real* by_x = call.x_gradient + at;
      Real root = 1;
      Real share = 0;  // of what was rotated in its own gradient, through the norm
      if (call.normalises) {
        root = rotation.root(call.epsilon);
        Real dot = 0;
        for (std::int64_t j = 0; j < half; ++j)
          dot += by_y[j] * rotation.first(j) + by_y[j + half] * rotation.second(j);
        share = dot / root / root / static_cast<Real>(call.hd);
      }
      for (std::int64_t j = 0; j < half; ++j) {
        const Real by_first = (by_y[j] - rotation.first(j) * share) / root;
        const Real by_second = (by_y[j + half] - rotation.second(j) * share) / root;
        by_x[j] = by_first * rotation.cosine[j] + by_second * rotation.sine[j];
        by_x[j + half] = by_second * rotation.cosine[j] - by_first * rotation.sine[j];
      }
    }
  }
}

}  // namespace sca::kernels::serial
