#pragma once

#include <span>
#include <vector>

#include "theory/prefix.hpp"

namespace sca {

/// The torus [-pi, pi]^d for tokens in Z^d: K(x) = 1[x = 0], exactly. (Tokens in c Z^d: divide them by c.)
/// N points per axis, theta in (2 pi/N){0, …, N-1}^d, each with weight N^-d: K(x) = 1[x = 0 mod N].
///
/// domain   integer differences x; N >= 1; an exact scalar
/// source   companion.md, Propositions 3.1 to 3.4
template <class Real>
struct DftGrid {
  Real points;  // N per axis

  Real transform(std::span<const Real> x) const {
    for (const Real& component : x) {
      if (!Scalar<Real>::is_multiple(component, points)) return Real(0);
    }
    return Real(1);
  }
};

/// theta_n = 2 pi n z / N, n = 0 … N-1, each with weight 1/N: K(x) = 1[<z, x> = 0 mod N].
///
/// domain   integer differences x; N >= 1; z [d]
/// source   companion.md, Propositions 3.1 to 3.4
template <class Real>
struct RankOneLattice {
  Real points;                  // N
  std::vector<Real> generator;  // z

  Real transform(std::span<const Real> x) const {
    return Real(Scalar<Real>::is_multiple(dot(std::span<const Real>(generator), x), points) ? 1 : 0);
  }
};

}  // namespace sca
