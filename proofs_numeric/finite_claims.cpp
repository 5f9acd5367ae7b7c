#include "proofs_numeric/finite_claims.hpp"

namespace sca::proofs {

std::vector<Claim> finite_claims() {
  return {finite_rank_complex(),      finite_rank_real(),
          finite_channel_limit(),     finite_channel_sharp(),
          finite_threshold(),         finite_cliff(),
          finite_conditioning(),      finite_non_injective(),
          finite_marginals(),         finite_identifiability(),
          sec2_2_4_silu_floor(),      prony_recovery(),
          prony_digits_lost(),        quadrature_gauss_legendre(),
          quadrature_gauss_hermite(), quadrature_midpoint_trapezoid(),
          quadrature_monte_carlo(),   rounding_summation(),
          rounding_recursive_decay()};
}

}  // namespace sca::proofs
