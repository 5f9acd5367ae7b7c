#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/measures/abel.hpp"
#include "theory/measures/dolph_chebyshev.hpp"
#include "theory/measures/fejer.hpp"
#include "theory/measures/gaussian.hpp"
#include "theory/readout.hpp"

namespace sca::evidence::eval {
namespace {

struct WindowCase {
  Prefix<Rational> prefix;
  std::vector<Rational> probe;
  Rational sigma, half_width, epsilon, delta, spread;
  std::size_t nodes = 0;
};

template <class Measure>
Value read(const Prefix<Interval>& prefix, const std::vector<Interval>& probe, const Measure& measure) {
  const std::span<const Interval> x(probe);
  const std::vector<Interval> summary = real_parts(readout(prefix, measure, corollary3_query(x)));
  const Interval function = function_readout(prefix, measure, weight_query(x)).re;
  List ratio;
  for (const Interval& s : summary)
    ratio.push_back(is_exactly_zero(function) ? Value(undefined) : Interval(s / function));
  return Object{{"S_readout", summary}, {"phi_readout", function}, {"ratio", ratio}};
}

Object evaluate(const WindowCase& c) {
  const Prefix<Interval> prefix = enclose(c.prefix);
  const std::vector<Interval> probe = enclose(c.probe);
  const Interval epsilon = to_interval(c.epsilon);
  const DolphChebyshev<Interval> dolph(c.nodes, to_interval(c.delta), to_interval(c.spread));
  return {{"gauss", read(prefix, probe, Gaussian<Interval>{to_interval(c.sigma)})},
          {"fejer", read(prefix, probe, Fejer<Interval>{to_interval(c.half_width)})},
          {"abel_prod", read(prefix, probe, ProductAbel<Interval>{epsilon})},
          {"abel_radial", read(prefix, probe, RadialAbel<Interval>{epsilon})},
          {"dolph", read(prefix, probe, dolph)},
          {"dolph_eps", dolph.sup()}};
}

}  // namespace

Prepared prepare_window(const Fields& input) {
  const Fields params = input.object("params");
  WindowCase c{input.prefix(),           {},
               params.positive("sigma"), params.positive("T"),
               params.positive("eps"),   params.positive("delta"),
               params.positive("D"),     0};
  c.probe = input.vector("probe", c.prefix.d);
  c.nodes = static_cast<std::size_t>(params.integer("n", 1, 1'000'000'000));
  if (c.delta >= c.spread) params.fail("delta", "a number below D", in_quotes(c.delta.str()));
  const double size = static_cast<double>(c.prefix.t) * static_cast<double>(c.prefix.d);
  return {[=] { return evaluate(c); }, 12 * size};
}

}  // namespace sca::evidence::eval
