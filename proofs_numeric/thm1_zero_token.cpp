#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

Interval literal_value_at_zero(const Prefix<Interval>& prefix, const Interval& T) {
  const auto value =
      readout(prefix, LebesgueCube<Interval>{T}, fourier_normalised(theorem1_query(prefix, 0), prefix.d));
  Interval squared(0);
  for (const auto& component : value) squared += norm(component);
  return sqrt(squared);
}

/// {0, 1}: the value at h_0 = 0 is sin(T)/pi, whose modulus is 1/pi at every T = (n + 1/2) pi.
/// {0, (1,0,0), (0,g,0)}, g the golden ratio: at least a constant times T.
/// The twin asks the same of {-1, 0, 1}, where the value is 0 for every T.
Findings check_thm1_zero_token(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  const bool stated = variant == Variant::stated;
  const Prefix<Interval> line =
      uniform_prefix<Interval>(stated ? std::vector<Interval>{0, 1} : std::vector<Interval>{0, -1, 1}, 1);
  for (const long n : {10L, 1000L, 1000000L}) {
    const Interval T = Interval(2 * n + 1) * pi<Interval>() / Interval(2);
    findings.push_back(evidence::at_most("|integral| <= 1/4 at T = (n + 1/2) pi, where h_j = 0",
                                         literal_value_at_zero(line, T), Interval(1) / Interval(4)));
    findings.back().witness = fmt::format("{}, j = 0, n = {}", stated ? "tokens 0, 1" : "tokens 0, -1, 1", n);
  }
  if (!stated) return findings;
  const Interval golden = (Interval(1) + sqrt(Interval(5))) / Interval(2);
  const Prefix<Interval> space = uniform_prefix<Interval>({0, 0, 0, 1, 0, 0, 0, golden, 0}, 3);
  const Interval T(1000000);
  findings.push_back(evidence::at_most("|integral| <= T/10, where h_j = 0", literal_value_at_zero(space, T),
                                       T / Interval(10)));
  findings.back().witness = "tokens 0, (1,0,0), (0,golden,0); T = 1e6";
  return findings;
}

}  // namespace

Claim thm1_zero_token() { return {"thm1/zero-token", Reach::instances, {}, check_thm1_zero_token}; }

}  // namespace sca::proofs
