#pragma once

#include "proofs_numeric/claim.hpp"

namespace sca::proofs {

// What a finite number of points, and finite precision, can and cannot do: paper sections 2.2.3 to 2.3.
// Every claim here brings its own construction and runs once.

Claim finite_rank_complex();
Claim finite_rank_real();
Claim finite_channel_limit();
Claim finite_channel_sharp();
Claim finite_threshold();
Claim finite_cliff();
Claim finite_conditioning();
Claim finite_non_injective();
Claim finite_marginals();
Claim finite_identifiability();
Claim sec2_2_4_silu_floor();
Claim prony_recovery();
Claim prony_digits_lost();
Claim quadrature_gauss_legendre();
Claim quadrature_gauss_hermite();
Claim quadrature_midpoint_trapezoid();
Claim quadrature_monte_carlo();
Claim rounding_summation();
Claim rounding_recursive_decay();

/// All of the above.
std::vector<Claim> finite_claims();

}  // namespace sca::proofs
