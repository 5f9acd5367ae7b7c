#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "theory/complex.hpp"

namespace sca {

// What M spectral points can and cannot retrieve. The readout's coefficients on t tokens are a linear image
// of the query's values at the M points; "every coefficient vector is reachable" is rank = t, and no training
// changes that.

/// Rank of A_km = e^{i<theta_m, h_k>} (t x M) for almost every theta and any t distinct tokens: min(M, t).
/// error    says nothing of one given theta, nor of how well A is conditioned
/// source   companion.md, section 7 (distinct exponentials are independent, minors are analytic)
constexpr std::size_t joint_rank(std::size_t points, std::size_t tokens) { return std::min(points, tokens); }

/// Rank of B = [cos<theta_m, h_k>, -sin<theta_m, h_k>] (t x 2M), the real part alone: min(2M, t) almost
/// everywhere.
/// source   companion.md, section 7
constexpr std::size_t joint_rank_real(std::size_t points, std::size_t tokens) {
  return std::min(2 * points, tokens);
}

/// The most tokens of one channel that can all be retrieved: 2M, because G lives in a 2M-dimensional real
/// space. It is reached for any distinct nonzero scalars if 0 < theta_1 < … < theta_M < pi/2; beyond pi/2 it
/// need not be.
/// source   companion.md, section 7
constexpr std::size_t channel_limit(std::size_t points) { return 2 * points; }

/// Mean squared residual, relative, of the least-squares fit of isotropic coefficients on t tokens by a space
/// of dimension `rank`: 1 - rank/t. It stays above 1/t until it is 0.
/// domain   t >= 1
template <class Real>
Real residual_fraction(std::size_t rank, std::size_t tokens) {
  if (rank >= tokens) return Real(0);
  return Real(1) - Real(static_cast<long>(rank)) / Real(static_cast<long>(tokens));
}

/// Local, generic identifiability of one channel's t scalars from R and I, weights known: t <= 2M.
/// error    a dimension count; globally two prefixes may share a state even at t = 1
constexpr bool identifiable_with_known_weights(std::size_t tokens, std::size_t points) {
  return tokens <= 2 * points;
}

/// The same for t(H+1) unknowns (H scalars and one shared weight a token) from the 2MH + 1 numbers R, I, Z.
constexpr bool identifiable_with_unknown_weights(std::size_t tokens, std::size_t channels,
                                                 std::size_t points) {
  return tokens * (channels + 1) <= 2 * points * channels + 1;
}

/// e^{i<theta_m, h_k>}.
///
/// shape    tokens [t, d], nodes [M, d] -> [t, M], all row-major
template <class Real>
std::vector<Complex<Real>> phase_matrix(std::span<const Real> tokens, std::span<const Real> nodes,
                                        std::size_t d) {
  std::vector<Complex<Real>> result;
  for (std::size_t k = 0; k < tokens.size() / d; ++k) {
    for (std::size_t m = 0; m < nodes.size() / d; ++m) {
      Real phase(0);
      for (std::size_t l = 0; l < d; ++l) phase = phase + nodes[m * d + l] * tokens[k * d + l];
      result.push_back(expi(phase));
    }
  }
  return result;
}

/// cos and -sin of the phases, interleaved: what the real part of the readout has to work with.
///
/// shape    tokens [t, d], nodes [M, d] -> [t, 2M], all row-major
template <class Real>
std::vector<Real> real_phase_matrix(std::span<const Real> tokens, std::span<const Real> nodes,
                                    std::size_t d) {
  std::vector<Real> result;
  for (const Complex<Real>& z : phase_matrix(tokens, nodes, d)) {
    result.push_back(z.re);
    result.push_back(-z.im);
  }
  return result;
}

/// max_k prod_{l != k} 1/|z_k - z_l|. With V_nk = z_k^n square and |z_k| = 1,
/// max_k <= ||V^-1||_inf <= 2^{t-1} max_k.
///
/// domain   distinct z of modulus 1 (s (h_k - h_l) not a multiple of 2 pi)
/// source   W. Gautschi, On inverses of Vandermonde and confluent Vandermonde matrices (1962); companion.md,
/// item 4
template <class Real>
Real gautschi_product(std::span<const Complex<Real>> z) {
  Real worst(0);
  for (std::size_t k = 0; k < z.size(); ++k) {
    Real product(1);
    for (std::size_t l = 0; l < z.size(); ++l) {
      if (l != k) product = product / abs(z[k] - z[l]);
    }
    worst = larger(worst, product);
  }
  return worst;
}

/// The upper end of Gautschi's bound.
template <class Real>
Real gautschi_upper(std::span<const Complex<Real>> z) {
  return power(Real(2), z.size() - 1) * gautschi_product(z);
}

/// [M + 1 - 1/Delta, M - 1 + 1/Delta]: holds every squared singular value of A_km = e^{i s m h_k}, m < M.
///
/// domain   Delta = min_{k != l} dist(s (h_k - h_l) / 2 pi, Z) > 0; the lower end says something for
///          M + 1 > 1/Delta
/// source   Beurling–Selberg majorant and minorant; companion.md, section 7
template <class Real>
struct SingularValueBounds {
  Real low;   // of sigma^2
  Real high;  // of sigma^2
};

template <class Real>
SingularValueBounds<Real> beurling_selberg(std::size_t points, const Real& wrapped_separation) {
  const Real count(static_cast<long>(points));
  const Real inverse = Real(1) / wrapped_separation;
  return {count + Real(1) - inverse, count - Real(1) + inverse};
}

}  // namespace sca
