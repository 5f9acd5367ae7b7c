#include "proofs_numeric/continuous_claims.hpp"
#include "theory/characteristic.hpp"

#include <fmt/format.h>

namespace sca::proofs {
namespace {

/// Along the axis a, phi(s e_a) = sum_n (i s)^n m_n / n! with m_n the n-th moment: the formula says that the
/// Taylor coefficients of phi at 0 are the moments. The partial sum up to `order` misses phi by at most
/// s^{order+1} sum p |h_a|^{order+1} / (order+1)!, for every s: checked where that is small.
Finding taylor_agrees(const Prefix<Rational>& exact, std::size_t axis, Variant variant) {
  constexpr std::size_t order = 12;
  const Prefix<Interval> prefix = prefix_cast<Interval>(exact, to_interval);
  Interval largest(0);
  for (std::size_t k = 0; k < prefix.t; ++k) largest = larger(largest, Interval(abs(prefix.token(k)[axis])));
  const Interval s = Interval(1) / (Interval(4) * larger(largest, Interval(Interval(1) / Interval(1000000))));

  Complex<Interval> sum;
  Complex<Interval> unit{Interval(1), Interval(0)};  // i^n, or (-i)^n in the twin
  Interval scale(1);                                 // s^n / n!
  for (std::size_t n = 0; n <= order; ++n) {
    const std::vector<std::size_t> axes(n, axis);
    sum += unit * Interval(scale * to_interval(moment(exact, std::span<const std::size_t>(axes))));
    unit = times_i(unit);
    if (variant == Variant::false_twin) unit = unit * Interval(-1);
    scale = scale * s / Interval(n + 1);
  }
  std::vector<Interval> theta(prefix.d, Interval(0));
  theta[axis] = s;
  const auto value = characteristic_function(prefix, std::span<const Interval>(theta));
  const Interval remainder = scale * power(largest, order + 1) * total_weight(prefix);
  Finding finding = evidence::at_most("|phi - Taylor sum of the moments to order 12| <= remainder",
                                      abs(value - sum), remainder);
  finding.witness = fmt::format("axis {}", axis);
  return finding;
}

Findings check_sec221_moments(const Instance& instance, const Settings&, Variant variant) {
  return {taylor_agrees(instance.prefix, 0, variant),
          taylor_agrees(instance.prefix, instance.prefix.d - 1, variant)};
}

bool sec221_moments_applies(const Instance& instance) { return instance.prefix.t <= 100; }

}  // namespace

Claim sec221_moments() {
  return {"sec2.2.1/moments", Reach::instances, sec221_moments_applies, check_sec221_moments};
}

}  // namespace sca::proofs
