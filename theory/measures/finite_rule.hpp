#pragma once

#include <span>
#include <vector>

#include "theory/complex.hpp"
#include "theory/prefix.hpp"

namespace sca {

/// Any finite rule: nodes theta_m with real weights omega_m. K(x) = sum_m omega_m e^{i<theta_m, x>}.
///
/// shape    nodes [M, d], row-major; weights [M]
/// source   paper section 2.2.3 (the learned quadrature rule)
template <class Real>
struct FiniteRule {
  std::vector<Real> nodes;
  std::vector<Real> weights;

  std::span<const Real> node(std::size_t m, std::size_t d) const { return {nodes.data() + m * d, d}; }

  Complex<Real> transform(std::span<const Real> x) const {
    Complex<Real> sum;
    for (std::size_t m = 0; m < weights.size(); ++m) sum += expi(dot(node(m, x.size()), x)) * weights[m];
    return sum;
  }
};

}  // namespace sca
