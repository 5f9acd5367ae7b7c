#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "proofs_numeric/softmax_instance.hpp"

namespace sca::proofs {
namespace {

std::vector<Interval> rms_normalised(const std::vector<Interval>& x) {
  const Interval rms = sqrt(Interval(norm_squared<Interval>(x) / Interval(x.size())));
  std::vector<Interval> result;
  for (const Interval& component : x) result.push_back(component / rms);
  return result;
}

std::vector<Interval> concatenated(std::vector<Interval> a, const std::vector<Interval>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// The numerator is a positive multiple of attention's output, which a norm over one head removes. One norm
/// over two heads with different probes does not (the twin).
Findings check_cor4_rmsnorm(const Instance& instance, const Settings& settings, Variant variant) {
  const SoftmaxHead head = softmax_head(instance.prefix);
  const SoftmaxReadout one = read_softmax(instance.prefix, head, false);
  std::vector<Interval> ours = one.numerator;
  std::vector<Interval> attention = one.attention;
  if (variant == Variant::false_twin) {
    SoftmaxHead other = head;
    for (Rational& q : other.query) q *= -2;
    for (Rational& x : other.probe) x *= -2;
    const SoftmaxReadout two = read_softmax(instance.prefix, other, false);
    ours = concatenated(ours, two.numerator);
    attention = concatenated(attention, two.attention);
  }
  const auto left = rms_normalised(ours);
  const auto right = rms_normalised(attention);
  return {evidence::equal_to("RMSNorm of the numerator = RMSNorm of attention, a head at a time",
                             euclidean_norm<Interval>(difference<Interval>(left, right)), Interval(0),
                             euclidean_norm<Interval>(right), settings.digits)};
}

bool cor4_rmsnorm_applies(const Instance& instance) {
  return instance.prefix.t > 1 && exactly_checkable(instance);
}

}  // namespace

Claim cor4_rmsnorm() { return {"cor4/rmsnorm", Reach::instances, cor4_rmsnorm_applies, check_cor4_rmsnorm}; }

}  // namespace sca::proofs
