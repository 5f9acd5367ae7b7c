#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/quadrature.hpp"

namespace sca::proofs {
namespace {

/// Nodes on [-1, 1] and weights of sum 1, n panels.
struct Rule {
  std::vector<Rational> exact;  // nodes
  std::vector<Interval> nodes;
  std::vector<Interval> weights;

  void add(const Rational& node, const Rational& weight) {
    exact.push_back(node);
    nodes.push_back(to_interval(node));
    weights.push_back(to_interval(weight));
  }
};

Rule midpoint_rule(std::size_t n) {
  Rule rule;
  for (std::size_t m = 0; m < n; ++m) {
    rule.add(Rational(2 * static_cast<long>(m) + 1, static_cast<long>(n)) - 1,
             Rational(1, static_cast<long>(n)));
  }
  return rule;
}

Rule trapezoid_rule(std::size_t n) {
  Rule rule;
  for (std::size_t m = 0; m <= n; ++m) {
    rule.add(Rational(2 * static_cast<long>(m), static_cast<long>(n)) - 1,
             Rational(1, static_cast<long>(m == 0 || m == n ? 2 * n : n)));
  }
  return rule;
}

/// Closed form against the rule's own sum, and the error against the window's sinc.
Findings decide_kernel(const std::string& what, const Rule& rule, const Interval& a, const Interval& closed,
                       const Interval& bound, int digits) {
  const Interval sum = cosine_rule<Interval>(rule.nodes, rule.weights, a);
  return {evidence::equal_to(what + ": closed form = sum over the nodes", sum, closed, Interval(1), digits),
          evidence::at_most(what + ": |closed form - sinc(a)| <= bound", abs(closed - sinc(a)), bound)};
}

/// At a = n pi the phases are pi(2m + 1 - n) and pi(2m - n): multiples of pi of one parity, so that every
/// cosine is the same sign. The rule then cannot tell x from 0, while sinc(n pi) = 0.
Finding aliases(const Rule& rule, std::size_t n) {
  bool same = true;
  const auto parity = [&](std::size_t m) { return numerator(rule.exact[m] * static_cast<long>(n)) % 2 == 0; };
  for (std::size_t m = 0; m < rule.exact.size(); ++m) {
    same = same && denominator(rule.exact[m] * static_cast<long>(n)) == 1 && parity(m) == parity(0);
  }
  return evidence::exactly(fmt::format("n={}, {} nodes: |K| = 1 at a = n pi", n, rule.exact.size()), same);
}

Findings check_quadrature_midpoint_trapezoid(const Instance&, const Settings& settings, Variant variant) {
  Findings findings;
  const bool stated = variant == Variant::stated;
  for (const std::size_t n : {2U, 3U, 8U, 33U}) {
    const Interval panels(static_cast<long>(n));
    findings.push_back(aliases(midpoint_rule(n), n));
    findings.push_back(aliases(trapezoid_rule(n), n));
    // The last two stand near and beyond the first alias a = n pi, where the error is of order 1.
    for (const Rational& exact :
         {Rational(1, 100), Rational(1), Rational(5), Rational(3 * static_cast<long>(n)),
          Rational(10 * static_cast<long>(n), 3)}) {
      const Interval a = to_interval(exact);
      const Interval midpoint = midpoint_kernel(n, a);
      const Interval trapezoid = trapezoid_kernel(n, a);
      const Interval bound = square(Interval(a / panels)) / Interval(6);
      const std::string where = fmt::format("n={}, a=T|x|={}", n, exact.str());
      // The twin exchanges the two closed forms.
      for (const auto& finding : decide_kernel("midpoint, " + where, midpoint_rule(n), a,
                                               stated ? midpoint : trapezoid, bound, settings.digits)) {
        findings.push_back(finding);
      }
      for (const auto& finding :
           decide_kernel("trapezoid, " + where, trapezoid_rule(n), a, stated ? trapezoid : midpoint,
                         Interval(2) * bound, settings.digits)) {
        findings.push_back(finding);
      }
    }
  }
  return findings;
}

}  // namespace

Claim quadrature_midpoint_trapezoid() {
  return {"quadrature/midpoint-trapezoid", Reach::instances, {}, check_quadrature_midpoint_trapezoid};
}

}  // namespace sca::proofs
