#pragma once

#include "reference/tensor.hpp"

namespace sca::reference {

/// cos and sin of t * 10000^{-j / (hd/2)}.
/// shape    [maxlen, hd/2]
template <class Real>
struct RotaryTable {
  Tensor<Real> cosine;
  Tensor<Real> sine;
};

/// error    the angle's error grows with t: |t| times that of 10000^{-j/(hd/2)}
/// source   paper section 2.1, rotary position embedding; the released half-split pairing
template <class Real>
RotaryTable<Real> rotary_table(std::size_t maxlen, std::size_t hd) {
  using std::exp;
  using std::log;
  const std::size_t half = hd / 2;
  RotaryTable<Real> table{Tensor<Real>::zeros({maxlen, half}), Tensor<Real>::zeros({maxlen, half})};
  const Real base = log(Real(10000.0));
  for (std::size_t j = 0; j < half; ++j) {
    const Real exponent = Real(-static_cast<double>(j)) / Real(static_cast<double>(half));
    const Real frequency = exp(Real(base * exponent));
    for (std::size_t t = 0; t < maxlen; ++t) {
      const Real angle = frequency * Real(static_cast<double>(t));
      Scalar<Real>::sin_cos(angle, table.sine.data[t * half + j], table.cosine.data[t * half + j]);
    }
  }
  return table;
}

/// Rotates the pairs (j, j + hd/2) of one head's vector by the angles of position t, in place.
/// shape    v [hd]
template <class Real>
void rotate(const RotaryTable<Real>& table, std::size_t t, std::span<Real> v) {
  const std::size_t half = v.size() / 2;
  const auto cosine = table.cosine.row(t, half);
  const auto sine = table.sine.row(t, half);
  for (std::size_t j = 0; j < half; ++j) {
    const Real a = v[j];
    const Real b = v[j + half];
    v[j] = Real(a * cosine[j]) - Real(b * sine[j]);
    v[j + half] = Real(b * cosine[j]) + Real(a * sine[j]);
  }
}

}  // namespace sca::reference
