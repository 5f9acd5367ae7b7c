#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/cpu/core/serial/head.hpp"

namespace sca::kernels::serial {

/// softsign(phase_scale key)
template <class Stored, class Real = RealOf<Stored>>
Real encoded(const Head<Stored>& head, Stored key) {
  const Real x = head.phase_scale * load(key);
  return x / (Real(1) + std::abs(x));
}

/// f(h, h M + m, cos phase, sin phase) for all samples of a token's key [H]. One phase may belong to all
/// channels.
template <class Stored, class F>
void for_each_turn(const Head<Stored>& head, const Stored* key, F f) {
  using Real = RealOf<Stored>;
  const std::int64_t H = head.in.shape.H;
  const std::int64_t M = head.in.shape.M;
  if (head.in.rules.inner_product_phase != 0) {
    for (std::int64_t m = 0; m < M; ++m) {
      Real phase = 0;
      for (std::int64_t h = 0; h < H; ++h) phase += head.theta[h * M + m] * encoded(head, key[h]);
      const Real cosine = std::cos(phase);
      const Real sine = std::sin(phase);
      for (std::int64_t h = 0; h < H; ++h) f(h, h * M + m, cosine, sine);
    }
    return;
  }
  for (std::int64_t h = 0; h < H; ++h) {
    const Real u = encoded(head, key[h]);
    for (std::int64_t i = h * M; i < (h + 1) * M; ++i) {
      const Real phase = head.theta[i] * u;
      f(h, i, std::cos(phase), std::sin(phase));
    }
  }
}

}  // namespace sca::kernels::serial
