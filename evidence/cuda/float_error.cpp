#include "evidence/cuda/float_error.hpp"

#include <mpfr.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "evidence/kernels/elementary_search.hpp"

namespace sca::evidence::cuda {
namespace {

constexpr double no_error_fits = std::numeric_limits<double>::infinity();

/// Of all floats in their order, infinities included; both zeros have 0.
std::int64_t place_of(float x) {
  const auto size = static_cast<std::int64_t>(std::bit_cast<std::uint32_t>(std::abs(x)));
  return std::signbit(x) ? -size : size;
}

double steps_between(float a, float b) { return static_cast<double>(std::abs(place_of(a) - place_of(b))); }

double ulps_between(float got, const kernels::Exact& exact) {
  constexpr long least = std::numeric_limits<float>::min_exponent,
                 most = std::numeric_limits<float>::max_exponent;
  mpfr_srcptr y = exact.backend().data();
  const long exponent = mpfr_zero_p(y) != 0 ? least : std::clamp(long{mpfr_get_exp(y)}, least, most);
  kernels::Exact error = kernels::Exact(got) - exact;
  mpfr_ptr e = error.backend().data();
  mpfr_abs(e, e, MPFR_RNDU);
  mpfr_mul_2si(e, e, std::numeric_limits<float>::digits - exponent, MPFR_RNDU);
  return mpfr_get_d(e, MPFR_RNDU);
}

double units_between(float got, const kernels::Exact& exact, bool is_absolute) {
  return is_absolute ? kernels::units<kernels::Trig, float>(exact, got)
                     : kernels::units<kernels::Exponential, float>(exact, got);
}

}  // namespace

FloatError float_error(float got, const kernels::Exact& exact, bool is_absolute) {
  constexpr FloatError wrong{no_error_fits, no_error_fits, no_error_fits};
  if (mpfr_nan_p(exact.backend().data()) != 0) return std::isnan(got) ? FloatError{} : wrong;
  if (std::isnan(got)) return wrong;
  kernels::Exact below = exact, above = exact;
  mpfr_nextbelow(below.backend().data());
  mpfr_nextabove(above.backend().data());
  const float low = mpfr_get_flt(below.backend().data(), MPFR_RNDN);
  const float high = mpfr_get_flt(above.backend().data(), MPFR_RNDN);
  if (low == got && high == got && std::isinf(got)) return {};
  if (std::isinf(got) || mpfr_inf_p(exact.backend().data()) != 0) return wrong;
  return {ulps_between(got, exact), std::max(steps_between(got, low), steps_between(got, high)),
          units_between(got, exact, is_absolute)};
}

}  // namespace sca::evidence::cuda
