// Decides a few claims on small prefixes; exit code 0 iff every one of them holds. Compiled once against
// theory/ and once against each mutant of it.

#include <iostream>

#include "proofs_numeric/continuous_claims.hpp"
#include "theory/prefix.hpp"

namespace {

using sca::Rational;
using sca::proofs::Claim;
using sca::proofs::Instance;

bool holds(const Claim& claim, const Instance& instance) {
  bool all = true;
  for (const auto& finding :
       sca::evidence::decide(4096, [&] { return claim.check(instance, {}, sca::proofs::Variant::stated); })) {
    if (finding.decision == sca::evidence::Decision::holds) continue;
    all = false;
    std::cout << claim.id << ": " << to_string(finding.decision) << ": " << finding.statement << "\n";
  }
  return all;
}

}  // namespace

int main() {
  const Instance line = sca::proofs::make_instance(
      "line", sca::uniform_prefix<Rational>({Rational(-1, 2), Rational(3, 4), 2}, 1));
  bool all = true;
  for (const Claim& claim :
       {sca::proofs::cor31_corrected(), sca::proofs::cor4_bohr(), sca::proofs::thm1_bohr()}) {
    all = holds(claim, line) && all;
  }
  return all ? 0 : 1;
}
