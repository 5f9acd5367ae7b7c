#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/windows.hpp"
#include "reference/linear_algebra.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

reference::ComplexMatrix gram(const Prefix<Interval>& prefix, const CubeMean<Interval>& measure) {
  reference::ComplexMatrix matrix(prefix.t, prefix.t);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    const auto row = kernel_values(prefix, measure, prefix.token(j));
    for (std::size_t k = 0; k < prefix.t; ++k) matrix(j, k) = {row[k], Interval(0)};
  }
  return matrix;
}

/// (sum_j |err_j|^2)^{1/2} <= ||G - I||_2 ||H||_F with rows t p_k h_k in H.
Finding all_errors_at_once(const Prefix<Interval>& prefix, const CubeMean<Interval>& measure,
                           const GramBounds<Interval>& bounds) {
  Interval errors(0);
  Interval frobenius(0);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    const auto value = readout(prefix, measure, theorem1_query(prefix, j));
    errors += square(readout_error(value, retrieval_target(prefix, j)));
    frobenius += norm_squared<Interval>(retrieval_target(prefix, j));
  }
  const Interval norm = larger(Interval(bounds.high - Interval(1)), Interval(Interval(1) - bounds.low));
  return evidence::at_most("(sum_j |err_j|^2)^1/2 <= max(high - 1, 1 - low) ||H||_F", sqrt(errors),
                           norm * sqrt(frobenius));
}

Findings check_thm1_bohr_all_tokens(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const Interval separation = to_interval(instance.gaps->sup);
  // e = pi/(T delta) = 19/36 / (2d - 1): for d = 1 the equispaced prefix comes within a factor 1.2 of the
  // bound.
  const Interval T = Interval(36) * Interval(2 * prefix.d - 1) * pi<Interval>() / (Interval(19) * separation);
  const CubeMean<Interval> measure{T};
  // The twin claims half the e that Selberg's functions give.
  GramBounds<Interval> bounds =
      gram_bounds(prefix.d, variant == Variant::stated ? T : Interval(Interval(2) * T), separation);
  const auto eigenvalues = reference::hermitian_eigenvalues(gram(prefix, measure));
  Finding unknown;
  unknown.statement = "eigenvalues of G enclosed";
  if (!eigenvalues) return {unknown};
  return {evidence::at_most("(1+e)^{d-1} (1-(2d-1)e) <= smallest eigenvalue of G", bounds.low,
                            eigenvalues->front()),
          evidence::at_most("largest eigenvalue of G <= (1+e)^d", eigenvalues->back(), bounds.high),
          all_errors_at_once(prefix, measure, bounds)};
}

bool thm1_bohr_all_tokens_applies(const Instance& instance) {
  return instance.distinct() && instance.gaps && instance.prefix.t <= 40;
}

}  // namespace

Claim thm1_bohr_all_tokens() {
  return {"thm1/bohr-all-tokens", Reach::instances, thm1_bohr_all_tokens_applies, check_thm1_bohr_all_tokens};
}

}  // namespace sca::proofs
