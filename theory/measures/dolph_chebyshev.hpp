#pragma once

#include <span>

#include "theory/chebyshev.hpp"

namespace sca {

/// n equispaced nodes s (m - (n-1)/2) per axis with Dolph–Chebyshev weights (nonnegative, of sum 1), the rule
/// with the smallest sup of |K| over delta <= |x| <= D at its spacing s = 2 pi / (D + delta). K(x) = prod_l
/// T_{n-1}(x0 cos(s x_l / 2)) / T_{n-1}(x0),  x0 = 1 / cos(s delta / 2).
///
/// domain   n >= 2, 0 < delta < D
/// error    sup over delta <= |x_l| <= D on one axis: `sup()`
/// source   companion.md, Theorem 4.6
template <class Real>
class DolphChebyshev {
 public:
  DolphChebyshev(std::size_t nodes, const Real& delta, const Real& spread)
      : degree_(nodes - 1), spacing_(Real(2) * pi<Real>() / (spread + delta)) {
    using std::cos;
    x0_ = Real(1) / cos(Real(spacing_ * delta / Real(2)));
    scale_ = chebyshev_t(degree_, x0_);
  }

  Real transform(std::span<const Real> x) const {
    using std::cos;
    return bounded_product<Real>(x.size(), [&](std::size_t l) {
      return chebyshev_t(degree_, Real(x0_ * cos(Real(spacing_ * x[l] / Real(2))))) / scale_;
    });
  }

  /// sup of |K| on one axis over delta <= |x| <= D: 1 / T_{n-1}(x0).
  Real sup() const { return Real(1) / scale_; }
  /// s: distance between neighbouring nodes on an axis.
  const Real& spacing() const { return spacing_; }

 private:
  std::size_t degree_;
  Real spacing_;
  Real x0_;
  Real scale_;
};

}  // namespace sca
