#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/prony.hpp"

namespace sca::proofs {
namespace {

using reference::ComplexMatrix;
using Waves = std::vector<Complex<Interval>>;

/// At t = 1 both bounds are exactly 2/(p s), which intervals cannot tell apart.
std::vector<Prefix<Rational>> prefixes() {
  return {{2, 1, decimals({".5", ".500001"}), decimals({".25", ".75"})},
          {3, 1, decimals({"-1", ".2", ".21"}), decimals({"1", ".001", ".5"})},
          {5, 1, decimals({"-3", "-.4", ".1", "1.3", "3"}), decimals({"1", ".5", ".5", "3", ".25"})}};
}

/// z_k, s = 1.
Waves nodes_of(const Prefix<Interval>& prefix) {
  Waves z;
  for (const Interval& h : prefix.tokens) z.push_back(expi(h));
  return z;
}

/// V^-1 of V_nk = z_k^n; row k is w below.
std::optional<ComplexMatrix> inverse_vandermonde(const Prefix<Interval>& prefix) {
  ComplexMatrix v(prefix.t, prefix.t);
  for (std::size_t n = 0; n < prefix.t; ++n) {
    for (std::size_t k = 0; k < prefix.t; ++k) {
      v(n, k) = expi(Interval(Interval(static_cast<long>(n)) * prefix.tokens[k]));
    }
  }
  return reference::inverse(v);
}

/// d z_k / d sample_n, n < 2t, from the pencil: (1/p_k) sum_{a,b} w_a w_b (eps_{a+b+1} - z_k eps_{a+b}).
Waves pencil_slopes(const ComplexMatrix& inverse, const Prefix<Interval>& prefix, std::size_t k,
                    const Complex<Interval>& z) {
  Waves slopes(2 * prefix.t);
  for (std::size_t a = 0; a < prefix.t; ++a) {
    for (std::size_t b = 0; b < prefix.t; ++b) {
      const Complex<Interval> product = inverse(k, a) * inverse(k, b) * (Interval(1) / prefix.weights[k]);
      slopes[a + b + 1] += product;
      slopes[a + b] = slopes[a + b] - product * z;
    }
  }
  return slopes;
}

/// Inverse of the Hankel matrix [sample_{a+b}].
std::optional<ComplexMatrix> inverse_hankel(const Prefix<Interval>& prefix) {
  const auto samples = prony_samples(prefix, Interval(1), 2 * prefix.t);
  ComplexMatrix hankel(prefix.t, prefix.t);
  for (std::size_t a = 0; a < prefix.t; ++a) {
    for (std::size_t b = 0; b < prefix.t; ++b) hankel(a, b) = samples[a + b];
  }
  return reference::inverse(hankel);
}

/// Coefficients of prod (z - z_l), constant term first.
Waves monic_with_roots(const Waves& z) {
  Waves polynomial{{Interval(1), Interval(0)}};
  for (const auto& root : z) {
    polynomial.emplace_back();
    for (std::size_t n = polynomial.size(); n-- > 0;) {
      polynomial[n] = (n > 0 ? polynomial[n - 1] : Complex<Interval>{}) - polynomial[n] * root;
    }
  }
  return polynomial;
}

/// The same derivative by another road, from the polynomial P with sum_b c_b sample_{a+b} = 0:
/// H dc = -(sum_b c_b d sample_{a+b}) and dz_k = -dP(z_k)/P'(z_k). shape [2t]
std::optional<Waves> polynomial_slopes(const Prefix<Interval>& prefix, std::size_t k, const Waves& z) {
  const std::size_t t = prefix.t;
  const auto inverse = inverse_hankel(prefix);
  if (!inverse) return std::nullopt;
  const Waves polynomial = monic_with_roots(z);
  Complex<Interval> slope{Interval(1), Interval(0)};  // P'(z_k)
  for (std::size_t l = 0; l < t; ++l) {
    if (l != k) slope = slope * (z[k] - z[l]);
  }
  Waves result(2 * t);
  for (std::size_t a = 0; a < t; ++a) {
    // row = sum_n z_k^n (H^-1)_{na}: what a change of equation a does to -dP(z_k).
    Complex<Interval> row;
    Complex<Interval> wave{Interval(1), Interval(0)};
    for (std::size_t n = 0; n < t; ++n) {
      row += wave * (*inverse)(n, a);
      wave = wave * z[k];
    }
    row = row * conj(slope) * (Interval(1) / norm(slope));
    for (std::size_t b = 0; b <= t; ++b) result[a + b] += row * polynomial[b];
  }
  return result;
}

Interval distance_squared(const Waves& a, const Waves& b) {
  Interval sum(0);
  for (std::size_t n = 0; n < a.size(); ++n) sum += norm(a[n] - b[n]);
  return sum;
}

/// The largest first-order |d h_k| / eps over all noise of size eps a sample: the l1 norm of d z_k, s = 1.
Interval worst_slope(const Waves& slopes) {
  Interval sum(0);
  for (const auto& slope : slopes) sum += abs(slope);
  return sum;
}

Findings one_token(const Prefix<Rational>& exact, std::size_t k, const Settings& settings, Variant variant) {
  const Prefix<Interval> prefix = prefix_cast<Interval>(exact, to_interval);
  const std::string what = fmt::format("tokens {}, token {}", show(exact.tokens), k + 1);
  const Waves z = nodes_of(prefix);
  const auto inverse = inverse_vandermonde(prefix);
  const auto other = polynomial_slopes(prefix, k, z);
  if (!inverse || !other) {
    Finding open;
    open.statement = what;
    return {open};
  }
  const Waves slopes = pencil_slopes(*inverse, prefix, k, z[k]);
  const Interval scale = Interval(static_cast<long>(2 * prefix.t)) / prefix.weights[k];
  const Interval row_norm = inverse_row_norms(prefix, Interval(1))[k];
  // The twin leaves out the row norm's square.
  const Interval b1 = scale * (variant == Variant::stated ? row_norm : sqrt(row_norm));
  const Interval b2 = scale * inverse_row_norm_bounds(prefix, Interval(1))[k];
  const Interval worst = worst_slope(slopes);
  return {evidence::at_most(what + ": worst first-order |dh|/eps <= B1", worst, b1),
          evidence::at_most(what + ": B1 <= B2", b1, b2),
          evidence::equal_to(what + ": pencil and polynomial give the same derivative",
                             distance_squared(slopes, *other), Interval(0), square(worst), settings.digits)};
}

/// t = 1, p = s = 1: the token is arg(phi(1)/phi(0)). Noise e^{-2 pi i/3}/2 on phi(0) = 1 and e^{i(h + 2
/// pi/3)}/2 on phi(1) turns it by twice the argument of 1 + e^{2 pi i/3}/2.
Finding not_a_finite_bound() {
  const Interval half = Interval(1) / Interval(2);
  const Interval third = Interval(2) * pi<Interval>() / Interval(3);
  const Complex<Interval> bent = Complex<Interval>{Interval(1), Interval(0)} + expi(third) * half;
  return evidence::exceeds("t=1, noise 1/2: the token's error, above B1 eps = 1 (a derivative, not a bound)",
                           Interval(2) * atan(bent.im / bent.re), Interval(1));
}

Findings check_prony_digits_lost(const Instance&, const Settings& settings, Variant variant) {
  Findings findings;
  for (const Prefix<Rational>& prefix : prefixes()) {
    for (std::size_t k = 0; k < prefix.t; ++k) {
      for (Finding& finding : one_token(prefix, k, settings, variant)) findings.push_back(std::move(finding));
    }
  }
  findings.push_back(not_a_finite_bound());
  return findings;
}

}  // namespace

Claim prony_digits_lost() { return {"prony/digits-lost", Reach::instances, {}, check_prony_digits_lost}; }

}  // namespace sca::proofs
