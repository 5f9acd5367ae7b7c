#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

namespace sca::bench {

/// As many as sin(x)/x and cos(x) need in x^2 on |x| <= 3 until truncation is below the unit roundoff.
template <class Real>
inline constexpr std::size_t trig_coefficients = std::numeric_limits<Real>::digits <= 24 ? 7 : 11;

/// The polynomial, constant first, that agrees with f in N Chebyshev nodes of [0, end].
template <std::size_t N, class F>
std::array<long double, N> interpolant(F f, long double end) {
  std::array<long double, N> nodes{};
  std::array<long double, N> differences{};
  for (std::size_t i = 0; i < N; ++i) {
    const long double angle = std::numbers::pi_v<long double> * static_cast<long double>(2 * i + 1) / (2 * N);
    nodes[i] = end / 2 * (1 + std::cos(angle));
    differences[i] = f(nodes[i]);
  }
  for (std::size_t order = 1; order < N; ++order) {
    for (std::size_t i = N; i-- > order;)
      differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
  }
  // Newton's form, multiplied out from its innermost bracket.
  std::array<long double, N> coefficients{};
  for (std::size_t i = N; i-- > 0;) {
    for (std::size_t j = N; j-- > 0;)
      coefficients[j] = (j > 0 ? coefficients[j - 1] : differences[i]) - nodes[i] * coefficients[j];
  }
  return coefficients;
}

/// Polynomials in x^2 for sin(x)/x and cos(x).
template <class Real>
struct TrigPolynomials {
  static constexpr std::size_t size = trig_coefficients<Real>;
  std::array<Real, size> sine, cosine;

  TrigPolynomials() {
    const auto sines =
        interpolant<size>([](long double s) { return std::sin(std::sqrt(s)) / std::sqrt(s); }, 9);
    const auto cosines = interpolant<size>([](long double s) { return std::cos(std::sqrt(s)); }, 9);
    for (std::size_t i = 0; i < size; ++i) {
      sine[i] = static_cast<Real>(sines[i]);
      cosine[i] = static_cast<Real>(cosines[i]);
    }
  }
};

}  // namespace sca::bench
