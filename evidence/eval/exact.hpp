#pragma once

#include <span>
#include <vector>

#include "evidence/eval/input.hpp"
#include "evidence/eval/value.hpp"
#include "theory/geometry.hpp"

namespace sca::evidence::eval {

// Exact inputs, enclosed at the thread's current precision.

inline std::vector<Interval> enclose(std::span<const Rational> values) {
  std::vector<Interval> result;
  result.reserve(values.size());
  for (const Rational& x : values) result.push_back(to_interval(x));
  return result;
}

inline Prefix<Interval> enclose(const Prefix<Rational>& prefix) {
  return prefix_cast<Interval>(prefix, [](const Rational& x) { return to_interval(x); });
}

/// The real parts.
inline std::vector<Interval> real_parts(const std::vector<Complex<Interval>>& values) {
  std::vector<Interval> result;
  for (const auto& z : values) result.push_back(z.re);
  return result;
}

/// sqrt(x): exact where x is a square, an enclosure otherwise.
inline Value square_root(const Rational& x) {
  const Integer above = sqrt(numerator(x));
  const Integer below = sqrt(denominator(x));
  if (above * above == numerator(x) && below * below == denominator(x)) return Rational(above, below);
  return Interval(sqrt(to_interval(x)));
}

/// The distances between tokens, for prefixes small enough to look at every pair.
inline std::optional<Separation<Rational>> exact_separation(const Fields& input,
                                                            const Prefix<Rational>& prefix) {
  constexpr std::size_t most = 200'000'000;  // minutes
  if (prefix.t > most / prefix.t / prefix.d) {
    input.fail("tokens", "t^2 d of at most 2e8 (delta_inf looks at every pair)",
               std::to_string(prefix.t) + " tokens of " + std::to_string(prefix.d) + " numbers");
  }
  return separation(prefix);
}

}  // namespace sca::evidence::eval
