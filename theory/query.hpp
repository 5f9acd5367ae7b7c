#pragma once

#include "theory/complex.hpp"
#include "theory/prefix.hpp"

namespace sca {

/// A spectral query w(theta) = sum_i c_i e^{i<theta, x_i>}: waves with complex coefficients c_i and probes
/// x_i. A window (Gaussian, Fejér, …) belongs to the measure, not to the query.
template <class Real>
struct Query {
  struct Wave {
    Complex<Real> coefficient;
    std::vector<Real> probe;
  };
  std::vector<Wave> waves;
};

/// w(theta). shape theta [d]
template <class Real>
Complex<Real> evaluate(const Query<Real>& query, std::span<const Real> theta) {
  Complex<Real> sum;
  for (const auto& wave : query.waves) {
    sum += wave.coefficient * expi(dot(theta, std::span<const Real>(wave.probe)));
  }
  return sum;
}

/// c e^{i<theta, probe>}.
template <class Real>
Query<Real> wave(const Complex<Real>& coefficient, std::span<const Real> probe) {
  return {{{coefficient, {probe.begin(), probe.end()}}}};
}

/// i t e^{i<theta, h_j>}: Theorem 1's query without its (2 pi)^-d, for measures of mass 1.
/// source   paper Theorem 1
template <class Real>
Query<Real> theorem1_query(const Prefix<Real>& prefix, std::size_t j) {
  return wave<Real>({Real(0), Real(static_cast<long>(prefix.t))}, prefix.token(j));
}

/// e^{i<theta, probe>}/i, as printed in Corollary 3(1), without its (2 pi)^-d. 1/i = -i.
/// source   paper Corollary 3(1)
template <class Real>
Query<Real> corollary3_printed_query(std::span<const Real> probe) {
  return wave<Real>({Real(0), Real(-1)}, probe);
}

/// i e^{i<theta, probe>}: what Corollary 3(1) needs, without its (2 pi)^-d. conj(i) i = 1.
template <class Real>
Query<Real> corollary3_query(std::span<const Real> probe) {
  return wave<Real>({Real(0), Real(1)}, probe);
}

/// e^{i<theta, probe>}: the scalar query that reads weights from phi, without its (2 pi)^-d.
/// source   paper Corollary 3(2)
template <class Real>
Query<Real> weight_query(std::span<const Real> probe) {
  return wave<Real>({Real(1), Real(0)}, probe);
}

/// (2 pi)^-d w: the paper's normalisation, for the Lebesgue measure of R^d.
template <class Real>
Query<Real> fourier_normalised(Query<Real> query, std::size_t d) {
  const Real factor = Real(1) / power(Real(2) * pi<Real>(), d);
  for (auto& wave : query.waves) wave.coefficient = wave.coefficient * factor;
  return query;
}

/// sum_k alpha_k w_k with Theorem 1's w_k, without the (2 pi)^-d.
/// shape    alpha [t]
/// source   paper Corollary 4
template <class Real>
Query<Real> composite_query(const Prefix<Real>& prefix, std::span<const Real> alpha) {
  Query<Real> result;
  for (std::size_t k = 0; k < prefix.t; ++k) {
    auto term = theorem1_query(prefix, k).waves.front();
    term.coefficient = term.coefficient * alpha[k];
    result.waves.push_back(std::move(term));
  }
  return result;
}

}  // namespace sca
