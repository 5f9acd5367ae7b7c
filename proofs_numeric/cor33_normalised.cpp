#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/path_integral.hpp"
#include "theory/characteristic.hpp"

namespace sca::proofs {
namespace {

/// phi = 1 + int S, with the integral taken numerically. The twin drops the factor i of S.
Findings check_cor33_normalised(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const std::vector<Interval> theta = moderate_direction(prefix);
  PathIntegral path = integrate_summary(prefix, theta);
  if (variant == Variant::false_twin) path.value = times_i(path.value) * Interval(-1);
  const Complex<Interval> phi = characteristic_function(prefix, std::span<const Interval>(theta));
  const Complex<Interval> gap = phi - Complex<Interval>{Interval(1), Interval(0)} - path.value;
  return {evidence::at_most("|phi(theta) - 1 - int_0^1 S(s theta).theta ds| <= proven remainder", abs(gap),
                            path.remainder)};
}

bool cor33_normalised_applies(const Instance& instance) {
  return instance.prefix.t <= 100 && total_weight(instance.prefix) == 1;
}

}  // namespace

Claim cor33_normalised() {
  return {"cor3.3/normalised", Reach::instances, cor33_normalised_applies, check_cor33_normalised};
}

}  // namespace sca::proofs
