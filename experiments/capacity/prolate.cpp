#include "experiments/capacity/prolate.hpp"

#include <cmath>

#include "reference/gauss.hpp"
#include "reference/linear_algebra.hpp"

namespace sca::experiments::capacity {

std::vector<double> prolate_singular_values(double c, double least) {
  // Nodes beyond c integrate e^{i c x y} faster than geometrically.
  const auto n = static_cast<std::size_t>(c + 16 - std::log2(least) / 2);
  const reference::QuadratureRule rule = reference::gauss_legendre(n);
  reference::ComplexMatrix kernel(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const Interval weight = sqrt(Interval(rule.weights[i] * rule.weights[j]));
      kernel(i, j) = expi(Interval(Interval(c) * rule.nodes[i] * rule.nodes[j])) * weight;
    }
  }
  std::vector<double> result;
  const auto values = reference::singular_values(kernel);
  if (!values) return result;
  for (const Interval& value : *values) {
    result.push_back((lower_double(value) + upper_double(value)) / 2);
    if (result.back() < least * result.front()) break;
  }
  return result;
}

Interval separable_tail(double c, std::size_t N) {
  const Interval half = Interval(c) / Interval(2);
  Interval term(2);  // 2 (c/2)^n / n!
  Interval tails[2] = {Interval(0), Interval(0)};
  for (std::size_t n = 1;; ++n) {
    term *= half / Interval(static_cast<long>(n));
    if (n < N) continue;
    tails[n % 2] += term;
    // From here on each term is less than half its predecessor: what is left is less than the last.
    if (static_cast<double>(n) > c && n > N + 1 + working_bits()) break;
  }
  for (Interval& tail : tails) tail += term;
  return sqrt(Interval((square(tails[0]) + square(tails[1])) / Interval(2)));
}

}  // namespace sca::experiments::capacity
