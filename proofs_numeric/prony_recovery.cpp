#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "reference/krawczyk.hpp"
#include "theory/prony.hpp"

namespace sca::proofs {
namespace {

using reference::ComplexMatrix;
using Samples = std::vector<Complex<Interval>>;

/// Scalar tokens in the known interval [-pi, pi) of length 2 pi/s, s = 1, with positive weights.
struct Case {
  std::string name;
  Prefix<Rational> prefix;
};

std::vector<Case> cases() {
  return {
      {"one token", {1, 1, decimals({".7"}), decimals({"2"})}},
      {"two tokens 1e-6 apart", {2, 1, decimals({".5", ".500001"}), decimals({".25", ".75"})}},
      {"five tokens, uneven weights",
       {5, 1, decimals({"-3.1", "-.4", ".1", "1.3", "3"}), decimals({"1", ".000001", ".5", "3", ".25"})}}};
}

Finding open(std::string statement) {
  Finding finding;
  finding.statement = std::move(statement);
  return finding;
}

/// [sample_{a+b}], t x t.
ComplexMatrix hankel(const Samples& samples, std::size_t t) {
  ComplexMatrix matrix(t, t);
  for (std::size_t a = 0; a < t; ++a) {
    for (std::size_t b = 0; b < t; ++b) matrix(a, b) = samples[a + b];
  }
  return matrix;
}

/// The monic polynomial z^t + c_{t-1} z^{t-1} + … + c_0 with sum_b c_b sample_{a+b} = -sample_{a+t}.
std::optional<Samples> annihilating_polynomial(const Samples& samples, std::size_t t) {
  const auto inverse = reference::inverse(hankel(samples, t));
  if (!inverse) return std::nullopt;
  Samples coefficients(t + 1);
  for (std::size_t a = 0; a < t; ++a) {
    for (std::size_t b = 0; b < t; ++b) {
      coefficients[a] = coefficients[a] - (*inverse)(a, b) * samples[t + b];
    }
  }
  coefficients[t].re = Interval(1);
  return coefficients;
}

/// P(z) and P'(z) by Horner.
std::pair<Complex<Interval>, Complex<Interval>> evaluate(const Samples& p, const Complex<Interval>& z) {
  Complex<Interval> value;
  Complex<Interval> slope;
  for (std::size_t n = p.size(); n-- > 0;) {
    slope = slope * z + value;
    value = value * z + p[n];
  }
  return {value, slope};
}

/// The one root of p within `radius` (sup distance) of z0, refined to the working precision.
std::optional<Complex<Interval>> root_near(const Samples& p, const Complex<Interval>& z0,
                                           const Interval& radius) {
  const reference::IntervalSystem system{
      [&](const std::vector<Interval>& x) {
        const auto value = evaluate(p, {x[0], x[1]}).first;
        return std::vector<Interval>{value.re, value.im};
      },
      [&](const std::vector<Interval>& x) {
        const auto slope = evaluate(p, {x[0], x[1]}).second;
        return std::vector<Interval>{slope.re, -slope.im, slope.im, slope.re};
      }};
  const Interval around = hull(-radius, radius);
  auto result = reference::krawczyk(system, {z0.re + around, z0.im + around});
  if (result.outcome != reference::RootTest::unique_root) return std::nullopt;
  for (int step = 0; step < 8; ++step) {
    const auto next = reference::krawczyk(system, result.image);
    if (next.outcome != reference::RootTest::unique_root) break;
    result = next;
  }
  return Complex<Interval>{result.image[0], result.image[1]};
}

/// arg z in (-pi, pi), for z off the negative axis.
Interval argument(const Complex<Interval>& z) { return Interval(2) * atan(z.im / (abs(z) + z.re)); }

/// A sixteenth t-th of the smallest distance between two nodes, or 1/4 for a single one: small enough for the
/// box around one root to hold no other.
Interval search_radius(const Prefix<Interval>& prefix) {
  Interval least(4);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    for (std::size_t l = 0; l < k; ++l) {
      least = smaller(least, node_distance_squared(prefix, Interval(1), k, l));
    }
  }
  return midpoint(sqrt(least) / Interval(static_cast<long>(16 * prefix.t)));
}

/// Roots of the samples' polynomial, as tokens. Nothing where one could not be enclosed. The true nodes only
/// say where to look: t roots in disjoint boxes are all that a polynomial of degree t has.
std::optional<std::vector<Interval>> recovered_tokens(const Prefix<Interval>& prefix,
                                                      const Samples& samples) {
  const auto polynomial = annihilating_polynomial(samples, prefix.t);
  if (!polynomial) return std::nullopt;
  std::vector<Interval> tokens;
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const auto root = root_near(*polynomial, expi(prefix.tokens[k]), search_radius(prefix));
    if (!root) return std::nullopt;
    tokens.push_back(argument(*root));
  }
  return tokens;
}

/// Amplitudes a_k of the samples sum_k a_k z_k^n, from the recovered nodes.
std::optional<Samples> recovered_amplitudes(const std::vector<Interval>& tokens, const Samples& samples) {
  const std::size_t t = tokens.size();
  ComplexMatrix vandermonde(t, t);
  for (std::size_t n = 0; n < t; ++n) {
    for (std::size_t k = 0; k < t; ++k) {
      vandermonde(n, k) = expi(Interval(Interval(static_cast<long>(n)) * tokens[k]));
    }
  }
  const auto inverse = reference::inverse(vandermonde);
  if (!inverse) return std::nullopt;
  Samples amplitudes(t);
  for (std::size_t k = 0; k < t; ++k) {
    for (std::size_t n = 0; n < t; ++n) amplitudes[k] += (*inverse)(k, n) * samples[n];
  }
  return amplitudes;
}

/// From phi, or from S/i, whose amplitudes are p_k h_k (so that it sees no zero token).
Findings recovers(const Case& c, bool from_gradient, const Settings& settings) {
  const Prefix<Interval> prefix = prefix_cast<Interval>(c.prefix, to_interval);
  Prefix<Interval> source = prefix;
  if (from_gradient) {
    for (std::size_t k = 0; k < source.t; ++k) source.weights[k] *= source.tokens[k];
  }
  const std::string what = c.name + (from_gradient ? ", from S" : ", from phi");
  const Samples samples = prony_samples(source, Interval(1), 2 * prefix.t);
  Findings findings{evidence::exceeds(what + ": Hankel determinant squared above 0",
                                      norm(reference::determinant(hankel(samples, prefix.t))), Interval(0))};
  const auto tokens = recovered_tokens(prefix, samples);
  const auto amplitudes = tokens ? recovered_amplitudes(*tokens, samples) : std::nullopt;
  if (!amplitudes) {
    findings.push_back(open(what + ": roots enclosed"));
    return findings;
  }
  for (std::size_t k = 0; k < prefix.t; ++k) {
    findings.push_back(evidence::equal_to(fmt::format("{}: token {} recovered", what, k + 1), (*tokens)[k],
                                          prefix.tokens[k], Interval(1), settings.digits));
    findings.back().witness = "tokens " + show(c.prefix.tokens) + ", weights " + show(c.prefix.weights);
    findings.push_back(evidence::equal_to(fmt::format("{}: its amplitude recovered", what),
                                          (*amplitudes)[k].re, source.weights[k], Interval(1),
                                          settings.digits));
  }
  return findings;
}

Findings check_prony_recovery(const Instance&, const Settings& settings, Variant variant) {
  Findings findings;
  for (Case c : cases()) {
    // The twin leaves the known interval: 4 comes back as 4 - 2 pi.
    if (variant == Variant::false_twin) c.prefix.tokens.back() = 4;
    for (const bool from_gradient : {false, true}) {
      for (Finding& finding : recovers(c, from_gradient, settings)) findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace

Claim prony_recovery() { return {"prony/recovery", Reach::instances, {}, check_prony_recovery}; }

}  // namespace sca::proofs
