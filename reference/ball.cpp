#include "reference/ball.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "reference/bound_rules.hpp"

namespace sca::reference {
namespace {

/// Reducing an angle of 2^n takes n bits, and e^(10^12) is an ordinary number to MPFR; no double is beyond
/// 2^1024.
constexpr mpfr_exp_t largest_angle = 1024;

mpfr_ptr raw(Float& x) { return x.backend().data(); }
mpfr_srcptr raw(const Float& x) { return x.backend().data(); }

Upper power_of_two(mpfr_exp_t exponent) {
  if (exponent > 1023) return Upper::unknown();
  const mpfr_exp_t normal = std::max<mpfr_exp_t>(exponent, -1022);  // an upper bound: no need of subnormals
  return std::bit_cast<double>(static_cast<std::uint64_t>(normal + 1023) << 52U);
}

/// What the rounding of `x` may have cost, `inexact` being MPFR's ternary value: half a unit in the last
/// place.
Upper half_ulp(int inexact, mpfr_srcptr x) {
  if (mpfr_number_p(x) == 0) return Upper::unknown();
  if (inexact == 0) return {};
  if (mpfr_zero_p(x) != 0) return power_of_two(-1074);  // below MPFR's own exponents
  return power_of_two(mpfr_get_exp(x) - mpfr_get_prec(x) - 1);
}
Upper half_ulp(int inexact, const Float& x) { return half_ulp(inexact, raw(x)); }

Upper size_up(const Float& x) { return std::abs(mpfr_get_d(raw(x), MPFR_RNDA)); }
Lower size_down(const Float& x) { return Lower(std::abs(mpfr_get_d(raw(x), MPFR_RNDZ))); }
bool is_negative(const Float& x) { return mpfr_signbit(raw(x)) != 0; }

/// sum += a b with two roundings, and a bound of them. A product on the stack and an addition take a third of
/// mpfr_fma's time, which allocates.
Upper add_rounded_product(Float& sum, const Float& a, const Float& b) {
  constexpr mpfr_prec_t on_stack = 512;
  const mpfr_prec_t precision = mpfr_get_prec(raw(sum));
  if (precision > on_stack) return half_ulp(mpfr_fma(raw(sum), raw(a), raw(b), raw(sum), MPFR_RNDN), sum);
  std::array<mp_limb_t, on_stack / 64 + 1> limbs;  // NOLINT(*-member-init): mpfr fills what it reads
  mpfr_t product;
  mpfr_custom_init(limbs.data(), precision);
  mpfr_custom_init_set(product, MPFR_ZERO_KIND, 0, precision, limbs.data());
  const int cut = mpfr_mul(product, raw(a), raw(b), MPFR_RNDN);
  const Upper rounded = half_ulp(cut, product);
  return rounded + half_ulp(mpfr_add(raw(sum), raw(sum), product, MPFR_RNDN), sum);
}

/// A one-operand function whose result moves by `change` of |result| when the operand moves by its radius.
template <class Function, class Change>
Ball apply(const Ball& a, Function function, Change change) {
  Ball result;
  const Upper rounded = half_ulp(function(raw(result.middle), raw(a.middle), MPFR_RNDN), result.middle);
  result.radius = rounded + change(size_up(result.middle) + rounded);
  return result;
}

Float difference(const Ball& a, const Ball& b, mpfr_rnd_t rounding) {
  Float result;
  mpfr_sub(raw(result), raw(b.middle), raw(a.middle), rounding);
  return result;
}

}  // namespace

Upper Ball::magnitude() const { return size_up(middle) + radius; }
Lower Ball::mignitude() const { return size_down(middle) - radius; }
Lower Ball::positive_part() const { return is_negative(middle) ? Lower() : mignitude(); }
Lower Ball::one_plus() const {
  if (is_negative(middle)) return Lower(1) - (size_up(middle) + radius);
  return Lower(1) + size_down(middle) - radius;
}

Ball Ball::exact(double x) {
  Ball result;
  result.radius = half_ulp(mpfr_set_d(raw(result.middle), x, MPFR_RNDN), result.middle);
  return result;
}

Ball operator+(const Ball& a, const Ball& b) {
  Ball result;
  const int inexact = mpfr_add(raw(result.middle), raw(a.middle), raw(b.middle), MPFR_RNDN);
  result.radius = a.radius + b.radius + half_ulp(inexact, result.middle);
  return result;
}

Ball operator-(const Ball& a, const Ball& b) { return a + -b; }

Ball operator*(const Ball& a, const Ball& b) {
  Ball result;
  const int inexact = mpfr_mul(raw(result.middle), raw(a.middle), raw(b.middle), MPFR_RNDN);
  result.radius = half_ulp(inexact, result.middle);
  if (a.radius.is_zero() && b.radius.is_zero()) return result;
  const Upper moved = BoundRules::product_change(size_up(a.middle), a.radius, size_up(b.middle), b.radius);
  result.radius = result.radius + moved;
  return result;
}

Ball operator/(const Ball& a, const Ball& b) {
  Ball result;
  const int inexact = mpfr_div(raw(result.middle), raw(a.middle), raw(b.middle), MPFR_RNDN);
  const Upper rounded = half_ulp(inexact, result.middle);
  result.radius = rounded;
  if (a.radius.is_zero() && b.radius.is_zero()) return result;
  const Upper quotient = size_up(result.middle) + rounded;
  result.radius = rounded + BoundRules::quotient_change(quotient, a.radius, size_down(b.middle), b.radius);
  return result;
}

Ball operator-(const Ball& a) {
  Ball result = a;
  mpfr_neg(raw(result.middle), raw(result.middle), MPFR_RNDN);
  return result;
}

void Ball::add_product(const Ball& a, const Ball& b, Upper a_size, Upper b_size) {
  radius = radius + add_rounded_product(middle, a.middle, b.middle);
  if (a.radius.is_zero() && b.radius.is_zero()) return;
  radius = radius + BoundRules::product_change(a_size, a.radius, b_size, b.radius);
}

Ball abs(const Ball& a) { return is_negative(a.middle) ? -a : a; }

Ball sqrt(const Ball& a) {
  const Lower least = is_negative(a.middle) ? Lower() : size_down(a.middle);
  return apply(a, mpfr_sqrt, [&](Upper) { return BoundRules::root_change(least, a.radius); });
}

Ball exp(const Ball& a) {
  return apply(a, mpfr_exp, [&](Upper size) { return BoundRules::exp_change(size, a.radius); });
}

Ball log(const Ball& a) {
  const Lower least = is_negative(a.middle) ? Lower() : size_down(a.middle);
  return apply(a, mpfr_log, [&](Upper) { return BoundRules::log_change(least, a.radius); });
}

Ball log1p(const Ball& a) {
  const Ball centre{a.middle, {}};
  return apply(a, mpfr_log1p, [&](Upper) { return BoundRules::log_change(centre.one_plus(), a.radius); });
}

std::pair<Ball, Ball> sin_cos(const Ball& a) {
  std::pair<Ball, Ball> result;
  if (mpfr_regular_p(raw(a.middle)) != 0 && mpfr_get_exp(raw(a.middle)) > largest_angle) {
    result.first.radius = result.second.radius = 1;
    return result;
  }
  // The pair's ternary value has two bits for each function: 0 exact, else rounded.
  const int inexact =
      mpfr_sin_cos(raw(result.first.middle), raw(result.second.middle), raw(a.middle), MPFR_RNDN);
  result.first.radius = half_ulp(inexact & 3, result.first.middle) + a.radius;
  result.second.radius = half_ulp((inexact >> 2) & 3, result.second.middle) + a.radius;
  return result;
}

// Neither moves by more than the operand that moves further.
Ball smaller(const Ball& a, const Ball& b) {
  return {b.middle < a.middle ? b.middle : a.middle, largest_of(a.radius, b.radius)};
}
Ball larger(const Ball& a, const Ball& b) {
  return {a.middle < b.middle ? b.middle : a.middle, largest_of(a.radius, b.radius)};
}

Ball Ball::pi() {
  Ball result;
  result.radius = half_ulp(mpfr_const_pi(raw(result.middle), MPFR_RNDN), result.middle);
  return result;
}

std::optional<bool> is_less(const Ball& a, const Ball& b) {
  const Upper blur = a.radius + b.radius;
  if (blur.is_zero()) return a.middle < b.middle;
  if (blur < middle_gap(a, b).bound()) return true;
  if (blur < middle_gap(b, a).bound()) return false;
  return std::nullopt;
}

Lower middle_gap(const Ball& a, const Ball& b) {
  return Lower(mpfr_get_d(raw(difference(a, b, MPFR_RNDD)), MPFR_RNDD));
}

Upper middle_distance(const Ball& a, const Ball& b) { return size_up(difference(a, b, MPFR_RNDA)); }

}  // namespace sca::reference
