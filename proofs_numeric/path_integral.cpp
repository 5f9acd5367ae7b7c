#include "proofs_numeric/path_integral.hpp"

#include "reference/gauss.hpp"
#include "theory/characteristic.hpp"

namespace sca::proofs {

PathIntegral integrate_summary(const Prefix<Interval>& prefix, const std::vector<Interval>& theta) {
  constexpr std::size_t nodes = 12;
  const reference::QuadratureRule rule = reference::gauss_legendre(nodes);
  PathIntegral result{{}, Interval(0)};
  for (std::size_t m = 0; m < nodes; ++m) {
    const Interval s = (rule.nodes[m] + Interval(1)) / Interval(2);
    std::vector<Interval> point;
    for (const Interval& component : theta) point.push_back(s * component);
    const auto summary = gradient_summary(prefix, std::span<const Interval>(point));
    for (std::size_t a = 0; a < prefix.d; ++a) {
      result.value += summary[a] * Interval(theta[a] * rule.weights[m] / Interval(2));
    }
  }
  // (n!)^4/((2n+1) ((2n)!)^3) sup |f^{(2n)}|, with f(s) = i sum p_k a_k e^{i s a_k}, a_k = <theta, h_k>.
  Interval constant = Interval(1) / Interval(2 * nodes + 1);
  for (std::size_t k = 1; k <= nodes; ++k) {
    const Interval pair = Interval(2 * k - 1) * Interval(2 * k);
    constant = constant * power(Interval(k), 4) / power(pair, 3);
  }
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const Interval a = dot(std::span<const Interval>(theta), prefix.token(k));
    result.remainder += constant * prefix.weights[k] * power(Interval(abs(a)), 2 * nodes + 1);
  }
  return result;
}

std::vector<Interval> moderate_direction(const Prefix<Interval>& prefix) {
  Interval largest(0);
  for (std::size_t k = 0; k < prefix.t; ++k) largest = larger(largest, norm_squared(prefix.token(k)));
  std::vector<Interval> theta;
  for (std::size_t a = 0; a < prefix.d; ++a) {
    theta.push_back(Interval(a + 2) /
                    (Interval(prefix.d + 1) * sqrt(largest + Interval(1) / Interval(1000000000000L))));
  }
  return theta;
}

}  // namespace sca::proofs
