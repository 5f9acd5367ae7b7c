#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"

namespace sca::proofs {
namespace {

using reference::ComplexMatrix;

constexpr std::size_t tokens = 6;  // t
constexpr std::size_t dimension = 2;

ComplexMatrix features(std::size_t points, bool real_part) {
  const std::vector<Interval> h = enclose(hashed_list(53, tokens * dimension));
  const std::vector<Interval> theta = enclose(hashed_list(59, points * dimension));
  if (real_part) return as_matrix(tokens, 2 * points, real_phase_matrix<Interval>(h, theta, dimension));
  return as_matrix(tokens, points, phase_matrix<Interval>(h, theta, dimension));
}

/// |I - P|_F^2 / t with P = A (A*A)^-1 A*: the mean of |alpha - P alpha|^2 / |alpha|^2 over isotropic alpha.
std::optional<Interval> mean_residual(const ComplexMatrix& a) {
  const ComplexMatrix adjoint = reference::adjoint(a);
  const auto gram_inverse = reference::inverse(reference::product(adjoint, a));
  if (!gram_inverse) return std::nullopt;
  const ComplexMatrix projector = reference::product(reference::product(a, *gram_inverse), adjoint);
  Interval sum(0);
  for (std::size_t i = 0; i < a.rows; ++i) {
    for (std::size_t j = 0; j < a.rows; ++j) {
      sum += norm(Complex<Interval>{Interval(i == j ? 1 : 0), Interval(0)} - projector(i, j));
    }
  }
  return sum / Interval(static_cast<long>(a.rows));
}

Finding residual_is(std::size_t points, bool real_part, std::size_t claimed_rank, const Settings& settings) {
  const ComplexMatrix a = features(points, real_part);
  const std::string what = fmt::format("{}, M={}, t={}", real_part ? "real part" : "complex", points, tokens);
  if (a.columns >= tokens) {
    // The columns span everything: every alpha is fitted exactly.
    const ComplexMatrix square = submatrix(a, first_indices(tokens), first_indices(tokens));
    return evidence::exceeds(what + ": no residual at all (determinant squared above 0)",
                             norm(reference::determinant(square)), Interval(0));
  }
  const std::string text = fmt::format("{}: mean squared residual = 1 - {}/{}", what, claimed_rank, tokens);
  const auto residual = mean_residual(a);
  if (!residual) {
    Finding open;
    open.statement = text;
    return open;
  }
  const Interval expected = residual_fraction<Interval>(claimed_rank, tokens);
  return evidence::equal_to(text, *residual, expected, Interval(1), settings.digits);
}

Findings check_finite_cliff(const Instance&, const Settings& settings, Variant variant) {
  Findings findings;
  const std::size_t surplus = variant == Variant::stated ? 0 : 1;  // the twin: trace(I - P) = t - M - 1
  for (const std::size_t points : {std::size_t{1}, std::size_t{3}, tokens - 1, tokens, tokens + 2}) {
    findings.push_back(residual_is(points, false, points + surplus, settings));
  }
  for (const std::size_t points : {std::size_t{1}, std::size_t{2}, tokens / 2}) {
    findings.push_back(residual_is(points, true, 2 * points + surplus, settings));
  }
  return findings;
}

}  // namespace

// For an orthogonal projector |I - P|_F^2 = trace(I - P) = t - rank: the mean is exact, whatever the tokens.
Claim finite_cliff() { return {"finite/cliff", Reach::instances, {}, check_finite_cliff}; }

}  // namespace sca::proofs
