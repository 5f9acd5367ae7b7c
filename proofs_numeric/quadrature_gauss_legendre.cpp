#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "reference/gauss.hpp"
#include "theory/quadrature.hpp"

namespace sca::proofs {
namespace {

Findings check_quadrature_gauss_legendre(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  for (const std::size_t n : {1U, 2U, 3U, 5U, 8U, 16U}) {
    const reference::QuadratureRule rule = reference::gauss_legendre(n);
    std::vector<Interval> weights;
    for (const Interval& w : rule.weights) weights.push_back(w / Interval(2));  // the mean, not the integral
    // Small a, where the remainder is nearly attained; a around the plateau's end; far beyond it.
    for (const char* text : {".01", "1", "5", "20"}) {
      const Interval a = to_interval(decimal(text));
      const Interval error = abs(cosine_rule<Interval>(rule.nodes, weights, a) - sinc(a));
      Interval bound = gauss_legendre_bound(n, a);
      if (variant == Variant::false_twin) bound /= factorial(2 * n);  // (2n)!^4 for (2n)!^3
      findings.push_back(evidence::at_most(
          fmt::format("n={}, a=T|x|={}: |rule - sinc(a)| <= remainder bound", n, text), error, bound));
    }
  }
  return findings;
}

}  // namespace

Claim quadrature_gauss_legendre() {
  return {"quadrature/gauss-legendre", Reach::instances, {}, check_quadrature_gauss_legendre};
}

}  // namespace sca::proofs
