#pragma once

#include <functional>

#include "proofs_numeric/claim.hpp"
#include "theory/readout.hpp"

namespace sca::proofs {

/// A density on the line, smooth between neighbouring edges: what a second opinion needs to integrate S
/// conj(w) numerically, without the closed form of its transform.
struct LineDensity {
  std::string name;
  std::vector<Interval> edges;
  std::function<Interval(const Interval& theta)> value;
  /// Upper bound of the 2n-th derivative of density(theta) e^{i theta x} on the panel that starts at `left`.
  std::function<Interval(const Interval& left, const Interval& x, std::size_t order)> derivative_bound;
  /// Upper bound of the density's mass outside the edges.
  Interval outside;
};

LineDensity cube_density(const Interval& half_width, const Interval& reach);
LineDensity lebesgue_density(const Interval& half_width, const Interval& reach);
LineDensity fejer_density(const Interval& half_width, const Interval& reach);
LineDensity abel_density(const Interval& epsilon, const Interval& reach);

/// The readout of `prefix` (d = 1) for `query`, by Gauss–Legendre on panels with a proven remainder, agrees
/// with the closed form's value. `closed` is the closed form's readout. The sums evaluate S and w point by
/// point.
Finding integral_agrees(const Prefix<Interval>& prefix, const Query<Interval>& query,
                        const LineDensity& density, const Complex<Interval>& closed);
/// The same for the Gaussian window, by Gauss–Hermite with its remainder.
Finding gaussian_integral_agrees(const Prefix<Interval>& prefix, const Query<Interval>& query,
                                 const Interval& sigma, const Complex<Interval>& closed);

/// The atom mass at `centre`, by Gauss–Legendre over the probe on the corrected Lebesgue readout over [-T, T]
/// at each node, agrees with the closed form by sine integrals. domain d = 1
Finding atom_integral_agrees(const Prefix<Interval>& prefix, const Interval& centre,
                             const Interval& half_width, const Interval& radius,
                             const Complex<Interval>& closed);

/// Whether an instance is small enough to be integrated numerically.
bool integrable(const Instance& instance);

}  // namespace sca::proofs
