#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// The integral over [-T, T]^d is (T/pi)^d (h_j + err_j) with |err_j| <= A2, and A2 falls as T grows. Where
/// A2(T0) <= |h_j|/2 and (T0/pi)^d >= 6 the integral therefore stays above 3 |h_j| for every T >= T0: it does
/// not tend to h_j. (companion.md, the literal reading.) The twin divides by (T/pi)^d, which is the Bohr
/// mean.
Finding diverges(const Prefix<Interval>& prefix, const Gaps<Interval>& gaps, std::size_t j, Variant variant) {
  const Interval size = euclidean_norm(prefix.token(j));
  const std::vector<Interval> magnitudes = retrieval_magnitudes(prefix);
  Interval others(0);
  for (std::size_t k = 0; k < prefix.t; ++k) others += k == j ? Interval(0) : magnitudes[k];
  const Interval T =
      larger(Interval(Interval(6) * pi<Interval>()), Interval(Interval(3) * others / (size * gaps.sup)));
  if (!certainly_at_most(others * cube_majorant_far(T, gaps.sup), size / Interval(2))) return {};

  Query<Interval> query = fourier_normalised(theorem1_query(prefix, j), prefix.d);
  if (variant == Variant::false_twin) query = theorem1_query(prefix, j);
  const auto value = variant == Variant::false_twin ? readout(prefix, CubeMean<Interval>{T}, query)
                                                    : readout(prefix, LebesgueCube<Interval>{T}, query);
  Interval squared(0);
  for (const auto& component : value) squared += norm(component);
  Finding finding =
      evidence::at_most("|integral over [-T,T]^d| <= 2 |h_j| for large T", sqrt(squared), Interval(2) * size);
  finding.witness = fmt::format("token {}: |value| >= {} at T = {}, growing as (T/pi)^{}", j,
                                lower_decimal(sqrt(squared), 3), lower_decimal(T, 3), prefix.d);
  return finding;
}

Findings check_thm1_literal(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  std::size_t largest = 0;
  for (std::size_t k = 1; k < prefix.t; ++k) {
    if (norm_squared(instance.prefix.token(k)) > norm_squared(instance.prefix.token(largest))) largest = k;
  }
  return {diverges(prefix, enclosed_gaps(instance), largest, variant)};
}

bool thm1_literal_applies(const Instance& instance) {
  return instance.distinct() && instance.uniform && instance.gaps;
}

}  // namespace

Claim thm1_literal() { return {"thm1/literal", Reach::instances, thm1_literal_applies, check_thm1_literal}; }

}  // namespace sca::proofs
