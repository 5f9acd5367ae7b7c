#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/gaussian.hpp"

namespace sca::proofs {
namespace {

Findings check_thm1_gaussian(const Instance& instance, const Settings& settings, Variant variant) {
  const double parameter = gaussian_sigma(instance, settings.epsilon);
  const Interval sigma(parameter);
  const Gaps<Interval> gaps = enclosed_gaps(instance);
  Findings findings = window_retrieves<Gaussian<Interval>>(
      instance, settings,
      {fmt::format("sigma = {:.6g}", parameter),
       {sigma},
       exp(Interval(-(square(sigma) * gaps.euclidean_squared) / Interval(2))),
       gaussian_uniform_bound(sigma, gaps.sup)},
      variant);
  if (integrable(instance)) {
    const Prefix<Interval> prefix = instance.enclosed();
    const Interval reach = to_interval(instance.gaps->spread);
    const Query<Interval> query = theorem1_query(prefix, 0);
    const Interval wide = Interval(2) / reach;
    const auto closed = readout(prefix, Gaussian<Interval>{wide}, query);
    findings.push_back(gaussian_integral_agrees(prefix, query, wide, closed[0]));
  }
  return findings;
}

}  // namespace

Claim thm1_gaussian() { return {"thm1/gaussian", Reach::instances, separated, check_thm1_gaussian}; }

}  // namespace sca::proofs
