#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// t = 2, d = 1, T delta = (n + 1/2) pi: |sin(T delta)| = 1, and the error is A1 itself, for every n. So
/// O(1/T) is the best that the cube can promise.
Findings check_thm1_bohr_sharp(const Instance&, const Settings& settings, Variant variant) {
  const Prefix<Interval> prefix =
      prefix_cast<Interval>(uniform_prefix<Rational>({Rational(-1, 2), Rational(3, 4)}, 1), to_interval);
  const Interval separation = Interval(5) / Interval(4);
  Findings findings;
  for (const long n : {1L, 10L, 100000L}) {
    // The twin puts T delta on a zero of the sine, where the error vanishes and no bound is attained.
    const Interval phase = variant == Variant::stated ? Interval(2 * n + 1) / Interval(2) : Interval(n);
    const Interval T = phase * pi<Interval>() / separation;
    const auto value = readout(prefix, CubeMean<Interval>{T}, theorem1_query(prefix, 0));
    const Interval a1 = retrieval_bound(prefix, retrieval_magnitudes(prefix), 0,
                                        [&](std::span<const Interval> x) { return cube_majorant(x, T); });
    findings.push_back(evidence::equal_to("|err| = A1 at T delta = (n + 1/2) pi",
                                          readout_error(value, retrieval_target(prefix, 0)), a1, a1,
                                          settings.digits));
    findings.back().witness = fmt::format("tokens -1/2, 3/4; n = {}", n);
  }
  return findings;
}

}  // namespace

Claim thm1_bohr_sharp() { return {"thm1/bohr-sharp", Reach::existence, {}, check_thm1_bohr_sharp}; }

}  // namespace sca::proofs
