#pragma once

#include <vector>

#include "reference/interval.hpp"

namespace sca::reference {

/// A quadrature rule, nodes ascending, every number an enclosure at the thread's precision.
///
/// shape    nodes [n], weights [n]
struct QuadratureRule {
  std::vector<Interval> nodes;
  std::vector<Interval> weights;
};

/// Gauss–Legendre on [-1, 1]: exact on polynomials of degree < 2n, its weights sum to 2.
///
/// domain   n >= 1
/// source   F. Johansson, M. Mezzarobba: Fast and rigorous arbitrary-precision computation of Gauss–Legendre
///          quadrature nodes and weights (2018), by FLINT/Arb
QuadratureRule gauss_legendre(std::size_t n);

/// Gauss–Hermite for the standard normal law: sum_i w_i f(x_i) = E f(N(0, 1)) for polynomials of degree < 2n;
/// its weights sum to 1.
///
/// domain   n >= 1; the cost grows fast (n = 100: see `sca eval --help` for what is accepted there)
/// source   roots of the physicists' Hermite polynomial H_n, isolated by FLINT/Arb, times sqrt(2);
///          w_i = 2^(n-1) n! / (n H_{n-1})^2 (DLMF 3.5.28 over sqrt(pi))
QuadratureRule gauss_hermite(std::size_t n);

}  // namespace sca::reference
