#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "reference/gauss.hpp"
#include "theory/quadrature.hpp"

namespace sca::proofs {
namespace {

Findings check_quadrature_gauss_hermite(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  for (const std::size_t n : {1U, 2U, 3U, 5U, 8U, 16U}) {
    const reference::QuadratureRule rule = reference::gauss_hermite(n);
    for (const char* text : {".01", "1", "3", "6"}) {
      const Interval a = to_interval(decimal(text));
      const Interval window = exp(-square(a) / Interval(2));
      const Interval error = abs(cosine_rule<Interval>(rule.nodes, rule.weights, a) - window);
      Interval bound = gauss_hermite_bound(n, a);
      if (variant == Variant::false_twin) bound /= factorial(2 * n);  // (2n)!^2 for (2n)!
      findings.push_back(evidence::at_most(
          fmt::format("n={}, a=sigma|x|={}: |rule - exp(-a^2/2)| <= remainder bound", n, text), error,
          bound));
    }
  }
  return findings;
}

}  // namespace

Claim quadrature_gauss_hermite() {
  return {"quadrature/gauss-hermite", Reach::instances, {}, check_quadrature_gauss_hermite};
}

}  // namespace sca::proofs
