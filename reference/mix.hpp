#pragma once

#include <algorithm>

#include "reference/activation.hpp"
#include "reference/layer_parameters.hpp"

namespace sca::reference {

/// z = SiLU(sum_j conv[c, j] window[j][c]), the newest token's u last in the window.
///
/// shape    conv_weight [C, 1, ck]; window(j) is the row u [C] of ck - 1 - j tokens ago, empty before
///          the first
/// source   paper section 2.2.4, Step 1
template <class Real, class Window>
void convolve(const Tensor<Real>& conv_weight, Window window, std::span<Real> z) {
  const std::size_t ck = conv_weight.shape[2];
  for (std::size_t c = 0; c < z.size(); ++c) {
    Real sum(0);
    for (std::size_t j = 0; j < ck; ++j) {
      const std::span<const Real> u = window(j);
      if (!u.empty()) Scalar<Real>::add_product(sum, conv_weight.data[c * ck + j], u[c]);
    }
    z[c] = silu(sum);
  }
}

/// The next token's z: its u enters the ring as the oldest row leaves.
/// shape    ring [ck - 1, C], oldest first; u, z [C]
template <class Real>
void convolve_next(const Tensor<Real>& conv_weight, std::span<Real> ring, std::span<const Real> u,
                   std::span<Real> z) {
  const std::size_t C = u.size();
  const auto window = [&](std::size_t j) {
    return (j + 1) * C > ring.size() ? u : std::span<const Real>(ring.subspan(j * C, C));
  };
  convolve<Real>(conv_weight, window, z);
  if (ring.empty()) return;
  std::move(ring.begin() + static_cast<std::ptrdiff_t>(C), ring.end(), ring.begin());
  std::copy(u.begin(), u.end(), ring.end() - static_cast<std::ptrdiff_t>(C));
}

/// u = W_in x, token by token.
///
/// shape    x [B, L, D] -> u [B, L, C]
template <class Real>
Tensor<Real> project(const Tensor<Real>& weight, const Tensor<Real>& x) {
  const std::size_t D = weight.shape[1];
  const std::size_t C = weight.shape[0];
  const std::size_t tokens = x.shape[0] * x.shape[1];
  auto u = Tensor<Real>::zeros({x.shape[0], x.shape[1], C});
  for (std::size_t i = 0; i < tokens; ++i) {
    multiply<Real>(weight.data, x.row(i, D), u.row(i, C));
  }
  return u;
}

/// z = SiLU(DWConv(u)), zeros before the first token.
///
/// shape    u [B, L, C] -> z [B, L, C]
/// source   paper section 2.2.4, Step 1
template <class Real>
Tensor<Real> mix(const Tensor<Real>& conv_weight, const Tensor<Real>& u) {
  const std::size_t L = u.shape[1];
  const std::size_t C = u.shape[2];
  const std::size_t ck = conv_weight.shape[2];
  auto z = Tensor<Real>::zeros(u.shape);
  for (std::size_t i = 0; i < u.shape[0] * L; ++i) {
    const std::size_t t = i % L;
    const auto window = [&](std::size_t j) {
      const std::size_t age = ck - 1 - j;
      return age > t ? std::span<const Real>() : u.row(i - age, C);
    };
    convolve<Real>(conv_weight, window, z.row(i, C));
  }
  return z;
}

/// The branches of a mixed token z [C]: k [K, H], s [K], q [Kq, H, M, 2] with re before im.
template <class Real>
struct Branches {
  std::span<const Real> k;
  std::span<const Real> s;
  std::span<const Real> q;
};

template <class Real>
Branches<Real> branches(const LayerConfig& c, std::span<const Real> z) {
  return {z.subspan(0, c.KH()), z.subspan(c.KH(), c.K), z.subspan(c.KH() + c.K, c.queries())};
}

}  // namespace sca::reference
