#include "evidence/cuda/library_functions.hpp"

#include <cmath>
#include <limits>

namespace sca::evidence::cuda {
namespace {

constexpr float largest_float = std::numeric_limits<float>::max();
constexpr float infinite_float = std::numeric_limits<float>::infinity();
constexpr float no_number = std::numeric_limits<float>::quiet_NaN();

// Where sinf and cosf begin to reduce their argument by an integer product, in local memory.
constexpr float slow_from = 105615;

// The last arguments whose powers are normal, subnormal (2^-150 or more, which rounds to no zero) and finite.
constexpr float last_normal = -0x1.5d589ep+6F, last_subnormal = -0x1.9fe368p+6F, last_finite = 0x1.62e42ep+6F;

ArgumentRange of_both_signs(const char* name, float from, float to) {
  return {name, {{from, to}, {-from, -to}}, {}};
}

std::vector<ArgumentRange> angles() {
  return {of_both_signs("up to ±3", 0, 3),
          of_both_signs("±3 to ±105615", std::nextafter(3.0F, slow_from), std::nextafter(slow_from, 0.0F)),
          of_both_signs("±105615 and beyond", slow_from, largest_float),
          {"special", {}, {0.0F, -0.0F, infinite_float, -infinite_float, no_number}}};
}

std::vector<ArgumentRange> exponents() {
  return {{"normal results", {{0, last_finite}, {-0.0F, last_normal}}, {}},
          {"subnormal results", {{std::nextafter(last_normal, -largest_float), last_subnormal}}, {}},
          {"special",
           {},
           {0.0F, -0.0F, infinite_float, -infinite_float, no_number, largest_float, -largest_float,
            std::nextafter(last_finite, largest_float), std::nextafter(last_subnormal, -largest_float), 89,
            128, -104, -127}}};
}

std::vector<ArgumentRange> above_minus_one() {
  return {{"x >= 0", {{0, largest_float}}, {}},
          {"-1 < x < 0", {{-std::numeric_limits<float>::denorm_min(), std::nextafter(-1.0F, 0.0F)}}, {}},
          {"special",
           {},
           {0.0F, -0.0F, infinite_float, -infinite_float, no_number, -1, std::nextafter(-1.0F, -2.0F), -2,
            -largest_float}}};
}

}  // namespace

std::vector<LibraryFunction> library_functions() {
  const auto first = [](const std::vector<ArgumentRange>& all) { return std::vector{all.front()}; };
  constexpr double not_said = std::numeric_limits<double>::infinity();
  return {{"sinf", "library_sinf", mpfr_sin, true, true, false, "2", 2, angles()},
          {"cosf", "library_cosf", mpfr_cos, true, true, false, "2", 2, angles()},
          {"expf", "library_expf", mpfr_exp, false, false, false, "2", 2, exponents()},
          {"log1pf", "library_log1pf", mpfr_log1p, false, false, false, "1", 1, above_minus_one()},
          {"__sinf", "library_fast_sinf", mpfr_sin, true, true, true, "2^-21.41, absolute", not_said,
           first(angles())},
          {"__cosf", "library_fast_cosf", mpfr_cos, true, true, true, "2^-21.19, absolute", not_said,
           first(angles())},
          {"__expf", "library_fast_expf", mpfr_exp, false, false, false, "2 + floor(abs(1.173 x))", not_said,
           exponents()}};
}

}  // namespace sca::evidence::cuda
