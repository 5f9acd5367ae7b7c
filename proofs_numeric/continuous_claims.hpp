#pragma once

#include <vector>

#include "proofs_numeric/claim.hpp"

namespace sca::proofs {

// One function a claim, each in the file of its name. Ids, readings and expected verdicts: claims.toml.

Claim sec221_moments();
Claim sec221_no_loss();
Claim sec221_strictly_more_informative();
Claim sec222_square_integrable();
Claim thm1_literal();
Claim thm1_bohr();
Claim thm1_bohr_harmonic();
Claim thm1_bohr_all_tokens();
Claim thm1_bohr_sharp();
Claim thm1_torus();
Claim thm1_torus_fft();
Claim thm1_lattice();
Claim thm1_gaussian();
Claim thm1_fejer();
Claim thm1_abel_product();
Claim thm1_abel_radial();
Claim thm1_dolph_chebyshev();
Claim thm1_atom();
Claim thm1_duplicates();
Claim thm1_zero_token();
Claim cor31_printed();
Claim cor31_corrected();
Claim cor31_theorem1_query();
Claim cor32_bohr();
Claim cor33_normalised();
Claim cor33_unnormalised();
Claim cor33_zero_token();
Claim cor33_support();
Claim rem2_lossless();
Claim rem5_integration_by_parts();
Claim rem5_necessary();
Claim rem5_mean_shift();
Claim cor4_bohr();
Claim cor4_nonuniform();
Claim cor4_vacuous();
Claim cor4_softmax_gaussian();
Claim cor4_rmsnorm();
Claim cor4_no_go();

/// All of the above.
std::vector<Claim> continuous_claims();

}  // namespace sca::proofs
