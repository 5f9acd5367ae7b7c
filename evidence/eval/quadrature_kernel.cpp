#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "reference/gauss.hpp"
#include "theory/measures/gaussian.hpp"
#include "theory/quadrature.hpp"

#include <cmath>

namespace sca::evidence::eval {
namespace {

struct KernelCase {
  Rational cube;   // T x
  Rational gauss;  // sigma x
  std::size_t nodes = 0;
};

struct RuleValue {
  Value rule;
  Value error;
};

// A rule whose weights sum to one is exact at 0; an interval could not say so.
RuleValue against(const reference::QuadratureRule& rule, const Interval& mass, const Rational& a,
                  const Interval& window) {
  if (a == 0) return {Rational(1), Rational(0)};
  const Interval value = cosine_rule<Interval>(rule.nodes, rule.weights, to_interval(a)) / mass;
  return {value, Interval(abs(Interval(value - window)))};
}

Object evaluate(const KernelCase& c) {
  const Interval cube = to_interval(c.cube);
  const Interval gauss = to_interval(c.gauss);
  const Interval window_cube = sinc(cube);
  const Interval window_gauss =
      Gaussian<Interval>{Interval(1)}.transform(std::span<const Interval>(&gauss, 1));
  const RuleValue legendre = against(reference::gauss_legendre(c.nodes), Interval(2), c.cube, window_cube);
  const RuleValue hermite = against(reference::gauss_hermite(c.nodes), Interval(1), c.gauss, window_gauss);
  return {{"window_cube", window_cube},
          {"midpoint", midpoint_kernel(c.nodes, cube)},
          {"trapezoid", trapezoid_kernel(c.nodes, cube)},
          {"window_gauss", window_gauss},
          {"gauss_legendre", legendre.rule},
          {"gauss_legendre_error", legendre.error},
          {"gauss_legendre_bound", gauss_legendre_bound(c.nodes, c.cube)},
          {"gauss_hermite", hermite.rule},
          {"gauss_hermite_error", hermite.error},
          {"gauss_hermite_bound", gauss_hermite_bound(c.nodes, c.gauss)}};
}

}  // namespace

Prepared prepare_quadrature_kernel(const Fields& input) {
  const Rational x = input.rational("x");
  KernelCase c{Rational(input.positive("T") * x), Rational(input.positive("sigma") * x), 0};
  c.nodes = static_cast<std::size_t>(input.integer("n", 1, 1000));
  // Isolating the Hermite nodes dominates: measured.
  return {[=] { return evaluate(c); }, 100 + 0.003 * std::pow(static_cast<double>(c.nodes), 3.5)};
}

}  // namespace sca::evidence::eval
