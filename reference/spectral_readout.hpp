#pragma once

#include "reference/dialect.hpp"
#include "reference/layer_config.hpp"
#include "reference/tensor.hpp"

namespace sca::reference {

/// R, I and Z of one token, as the readout receives them.
/// shape    weight [K]; re, im [K, H, M]
template <class Real>
struct Summary {
  std::span<const Real> weight;
  std::span<const Real> re;
  std::span<const Real> im;
};

/// 1 / Z_k, or 1 / max(Z_k, floor), or 1.
template <class Real>
Real inverse_weight(const Dialect& dialect, const Real& weight) {
  if (!dialect.is_normalised) return Real(1);
  if (!dialect.denominator_floor) return Real(1) / weight;
  return Real(1) / larger(weight, Real(*dialect.denominator_floor));
}

/// o_re + i o_im = sum_m omega_m (R^ + i I^)_m conj(q_re + i q_im)_m / sqrt(H); memory head k reads query
/// head k / (K / Kq).
///
/// shape    omega [K, H, M], q [Kq, H, M, 2] -> o [2 K H]: per head all o_re, then all o_im
/// domain   Z > 0 without a denominator's floor: Z = 0 gives 0/0, as Algorithm 1 does
/// source   paper section 2.2.4, Step 5, with the 1/sqrt(H) of its text and of Algorithm 1
template <class Real>
void read(const LayerConfig& c, const Dialect& dialect, const Tensor<Real>& omega,
          const Summary<Real>& summary, std::span<const Real> q, std::span<Real> o) {
  using std::sqrt;
  const Real root = sqrt(Real(static_cast<double>(c.H)));
  Real R(0), I(0), re(0), im(0), sum_re(0),
      sum_im(0);  // in-place operations: an MPFR temporary is an allocation
  for (std::size_t k = 0; k < c.K; ++k) {
    const Real inverse = inverse_weight(dialect, summary.weight[k]);
    for (std::size_t h = 0; h < c.H; ++h) {
      sum_re = sum_im = Real(0);
      for (std::size_t m = 0; m < c.M; ++m) {
        const std::size_t i = (k * c.H + h) * c.M + m;
        const std::size_t j = 2 * (((k / c.n()) * c.H + h) * c.M + m);
        (R = summary.re[i]) *= inverse;
        (I = summary.im[i]) *= inverse;
        (re = R) *= q[j];
        Scalar<Real>::add_product(re, I, q[j + 1]);
        (im = I) *= q[j];
        R *= q[j + 1];
        im -= R;
        Scalar<Real>::add_product(sum_re, omega.data[i], re);
        Scalar<Real>::add_product(sum_im, omega.data[i], im);
      }
      o[2 * k * c.H + h] = dialect.readout_over_root_h ? Real(sum_re / root) : sum_re;
      o[(2 * k + 1) * c.H + h] = dialect.readout_over_root_h ? Real(sum_im / root) : sum_im;
    }
  }
}

}  // namespace sca::reference
