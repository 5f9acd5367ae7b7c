#include <optional>

#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "theory/measures/gaussian.hpp"

namespace sca::proofs {
namespace {

/// Distance from h_0 to the nearest other token, squared.
Rational nearest_squared(const Prefix<Rational>& prefix) {
  std::optional<Rational> nearest;
  for (std::size_t k = 1; k < prefix.t; ++k) {
    const Rational squared = norm_squared<Rational>(difference(prefix.token(k), prefix.token(0)));
    nearest = nearest ? smaller(*nearest, squared) : squared;
  }
  return *nearest;
}

/// The probe x lies a fifth of the way to the nearest other token away from h_0; <S, w_x>/<phi, e_x> is the
/// mean-shift step sum p h K/sum p K, and it lands on h_0 up to sum_{k != 0} (p_k/p_0) |h_k - h_0| K(h_k -
/// x)/K(h_0 - x). The twin says that it stays at the probe.
Findings check_rem5_mean_shift(const Instance& instance, const Settings& settings, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const Interval gap = sqrt(to_interval(nearest_squared(instance.prefix)));
  const Interval sigma = Interval(6) / gap;
  const Gaussian<Interval> window{sigma};
  std::vector<Interval> probe(prefix.token(0).begin(), prefix.token(0).end());
  probe[0] += gap / Interval(5);
  const std::span<const Interval> x(probe);

  const auto numerator = readout(prefix, window, corollary3_query(x));
  const auto denominator = function_readout(prefix, window, weight_query(x));
  std::vector<Complex<Interval>> ratio;
  for (const auto& component : numerator) ratio.push_back(component * Interval(Interval(1) / denominator.re));

  const auto kernel = kernel_values(prefix, window, x);
  Interval bound(0);
  for (std::size_t k = 1; k < prefix.t; ++k) {
    const auto apart = difference(prefix.token(k), prefix.token(0));
    bound += prefix.weights[k] / prefix.weights[0] * euclidean_norm<Interval>(apart) * kernel[k] / kernel[0];
  }
  const auto& target = variant == Variant::stated
                           ? std::vector<Interval>(prefix.token(0).begin(), prefix.token(0).end())
                           : probe;
  return {evidence::at_most_or_attained("|<S,w_x>/<phi,e_x> - h_0| <= weight of the other tokens in the step",
                                        readout_error(ratio, target), bound, settings.digits)};
}

bool rem5_mean_shift_applies(const Instance& instance) {
  return instance.distinct() && instance.gaps && instance.prefix.t <= 100;
}

}  // namespace

Claim rem5_mean_shift() {
  return {"rem5/mean-shift", Reach::instances, rem5_mean_shift_applies, check_rem5_mean_shift};
}

}  // namespace sca::proofs
