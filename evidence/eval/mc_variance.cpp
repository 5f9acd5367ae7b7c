#include "evidence/eval/exact.hpp"
#include "evidence/eval/kinds.hpp"
#include "theory/measures/cube.hpp"
#include "theory/monte_carlo.hpp"

namespace sca::evidence::eval {
namespace {

template <class Real>
Object fields(const OneNodeStatistics<Real>& statistics) {
  return {{"mean", statistics.mean},
          {"variance_complex", statistics.variance_complex},
          {"variance_real_part", statistics.variance_real}};
}

// The differences stay exact: coincident ones meet in the kernel as an exact 0.
Object evaluate(const DifferenceSum<Rational>& sum, const Rational& half_width) {
  std::vector<std::vector<Interval>> coefficients;
  for (const auto& c : sum.coefficients) coefficients.push_back(enclose(c));
  const CubeMean<Interval> mean{Interval(1)};
  return fields(one_node_statistics<Interval>(sum, coefficients, [&](std::span<const Rational> x) {
    std::vector<Interval> scaled;
    for (const Rational& component : x) scaled.push_back(to_interval(Rational(half_width * component)));
    return mean.transform(scaled);
  }));
}

Object evaluate_bohr(const DifferenceSum<Rational>& sum) {
  const BohrMean<Rational> mean;
  return fields(one_node_statistics<Rational>(
      sum, sum.coefficients, [&](std::span<const Rational> x) { return mean.transform(x); }));
}

}  // namespace

Prepared prepare_mc_variance(const Fields& input) {
  const Prefix<Rational> prefix = input.uniform();
  const std::vector<Rational> alpha = input.vector("alpha", prefix.t);
  const bool bohr = input.holds("T", "inf");
  const Rational half_width = bohr ? Rational(0) : input.positive("T");
  if (prefix.t > 300) {
    input.fail("tokens", "at most 300 (the variance is a sum over pairs of pairs)", std::to_string(prefix.t));
  }
  const DifferenceSum<Rational> sum = difference_sum<Rational>(prefix, alpha);
  const auto pairs = static_cast<double>(sum.differences.size());
  const double operations = pairs * pairs * static_cast<double>(prefix.d);
  if (bohr) return {[=] { return evaluate_bohr(sum); }, operations};
  return {[=] { return evaluate(sum, half_width); }, operations};
}

}  // namespace sca::evidence::eval
