#include "proofs_numeric/continuous_claims.hpp"
#include "theory/measures/cube.hpp"
#include "theory/retrieval.hpp"

#include <fmt/format.h>

namespace sca::proofs {
namespace {

/// int over [-T,T]^d of |S|^2 = (2T)^d sum_{jk} p_j p_k <h_j, h_k> prod_l sinc(T (h_j - h_k)_l).
Interval square_integral(const Prefix<Interval>& prefix, const Interval& T) {
  const CubeMean<Interval> mean{T};
  Interval sum(0);
  for (std::size_t j = 0; j < prefix.t; ++j) {
    const auto kernel = kernel_values(prefix, mean, prefix.token(j));
    for (std::size_t k = 0; k < prefix.t; ++k) {
      sum += prefix.weights[j] * prefix.weights[k] * dot(prefix.token(j), prefix.token(k)) * kernel[k];
    }
  }
  return power(Interval(Interval(2) * T), prefix.d) * sum;
}

/// In d = 2 the integral is asymptotically 4 T^2 times the mean square sum p_k^2 |h_k|^2, so that it exceeds
/// T^2 times it from some T on, and S is not in L^2. The twin's prefix is {0}, where S vanishes.
Findings check_sec222_square_integrable(const Instance&, const Settings&, Variant variant) {
  const Prefix<Rational> exact = variant == Variant::stated
                                     ? uniform_prefix<Rational>({1, Rational(1, 2), -1, 2}, 2)
                                     : uniform_prefix<Rational>({0, 0}, 2);
  const Prefix<Interval> prefix = prefix_cast<Interval>(exact, to_interval);
  const Interval limit = mean_square_summary(prefix);
  Findings findings;
  for (const long T : {1000L, 1000000L, 1000000000L}) {
    const Interval value = square_integral(prefix, Interval(T));
    findings.push_back(evidence::at_most("int over [-T,T]^2 of |S|^2 <= T^2 (mean square of S)", value,
                                         square(Interval(T)) * limit));
    findings.back().witness = fmt::format("tokens (1, 1/2), (-1, 2); T = {}", T);
  }
  return findings;
}

}  // namespace

Claim sec222_square_integrable() {
  return {"sec2.2.2/square-integrable", Reach::instances, {}, check_sec222_square_integrable};
}

}  // namespace sca::proofs
