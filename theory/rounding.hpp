#pragma once

#include <algorithm>
#include <bit>
#include <span>

#include "theory/scalar.hpp"

namespace sca {

// What rounding does to the layer's state. Everything here is about round to nearest in one precision, with
// inputs taken as the stored floats, and without overflow, underflow, flush to zero or contraction (fma):
// outside of that these functions say nothing.

/// shape    unit_roundoff u = 2^-p (f32 2^-24, bf16 2^-8); trig_error c_f: absolute error of sin and cos, in
/// u
template <class Real>
struct Arithmetic {
  Real unit_roundoff;
  Real trig_error;
};

constexpr std::size_t ceil_log2(std::size_t n) {
  return n <= 1 ? 0 : static_cast<std::size_t>(std::bit_width(n - 1));
}

/// gamma_k = k u / (1 - k u), the error of k roundings in a row.
/// domain   k u < 1
/// source   N. Higham, Accuracy and Stability of Numerical Algorithms, section 3.1
template <class Real>
Real gamma(std::size_t k, const Real& u) {
  const Real first_order = Real(static_cast<long>(k)) * u;
  return first_order / (Real(1) - first_order);
}

// Each g bounds |computed sum - sum x| / sum |x| over n numbers.

/// (n - 1) u, for any summation tree and any n, n u < 1 or not.
/// source   C.-P. Jeannerod, S. Rump: Improved error bounds for inner products in floating-point arithmetic
/// (2013)
template <class Real>
Real any_tree_error(std::size_t n, const Real& u) {
  return Real(static_cast<long>(std::max<std::size_t>(n, 1) - 1)) * u;
}

/// gamma_{ceil log2 n}, for a balanced binary tree.
/// domain   ceil(log2 n) u < 1
template <class Real>
Real pairwise_error(std::size_t n, const Real& u) {
  return gamma(ceil_log2(n), u);
}

/// gamma_{b - 1 + ceil(n/b) - 1}: chunks of b summed in order, then the chunks' sums in order.
/// domain   1 <= b; (b + ceil(n/b) - 2) u < 1
template <class Real>
Real chunked_error(std::size_t n, std::size_t chunk, const Real& u) {
  return gamma(chunk - 1 + (n + chunk - 1) / chunk - 1, u);
}

/// Compensated summation (Sum2): |error| <= relative |sum x| + absolute sum |x|.
/// domain   (n - 1) u < 1: in bf16 n <= 256, beyond which the compensation itself stalls
/// source   T. Ogita, S. Rump, S. Oishi: Accurate sum and dot product (2005), Proposition 4.5
template <class Real>
struct CompensatedError {
  Real relative;
  Real absolute;
};

template <class Real>
CompensatedError<Real> compensated_error(std::size_t n, const Real& u) {
  return {u, square(gamma(n - 1, u))};
}

/// Leading term 2u of Kahan's summation, relative to sum |x|. NOT a bound: the remainder O(n u^2) has no
/// constant.
template <class Real>
Real kahan_leading_term(const Real& u) {
  return Real(2) * u;
}

/// e_t: the computed term alpha k cos(theta softsign(eta k)) is off by at most e_t alpha |k|, likewise with
/// sin. Four roundings make the phase (product, sum, quotient, product), two the product of the three
/// factors.
///
/// domain   u <= 1/5; theta_magnitude >= |theta|
/// source   companion.md, section 10
template <class Real>
Real term_error(const Arithmetic<Real>& arithmetic, const Real& theta_magnitude) {
  const Real& u = arithmetic.unit_roundoff;
  const Real factor = Real(1) + (Real(4) * theta_magnitude + arithmetic.trig_error) * u;
  return square(Real(Real(1) + u)) * factor - Real(1);
}

/// Bound of |computed R^ - R^| / kbar with kbar = sum alpha |k| / Z: terms, their sum, Z's sum and the
/// quotient.
///
/// domain   g < 1 (a sum error from above, the same tree for R and for Z); alpha > 0
/// error    covers the stored alpha and k; not the errors made in computing alpha, nor a clamp
/// source   companion.md, section 10
template <class Real>
Real state_error(const Arithmetic<Real>& arithmetic, const Real& theta_magnitude, const Real& g) {
  const Real one(1);
  const Real numerator = (one + g) * (one + term_error(arithmetic, theta_magnitude)) - one;
  return (numerator + g + arithmetic.unit_roundoff * (one + numerator)) / (one - g);
}

/// kbar = sum alpha |k| / sum alpha, the scale of `state_error`. The condition of R^ is kbar/|R^|, not
/// sum alpha |k cos| / |R|: the phase's rounding enters with |theta| kbar whatever the cosine is.
/// shape    alpha [t], scalars [t]; alpha > 0
template <class Real>
Real mean_magnitude(std::span<const Real> alpha, std::span<const Real> scalars) {
  using std::abs;
  Real sum(0);
  Real total(0);
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    sum = sum + alpha[k] * Real(abs(scalars[k]));
    total = total + alpha[k];
  }
  return sum / total;
}

}  // namespace sca
