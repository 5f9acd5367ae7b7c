#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/abel.hpp"

namespace sca::proofs {
namespace {

Findings check_thm1_abel_radial(const Instance& instance, const Settings& settings, Variant variant) {
  const double parameter = radial_abel_epsilon(instance, settings.epsilon);
  const Interval epsilon(parameter);
  const Gaps<Interval> gaps = enclosed_gaps(instance);
  const Interval growth = sqrt(Interval(Interval(1) + gaps.euclidean_squared / square(epsilon)));
  Findings findings =
      window_retrieves<RadialAbel<Interval>>(instance, settings,
                                             {fmt::format("eps = {:.6g}", parameter),
                                              {epsilon},
                                              Interval(1) / power(growth, instance.prefix.d + 1),
                                              std::nullopt},
                                             variant);
  if (integrable(instance)) {
    const Prefix<Interval> prefix = instance.enclosed();
    const Interval reach = to_interval(instance.gaps->spread);
    const Query<Interval> query = theorem1_query(prefix, 0);
    // In d = 1 the radial density is the product's.
    const auto closed = readout(prefix, RadialAbel<Interval>{reach}, query);
    findings.push_back(integral_agrees(prefix, query, abel_density(reach, reach), closed[0]));
  }
  return findings;
}

}  // namespace

Claim thm1_abel_radial() { return {"thm1/abel-radial", Reach::instances, separated, check_thm1_abel_radial}; }

}  // namespace sca::proofs
