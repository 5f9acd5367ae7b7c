#pragma once

#include "proofs_numeric/instance.hpp"

namespace sca::proofs {

/// Two tokens or more, all distinct: there is something to tell apart.
bool separated(const Instance& instance);

// The window parameter that a chosen error asks for. `error` is relative to max_k t p_k |h_k|: with r =
// error/(t-1) it suffices that |K| <= r on every difference of two tokens. Parameters come out as doubles on
// the safe side; nothing rests on their rounding, since the claims certify the bound for the very double
// used.

double cube_half_width(const Instance& instance, double error);
double fejer_half_width(const Instance& instance, double error);
double gaussian_sigma(const Instance& instance, double error);
double product_abel_epsilon(const Instance& instance, double error);
double radial_abel_epsilon(const Instance& instance, double error);
/// n per axis; domain 0 < delta_inf < D.
std::size_t dolph_chebyshev_nodes(const Instance& instance, double error);

/// What separates the tokens. domain t >= 2
template <class Real>
struct Gaps {
  Real sup{1};                // delta_inf
  Real euclidean_squared{1};  // delta_2^2
  Real spread{1};             // D
};
Gaps<Interval> enclosed_gaps(const Instance& instance);
/// Rounded to the safe side: separations down, the spread up.
Gaps<double> safe_gaps(const Instance& instance);

}  // namespace sca::proofs
