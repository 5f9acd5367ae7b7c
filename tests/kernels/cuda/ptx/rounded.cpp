#include "tests/kernels/cuda/ptx/rounded.hpp"

#include <iterator>

namespace sca::kernels::cuda::ptx::testing {
namespace {

std::uint64_t ones(int count) { return (std::uint64_t{1} << count) - 1; }

int fraction_bits(const Format& format) { return format.precision - 1; }
int exponent_bits(const Format& format) { return format.width() - format.precision; }

/// 2^exponent
void power_of_two(mpfr_ptr to, int exponent) { mpfr_set_ui_2exp(to, 1, exponent, MPFR_RNDN); }

}  // namespace

bool is_nan(std::uint64_t bits, const Format& format) {
  const std::uint64_t infinite = ones(exponent_bits(format)) << fraction_bits(format);
  return (bits & ones(format.width() - 1)) > infinite;
}

void decode(mpfr_ptr to, std::uint64_t bits, const Format& format) {
  const int fraction = fraction_bits(format);
  const bool negative = (bits >> (format.width() - 1) & 1) != 0;
  const std::uint64_t digits = bits & ones(fraction), biased = bits >> fraction & ones(exponent_bits(format));
  if (biased == ones(exponent_bits(format))) {
    if (digits != 0) {
      mpfr_set_nan(to);
    } else {
      mpfr_set_inf(to, negative ? -1 : 1);
    }
    return;
  }
  const std::uint64_t significand = biased == 0 ? digits : digits | std::uint64_t{1} << fraction;
  const int exponent = (biased == 0 ? 1 : static_cast<int>(biased)) - format.most_exponent - fraction;
  mpfr_set_ui_2exp(to, significand, exponent, MPFR_RNDN);
  mpfr_setsign(to, to, negative ? 1 : 0, MPFR_RNDN);
}

/// Divides by the place of the last digit, makes a whole number of it in the mode, and spells that out.
std::uint64_t encode(mpfr_srcptr number, const Format& format, mpfr_rnd_t rounding) {
  if (mpfr_nan_p(number)) return ~std::uint64_t{0};
  const int fraction = fraction_bits(format), least = 1 - format.most_exponent;
  const std::uint64_t sign = mpfr_signbit(number) != 0 ? std::uint64_t{1} << (format.width() - 1) : 0;
  const std::uint64_t infinite = ones(exponent_bits(format)) << fraction;
  if (mpfr_zero_p(number)) return sign;
  if (mpfr_inf_p(number)) return sign | infinite;
  int exponent = static_cast<int>(mpfr_get_exp(number)) - 1;
  if (exponent < least) exponent = least;
  Number unit, scaled, whole;
  power_of_two(unit, exponent - fraction);
  mpfr_div(scaled, number, unit, MPFR_RNDN);
  if (rounding == MPFR_RNDN) {
    mpfr_rint_roundeven(whole, scaled, MPFR_RNDN);
  } else {
    mpfr_rint(whole, scaled, rounding);
  }
  const double magnitude = mpfr_get_d(whole, MPFR_RNDN);
  const auto significand = static_cast<std::uint64_t>(magnitude < 0 ? -magnitude : magnitude);
  const bool subnormal = significand < std::uint64_t{1} << fraction;
  const bool carried = significand == std::uint64_t{1} << format.precision;
  if (exponent + (carried ? 1 : 0) > format.most_exponent) {
    const bool away =
        rounding == MPFR_RNDN || (rounding == MPFR_RNDU && sign == 0) || (rounding == MPFR_RNDD && sign != 0);
    return sign | (away ? infinite : infinite - 1);
  }
  if (subnormal) return sign | significand;
  const auto biased = static_cast<std::uint64_t>(exponent + (carried ? 1 : 0) + format.most_exponent);
  return sign | biased << fraction | (carried ? 0 : significand & ones(fraction));
}

std::vector<Operands> float_operands(std::size_t count, std::uint64_t seed, const Format& format) {
  const int fraction = fraction_bits(format);
  const auto bias = static_cast<std::uint64_t>(format.most_exponent);
  const std::uint64_t infinite = ones(exponent_bits(format)) << fraction, one = bias << fraction;
  const std::uint64_t special[] = {0,
                                   1,
                                   2,
                                   ones(fraction),
                                   ones(fraction) + 1,
                                   infinite,
                                   infinite - 1,
                                   one,
                                   one + 1,
                                   one - 1,
                                   infinite + 1,
                                   one + (std::uint64_t{1} << fraction)};
  std::vector<Operands> tuples(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      const std::uint64_t random = hash(seed, 8 * i + k), choice = hash(seed, 8 * i + k + 4) % 8;
      std::uint64_t bits = random & ones(format.width() - 1);
      // Near one another, so that sums cancel and round.
      const std::uint64_t near = (bias - 6 + (random >> 56) % 12) << fraction | (random & ones(fraction));
      if (choice < 4) bits = near;
      if (choice == 4) bits = special[random % std::size(special)];
      if (choice == 5) bits = near & ~ones(fraction / 2);
      tuples[i][k] = bits | (random >> 63) << (format.width() - 1);
    }
  }
  return tuples;
}

}  // namespace sca::kernels::cuda::ptx::testing
