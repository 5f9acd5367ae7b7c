#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/abel.hpp"

namespace sca::proofs {
namespace {

Findings check_thm1_abel_product(const Instance& instance, const Settings& settings, Variant variant) {
  const double parameter = product_abel_epsilon(instance, settings.epsilon);
  const Interval epsilon(parameter);
  const Gaps<Interval> gaps = enclosed_gaps(instance);
  Findings findings =
      window_retrieves<ProductAbel<Interval>>(instance, settings,
                                              {fmt::format("eps = {:.6g}", parameter),
                                               {epsilon},
                                               square(epsilon) / (square(epsilon) + square(gaps.sup)),
                                               abel_uniform_bound(epsilon, gaps.sup)},
                                              variant);
  if (integrable(instance)) {
    const Prefix<Interval> prefix = instance.enclosed();
    const Interval reach = to_interval(instance.gaps->spread);
    const Query<Interval> query = theorem1_query(prefix, 0);
    const auto closed = readout(prefix, ProductAbel<Interval>{reach}, query);
    findings.push_back(integral_agrees(prefix, query, abel_density(reach, reach), closed[0]));
  }
  return findings;
}

}  // namespace

Claim thm1_abel_product() {
  return {"thm1/abel-product", Reach::instances, separated, check_thm1_abel_product};
}

}  // namespace sca::proofs
