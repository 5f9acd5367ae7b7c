#pragma once

#include <span>
#include <vector>

#include "theory/channel_state.hpp"

namespace sca::reference {

/// One head of the paper's layer.
///
/// shape    theta, omega, q_re, q_im [H, M], row-major
/// source   paper section 2.2.4, Steps 1 to 5
template <class Real>
struct Head {
  std::size_t H = 0;
  std::size_t M = 0;
  std::vector<Real> theta;
  std::vector<Real> omega;
  std::vector<Real> q_re;
  std::vector<Real> q_im;
  Real gamma{1};   // slope of the gate
  Real beta{0};    // offset of the gate
  Real lambda{0};  // decay per step of distance
  Real eta{1};     // scale inside softsign

  std::span<const Real> row(const std::vector<Real>& table, std::size_t h) const {
    return {table.data() + h * M, M};
  }
};

/// What a head receives.
///
/// shape    k [L, H], row-major; s [L]; dist [L]
template <class Real>
struct HeadInput {
  std::vector<Real> k;
  std::vector<Real> s;
  std::vector<Real> dist;
};

/// log(1 + e^x) without overflow: max(x, 0) + log1p(e^-|x|).
template <class Real>
Real softplus(const Real& x) {
  using std::abs;
  using std::exp;
  using std::log1p;
  return larger(x, Real(0)) + Real(log1p(Real(exp(Real(-Real(abs(x)))))));
}

/// alpha_u = softplus(gamma s_u + beta) e^{-lambda dist_u}: the gate, without the released code's clamp.
///
/// shape    [L]
/// source   paper section 2.2.4, Step 2
template <class Real>
std::vector<Real> gate(const Head<Real>& head, const HeadInput<Real>& input) {
  using std::exp;
  std::vector<Real> alpha;
  for (std::size_t u = 0; u < input.s.size(); ++u) {
    const Real decay = exp(Real(-(head.lambda * input.dist[u])));
    alpha.push_back(softplus(Real(head.gamma * input.s[u] + head.beta)) * decay);
  }
  return alpha;
}

/// A head's state and output after its first t tokens.
///
/// shape    state, hat [H][M] (R + i I and (R + i I)/Z); out [H]; kbar [H]; absolute [H] = sum alpha |k|
template <class Real>
struct HeadStep {
  Real weight{0};  // Z
  std::vector<std::vector<Complex<Real>>> state;
  std::vector<std::vector<Complex<Real>>> hat;
  std::vector<Complex<Real>> out;
  std::vector<Real> absolute;
  std::vector<Real> kbar;
};

/// o_h = H^{-1/2} sum_m omega_hm (R^ + i I^) conj(q_re + i q_im).
/// source   paper section 2.2.4, Step 5, with the 1/sqrt(H) of its text and of Algorithm 1
template <class Real>
Complex<Real> read_channel(const Head<Real>& head, std::size_t h, const std::vector<Complex<Real>>& hat) {
  using std::sqrt;
  Complex<Real> sum;
  for (std::size_t m = 0; m < head.M; ++m) {
    const std::size_t i = h * head.M + m;
    sum += hat[m] * conj(Complex<Real>{head.q_re[i], head.q_im[i]}) * head.omega[i];
  }
  return sum * Real(Real(1) / Real(sqrt(Real(static_cast<long>(head.H)))));
}

/// The head after tokens 0 … t-1, summed anew (the layer is a prefix sum: no state is carried).
///
/// domain   1 <= t <= L; Z > 0, which the gate guarantees in exact arithmetic
/// error    none beyond the scalar's own
template <class Real>
HeadStep<Real> head_step(const Head<Real>& head, const HeadInput<Real>& input, std::span<const Real> alpha,
                         std::size_t t) {
  using std::abs;
  HeadStep<Real> step;
  for (std::size_t u = 0; u < t; ++u) step.weight = step.weight + alpha[u];
  for (std::size_t h = 0; h < head.H; ++h) {
    std::vector<Real> scalars;
    Real absolute(0);
    for (std::size_t u = 0; u < t; ++u) {
      scalars.push_back(input.k[u * head.H + h]);
      absolute = absolute + alpha[u] * Real(abs(scalars.back()));
    }
    step.state.push_back(
        channel_state(head.row(head.theta, h), alpha.first(t), std::span<const Real>(scalars), head.eta)
            .sums);
    step.hat.push_back(step.state.back());
    for (Complex<Real>& z : step.hat.back()) z = {z.re / step.weight, z.im / step.weight};
    step.out.push_back(read_channel(head, h, step.hat.back()));
    step.absolute.push_back(absolute);
    step.kbar.push_back(absolute / step.weight);
  }
  return step;
}

/// kappa_R = sum alpha |k| / |R|: relative condition of R with respect to the phases' and products' rounding.
/// domain   R != 0
/// source   companion.md, section 10
template <class Real>
Real condition(const Real& absolute, const Complex<Real>& state) {
  using std::abs;
  return absolute / Real(abs(state.re));
}

}  // namespace sca::reference
