#pragma once

#include <cstdint>
#include <span>

#include "theory/scalar.hpp"

namespace sca {

// Rank-1 lattices {n z/N}, n = 0 … N-1, randomly shifted, in the unanchored Sobolev space of functions on [0,
// 1]^d with square-integrable mixed first derivatives and product weights gamma_l.

/// x^2 - x + 1/6.
template <class Real>
Real bernoulli_2(const Real& x) {
  return x * x - x + Real(1) / Real(6);
}

/// e^2 = -1 + (1/N) sum_n prod_l (1 + gamma_l B_2({n z_l/N})): the shift-averaged squared worst-case error.
///
/// shape    generator [d], gamma [d]
/// domain   N >= 1
/// error    rounding: for e^2 much below N u, u the unit roundoff, nothing is
/// left source   I. H. Sloan, F. Y. Kuo, S. Joe: Constructing randomly shifted lattice rules in weighted
/// Sobolev spaces (2002); Dick, Kuo, Sloan: High-dimensional integration: the quasi-Monte Carlo way (2013),
/// 5.3
template <class Real>
Real lattice_error_squared(std::uint64_t points, std::span<const std::uint64_t> generator,
                           std::span<const Real> gamma) {
  const Real count = Real(static_cast<long>(points));
  Real sum(0);
  for (std::uint64_t n = 0; n < points; ++n) {
    Real product(1);
    for (std::size_t l = 0; l < generator.size(); ++l) {
      const Real x = Real(static_cast<long>(n * generator[l] % points)) / count;
      product = product * (Real(1) + gamma[l] * bernoulli_2(x));
    }
    sum = sum + product;
  }
  return sum / count - Real(1);
}

/// prod_l (sinc(y_l)^2 + (2 y_l)^2/gamma_l): the squared norm in that space of u -> e^{i<theta, x>} with
/// theta = T (2u - 1), y = T x.
///
/// shape    y [d], gamma [d]
/// source   |int_0^1 f|^2 + int |f'|^2/gamma on every axis, f(u) = e^{i y (2u -
/// 1)}
template <class Real>
Real wave_norm_squared(std::span<const Real> y, std::span<const Real> gamma) {
  Real product(1);
  for (std::size_t l = 0; l < y.size(); ++l)
    product = product * (square(sinc(y[l])) + square(Real(Real(2) * y[l])) / gamma[l]);
  return product;
}

}  // namespace sca
