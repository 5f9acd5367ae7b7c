#pragma once

#include <cstddef>

#include "theory/scalar.hpp"

namespace sca::reference {

/// sum += a(0) b(0) + … + a(n-1) b(n-1), term by term unless the scalar has a way of its own.
///
/// error    a chain of n additions
template <class Real, class A, class B>
void add_inner_product(Real& sum, std::size_t n, A a, B b) {
  if constexpr (requires { Scalar<Real>::add_inner_product(sum, n, a, b); }) {
    Scalar<Real>::add_inner_product(sum, n, a, b);
  } else {
    for (std::size_t i = 0; i < n; ++i) Scalar<Real>::add_product(sum, a(i), b(i));
  }
}

}  // namespace sca::reference
