#pragma once

#include <span>
#include <utility>
#include <vector>

#include "theory/scalar.hpp"

namespace sca {

/// A weighted prefix: the support and the law of the paper's random variable X.
///
/// shape    tokens [t, d], row-major; weights [t]
/// domain   weights p_k > 0. Their sum Z need not be 1: Corollary 3(3) is about what happens when it is not.
/// source   paper section 2.2.1; weights as in Corollary 3
template <class Real>
struct Prefix {
  std::size_t t = 0;
  std::size_t d = 0;
  std::vector<Real> tokens;
  std::vector<Real> weights;

  std::span<const Real> token(std::size_t k) const { return {tokens.data() + k * d, d}; }
};

/// The uniform law p_k = 1/t of Theorem 1. tokens [t, d], row-major.
template <class Real>
Prefix<Real> uniform_prefix(std::vector<Real> tokens, std::size_t d) {
  const std::size_t t = tokens.size() / d;
  return {t, d, std::move(tokens), std::vector<Real>(t, Real(1) / Real(static_cast<long>(t)))};
}

/// Z = sum p_k.
template <class Real>
Real total_weight(const Prefix<Real>& prefix) {
  Real total(0);
  for (const Real& p : prefix.weights) total = total + p;
  return total;
}

/// The same prefix in another scalar; `convert` maps one number.
template <class To, class From, class Convert>
Prefix<To> prefix_cast(const Prefix<From>& prefix, Convert convert) {
  Prefix<To> result{prefix.t, prefix.d, {}, {}};
  result.tokens.reserve(prefix.tokens.size());
  for (const From& x : prefix.tokens) result.tokens.push_back(convert(x));
  result.weights.reserve(prefix.t);
  for (const From& p : prefix.weights) result.weights.push_back(convert(p));
  return result;
}

template <class Real>
std::vector<Real> difference(std::span<const Real> a, std::span<const Real> b) {
  std::vector<Real> x;
  x.reserve(a.size());
  for (std::size_t l = 0; l < a.size(); ++l) x.push_back(a[l] - b[l]);
  return x;
}

/// <a, b>, Euclidean.
template <class Real>
Real dot(std::span<const Real> a, std::span<const Real> b) {
  Real sum(0);
  for (std::size_t l = 0; l < a.size(); ++l) sum = sum + a[l] * b[l];
  return sum;
}

/// |a|^2, Euclidean.
template <class Real>
Real norm_squared(std::span<const Real> a) {
  Real sum(0);
  for (const Real& x : a) sum = sum + square(x);
  return sum;
}

/// |a|, Euclidean.
template <class Real>
Real euclidean_norm(std::span<const Real> a) {
  using std::sqrt;
  return sqrt(norm_squared(a));
}

/// max |a_l|.
template <class Real>
Real sup_norm(std::span<const Real> a) {
  using std::abs;
  Real sup(0);
  for (const Real& x : a) sup = larger(sup, Real(abs(x)));
  return sup;
}

}  // namespace sca
