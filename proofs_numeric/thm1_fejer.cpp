#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/fejer.hpp"

namespace sca::proofs {
namespace {

Findings check_thm1_fejer(const Instance& instance, const Settings& settings, Variant variant) {
  const double half_width = fejer_half_width(instance, settings.epsilon);
  const Interval T(half_width);
  const Gaps<Interval> gaps = enclosed_gaps(instance);
  Findings findings = window_retrieves<Fejer<Interval>>(instance, settings,
                                                        {fmt::format("T = {:.6g}", half_width),
                                                         {T},
                                                         fejer_majorant(T, gaps.sup),
                                                         fejer_uniform_bound(T, gaps.sup)},
                                                        variant);
  if (integrable(instance)) {
    const Prefix<Interval> prefix = instance.enclosed();
    const Interval reach = to_interval(instance.gaps->spread);
    const Query<Interval> query = theorem1_query(prefix, 0);
    const Interval narrow = Interval(20) / reach;
    const auto closed = readout(prefix, Fejer<Interval>{narrow}, query);
    findings.push_back(integral_agrees(prefix, query, fejer_density(narrow, reach), closed[0]));
  }
  return findings;
}

}  // namespace

Claim thm1_fejer() { return {"thm1/fejer", Reach::instances, separated, check_thm1_fejer}; }

}  // namespace sca::proofs
