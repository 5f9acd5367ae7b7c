#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"

namespace sca::proofs {
namespace {

using reference::ComplexMatrix;
using reference::determinant;

// theta_2 = 3 as released; along the segment of u_4 the determinant of four scalars changes sign.
constexpr const char* segment_low = ".98093";
constexpr const char* segment_high = ".98095";

std::vector<Rational> fixed_scalars() { return decimals({"-.97665", "-.90747", "-.65856"}); }

ComplexMatrix channel(const std::vector<Rational>& theta, const Interval& fourth) {
  std::vector<Interval> u = enclose(fixed_scalars());
  u.push_back(fourth);
  return as_matrix(4, 4, real_phase_matrix<Interval>(u, enclose(theta), 1));
}

/// Opposite signs at the segment's ends: by continuity the determinant vanishes in between.
Finding sign_change(const std::vector<Rational>& theta) {
  const Interval low = determinant(channel(theta, to_interval(decimal(segment_low)))).re;
  const Interval high = determinant(channel(theta, to_interval(decimal(segment_high)))).re;
  Finding finding = evidence::exceeds(
      fmt::format(
          "M=2, theta={}: -det(u_4 = {}) det(u_4 = {}) above 0, so that four distinct nonzero scalars of "
          "rank 3 lie between",
          show(theta), segment_low, segment_high),
      -(low * high), Interval(0));
  finding.witness =
      fmt::format("u = {}, u_4 in [{}, {}]; determinants {} and {}", show(fixed_scalars()), segment_low,
                  segment_high, midpoint_decimal(low, 4), midpoint_decimal(high, 4));
  return finding;
}

/// rank 3 and no less, all along the segment.
Finding third_minor(const std::vector<Rational>& theta) {
  const Interval segment = hull(to_interval(decimal(segment_low)), to_interval(decimal(segment_high)));
  const Interval minor = determinant(submatrix(channel(theta, segment), {0, 2, 3}, {1, 2, 3})).re;
  return evidence::exceeds("rank at least 3 on the whole segment (a minor squared above 0)", square(minor),
                           Interval(0));
}

/// A number a + b pi, a and b rational: sin vanishes at it exactly if a = 0 and b is an integer.
struct WithPi {
  Rational plain;
  Rational multiple;
};

/// G(u) = sin(theta (u - u_1)) / sin(theta (u_3 - u_1)) is 1 at u_3; it is 0 at u_1, and at u_2 = u_1 + shift
/// iff theta shift is a multiple of pi.
Findings one_hot_of_three(const Rational& theta) {
  const std::vector<Rational> u = decimals({"-.6", ".1"});
  const WithPi phase{0, theta / 3};  // theta (u_2 - u_1) with u_2 - u_1 = pi/3
  const bool vanishes = phase.plain == 0 && denominator(phase.multiple) == 1;
  Findings findings;
  findings.push_back(evidence::exactly(
      fmt::format("M=1, theta={}: G vanishes at u_2 = u_1 + pi/3", theta.str()), vanishes,
      fmt::format("u = (-3/5, -3/5 + pi/3, 1/10), theta (u_2 - u_1) = {} pi", phase.multiple.str())));
  findings.push_back(evidence::exceeds("G(u_3) = 1 exists: sin(theta (u_3 - u_1))^2 above 0",
                                       square(sin(to_interval(theta * (u[1] - u[0])))), Interval(0)));
  findings.push_back(evidence::at_most("u_2 below 1, so that it is the softsign of a scalar",
                                       to_interval(u[0]) + pi<Interval>() / Interval(3), Interval(1)));
  return findings;
}

Findings check_finite_channel_sharp(const Instance&, const Settings&, Variant variant) {
  const bool stated = variant == Variant::stated;
  // The twin takes theta_M below pi/2, where the limit t <= 2M is guaranteed.
  const std::vector<Rational> theta = stated ? decimals({"2", "3"}) : decimals({"1", "1.5"});
  Findings findings{sign_change(theta), third_minor(theta)};
  for (Finding& finding : one_hot_of_three(stated ? Rational(3) : Rational(3, 2))) {
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

Claim finite_channel_sharp() {
  return {"finite/channel-sharp", Reach::existence, {}, check_finite_channel_sharp};
}

}  // namespace sca::proofs
