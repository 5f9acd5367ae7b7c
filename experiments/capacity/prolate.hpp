#pragma once

#include <vector>

#include "reference/interval.hpp"

namespace sca::experiments::capacity {

/// The largest singular values of f -> int_{-1}^{1} e^{i c x y} f(y) dy on [-1, 1], descending, until one is
/// below `least` of the first: those of the prolate spheroidal functions.
///
/// domain   c > 0, least > 0
/// error    a Gauss-Legendre rule's with as many nodes again as the answer has numbers, and 2^-bits of the
///          first, where the thread's precision is
/// source   D. Slepian, H. Pollak, Prolate spheroidal wave functions I (1961)
std::vector<double> prolate_singular_values(double c, double least);

/// An upper bound of how well N real terms approximate cos(theta u) and sin(theta u) for 0 <= theta <= c and
/// |u| <= 1, root mean square of both: every t x 2M matrix of them has sigma_{N+1} <= sqrt(2 M t) times this.
///
/// source   e^{i theta u} = sum (2 - [n = 0]) i^n J_n(c u) T_n(theta/c), |J_n(x)| <= (x/2)^n/n! (DLMF
///          10.12.3, 10.14.4), Eckart and Young
Interval separable_tail(double c, std::size_t N);

}  // namespace sca::experiments::capacity
