#include "proofs_numeric/continuous_claims.hpp"

namespace sca::proofs {

std::vector<Claim> continuous_claims() {
  return {
      sec221_moments(),
      sec221_no_loss(),
      sec221_strictly_more_informative(),
      sec222_square_integrable(),
      thm1_literal(),
      thm1_bohr(),
      thm1_bohr_harmonic(),
      thm1_bohr_all_tokens(),
      thm1_bohr_sharp(),
      thm1_torus(),
      thm1_torus_fft(),
      thm1_lattice(),
      thm1_gaussian(),
      thm1_fejer(),
      thm1_abel_product(),
      thm1_abel_radial(),
      thm1_dolph_chebyshev(),
      thm1_atom(),
      thm1_duplicates(),
      thm1_zero_token(),
      cor31_printed(),
      cor31_corrected(),
      cor31_theorem1_query(),
      cor32_bohr(),
      cor33_normalised(),
      cor33_unnormalised(),
      cor33_zero_token(),
      cor33_support(),
      rem2_lossless(),
      rem5_integration_by_parts(),
      rem5_necessary(),
      rem5_mean_shift(),
      cor4_bohr(),
      cor4_nonuniform(),
      cor4_vacuous(),
      cor4_softmax_gaussian(),
      cor4_rmsnorm(),
      cor4_no_go(),
  };
}

}  // namespace sca::proofs
