#pragma once

#include <algorithm>

#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/activation.hpp"

namespace sca::kernels::serial {

/// The convolution at token t of sequence b, before its SiLU.
/// shape    u [B, L, C], conv_weight [C, ck], state [B, ck - 1, C] or null
template <class Real>
struct Convolution {
  std::int64_t L, C, ck;
  const Real *u, *conv_weight, *state;

  Real operator()(std::int64_t b, std::int64_t t, std::int64_t c) const {
    Real sum = 0;
    for (std::int64_t j = 0; j < ck; ++j) {
      const std::int64_t source = t - (ck - 1) + j;
      if (source >= 0) {
        sum += conv_weight[c * ck + j] * u[(b * L + source) * C + c];
      } else if (state != nullptr) {
        sum += conv_weight[c * ck + j] * state[(b * (ck - 1) + source + ck - 1) * C + c];
      }
    }
    return sum;
  }
};

/// The state of one sequence after its L tokens: row by row what stands L rows later, in the state or in u.
/// shape    u [L, C], state [kept, C]
template <class Real>
void advance(std::int64_t L, std::int64_t C, std::int64_t kept, const Real* u, Real* state) {
  for (std::int64_t row = 0; row < kept; ++row) {
    const std::int64_t source = row + L - kept;
    std::copy_n(source >= 0 ? u + source * C : state + (row + L) * C, C, state + row * C);
  }
}

template <class Real>
void mix(const MixForward<Real>& call) {
  const std::int64_t kept = call.ck - 1;
  const Convolution<Real> convolution{call.L, call.C, call.ck, call.u, call.conv_weight, call.state};
  for (std::int64_t b = 0; b < call.B; ++b) {
    for (std::int64_t t = 0; t < call.L; ++t) {
      for (std::int64_t c = 0; c < call.C; ++c)
        call.z[(b * call.L + t) * call.C + c] = silu(convolution(b, t, c));
    }
    if (call.state != nullptr && call.L > 0)
      advance(call.L, call.C, kept, call.u + b * call.L * call.C, call.state + b * kept * call.C);
  }
}

template <class Real>
void mix_backward(const MixBackward<Real>& call) {
  const std::int64_t L = call.L;
  const std::int64_t C = call.C;
  const std::int64_t ck = call.ck;
  const Convolution<Real> convolution{L, C, ck, call.u, call.conv_weight, nullptr};
  for (std::int64_t b = 0; b < call.B; ++b) {
    for (std::int64_t c = 0; c < C; ++c) {
      const auto at = [&](std::int64_t t) { return (b * L + t) * C + c; };
      // First the gradient by the convolution stands where that by u will be.
      Real* by_sum = call.u_gradient;
      for (std::int64_t t = 0; t < L; ++t)
        by_sum[at(t)] = call.z_gradient[at(t)] * silu_slope(convolution(b, t, c));
      for (std::int64_t j = 0; j < ck; ++j) {
        Real sum = 0;
        for (std::int64_t t = ck - 1 - j; t < L; ++t) sum += by_sum[at(t)] * call.u[at(t - (ck - 1) + j)];
        call.conv_gradient[c * ck + j] += sum;
      }
      for (std::int64_t t = 0; t < L; ++t) {
        Real sum = 0;
        for (std::int64_t j = std::max(ck - L + t, std::int64_t{0}); j < ck; ++j)
          sum += call.conv_weight[c * ck + j] * by_sum[at(t + (ck - 1) - j)];
        call.u_gradient[at(t)] = sum;
      }
    }
  }
}

}  // namespace sca::kernels::serial
