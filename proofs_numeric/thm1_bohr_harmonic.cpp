#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// T = (20 + 1/2) pi/delta puts neighbouring tokens on a maximum of |sin(T x)|: the hard case.
Findings check_thm1_bohr_harmonic(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const Interval separation = to_interval(instance.gaps->sup);
  const Interval T = Interval(41) * pi<Interval>() / (Interval(2) * separation);
  Interval bound = harmonic_bound(prefix.t, T, separation);
  // The twin drops the harmonic sum and quarters the rest: 1/(2 T delta).
  if (variant == Variant::false_twin) bound = Interval(1) / (Interval(2) * T * separation);
  return {uniform_bound_holds(prefix, CubeMean<Interval>{T}, bound)};
}

bool thm1_bohr_harmonic_applies(const Instance& instance) {
  return instance.prefix.d == 1 && instance.uniform && instance.distinct() && instance.gaps;
}

}  // namespace

Claim thm1_bohr_harmonic() {
  return {"thm1/bohr-harmonic", Reach::instances, thm1_bohr_harmonic_applies, check_thm1_bohr_harmonic};
}

}  // namespace sca::proofs
