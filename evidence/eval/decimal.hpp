#pragma once

#include <optional>
#include <string>

#include "reference/interval.hpp"

namespace sca::evidence::eval {

/// x to `digits` significant decimal digits, to nearest, ties to even; "0" for 0.
///
/// domain   digits >= 1
std::string to_decimal(const Rational& x, int digits);

/// The same for the number that `x` encloses; nothing where the two ends round differently.
std::optional<std::string> to_decimal(const Interval& x, int digits);

/// The best that an enclosure which does not settle the rounding still says, `digits` or fewer digits: those
/// that it certifies (the last one to within one unit), or "0e-N" for |x| < 10^-N, N >= 0. Nothing where it
/// says less.
std::optional<std::string> partial_decimal(const Interval& x, int digits);

/// A number as to_decimal writes it, exactly. Nothing for other text and for exponents beyond
/// ±`exponent_limit`.
std::optional<Rational> from_decimal(const std::string& text);
inline constexpr long exponent_limit = 1'000'000;

/// Significant digits that a decimal number is written with; 0 where it is zero.
int significant_digits(const std::string& text);

/// Whether text is a decimal number in form, whatever its exponent.
bool is_decimal(const std::string& text);

}  // namespace sca::evidence::eval
