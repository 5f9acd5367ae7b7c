#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"

namespace sca::proofs {
namespace {

using reference::ComplexMatrix;

std::vector<Interval> equispaced(std::size_t points) {
  std::vector<Interval> theta;
  for (std::size_t m = 0; m < points; ++m) theta.emplace_back(static_cast<long>(m));
  return theta;
}

/// A_km = e^{i m h_k}: spacing s = 1, tokens within [0, pi), so that no two phases wrap.
ComplexMatrix vandermonde(const std::vector<Rational>& tokens, std::size_t points) {
  return as_matrix(tokens.size(), points, phase_matrix<Interval>(enclose(tokens), equispaced(points), 1));
}

Rational smallest_gap(const std::vector<Rational>& sorted) {
  Rational gap = sorted[1] - sorted[0];
  for (std::size_t k = 2; k < sorted.size(); ++k) gap = smaller(gap, Rational(sorted[k] - sorted[k - 1]));
  return gap;
}

Finding open(std::string statement) {
  Finding finding;
  finding.statement = std::move(statement);
  return finding;
}

/// Gautschi's two bounds, and the digits that they allow to be lost: with |z_k - z_l| >= (2/pi) |h_k - h_l|,
/// ||A^-1||_1 <= (pi/delta)^{t-1}.
Findings gautschi(const std::vector<Rational>& tokens, Variant variant) {
  const std::string what = "tokens " + show(tokens);
  const ComplexMatrix a = vandermonde(tokens, tokens.size());
  const auto size = reference::inverse_norm(a);
  if (!size) return {open(what)};
  const auto z = phase_matrix<Interval>(enclose(tokens), std::vector<Interval>{Interval(1)}, 1);
  // The twin leaves 2^{t-1} out: already the outermost two coefficients of a Lagrange polynomial make twice
  // that.
  const Interval lower = gautschi_product<Interval>(z);
  const Interval upper = variant == Variant::stated ? gautschi_upper<Interval>(z) : lower;
  const Interval crude =
      power(Interval(pi<Interval>() / to_interval(smallest_gap(tokens))), tokens.size() - 1);
  return {evidence::at_most(what + ": max prod 1/|z_k - z_l| <= ||A^-1||_1", lower, *size),
          evidence::at_most(what + ": ||A^-1||_1 <= Gautschi's upper bound", *size, upper),
          evidence::at_most(what + ": digits lost <= (t-1) log10(pi/delta)", log10(*size), log10(crude))};
}

/// The exponent t - 1 belongs to clusters: one close pair alone costs one power of delta.
Finding close_pair_is_cheap() {
  const auto size = reference::inverse_norm(vandermonde(decimals({"0", ".000001", "1", "2"}), 4));
  const std::string text = "tokens 0, 1e-6, 1, 2 lose fewer than 7 digits (a cluster of four would lose 18)";
  return size ? evidence::at_most(text, log10(*size), Interval(7)) : open(text);
}

/// Eigenvalues of A A* against [M + 1 - 1/Delta, M - 1 + 1/Delta].
Findings large_sieve(const std::vector<Rational>& tokens, std::size_t points) {
  const std::string what = fmt::format("M={}, tokens {}", points, show(tokens));
  const ComplexMatrix a = vandermonde(tokens, points);
  const auto squared = reference::hermitian_eigenvalues(reference::product(a, reference::adjoint(a)));
  if (!squared) return {open(what)};
  const Interval separation = to_interval(smallest_gap(tokens)) / (Interval(2) * pi<Interval>());
  const auto bounds = beurling_selberg(points, separation);
  return {evidence::at_most(what + ": M + 1 - 1/Delta <= smallest sigma^2", bounds.low, squared->front()),
          evidence::at_most(what + ": largest sigma^2 <= M - 1 + 1/Delta", squared->back(), bounds.high)};
}

/// i^n.
Complex<Rational> quarter_turns(std::size_t n) {
  const std::vector<Complex<Rational>> turns{{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  return turns[n % 4];
}

/// Four tokens a quarter turn apart, Delta = 1/4, in Gaussian integers: A A* v = lambda v with lambda at the
/// bound's upper end (M = 5) or lower end (M = 7), v_k = z_k^exponent.
Finding attained(std::size_t points, std::size_t exponent, const Rational& end) {
  bool eigen = true;
  for (std::size_t k = 0; k < 4; ++k) {
    Complex<Rational> image;
    for (std::size_t l = 0; l < 4; ++l) {
      for (std::size_t m = 0; m < points; ++m) {
        image += quarter_turns(k * m) * conj(quarter_turns(l * m)) * quarter_turns(l * exponent);
      }
    }
    const Complex<Rational> rest = image - quarter_turns(k * exponent) * end;
    eigen = eigen && rest.re == 0 && rest.im == 0;
  }
  return evidence::exactly(
      fmt::format("M={}, tokens a quarter turn apart: sigma^2 = {} is attained", points, end.str()), eigen,
      "eigenvector z_k^" + std::to_string(exponent));
}

Findings check_finite_conditioning(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  const auto add = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
  add(gautschi(decimals({"0", ".4", "1", "1.7", "3"}), variant));
  add(gautschi(decimals({"0", ".000001", "1", "2"}), variant));
  add(gautschi(decimals({"1", "1.000001", "1.000002", "1.000003"}), variant));
  findings.push_back(close_pair_is_cheap());
  add(large_sieve(decimals({"0", ".4", "1", "1.7", "3"}), 20));
  add(large_sieve(decimals({"0", ".1", "1", "2"}), 80));
  findings.push_back(attained(5, 0, beurling_selberg<Rational>(5, Rational(1, 4)).high));
  findings.push_back(attained(7, 3, beurling_selberg<Rational>(7, Rational(1, 4)).low));
  return findings;
}

}  // namespace

Claim finite_conditioning() {
  return {"finite/conditioning", Reach::instances, {}, check_finite_conditioning};
}

}  // namespace sca::proofs
